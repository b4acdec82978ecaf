-- Cases that were opened in an emergency: by whom, asked for with every request; and which are to be reviewed.
CREATE INDEX overrides_of_staff ON entries (author, changed_at) WHERE kind = 'access_override';
CREATE INDEX overrides_of_school ON entries (school, status, changed_at, entry) WHERE kind = 'access_override';
CREATE INDEX overrides_by_age ON entries (status, changed_at, entry) WHERE kind = 'access_override';
