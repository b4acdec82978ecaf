-- Families' requests for amendment, by the day by which they are to be decided: of a school, and of all.
CREATE INDEX amendments_of_school ON entries (school, status, due_on, entry) WHERE kind = 'amendment';
CREATE INDEX amendments_by_due_day ON entries (status, due_on, entry) WHERE kind = 'amendment';
