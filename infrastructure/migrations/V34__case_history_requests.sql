-- Who asked for case histories that name nobody, what for, and what a privacy officer said to it.
CREATE TABLE case_history_requests (
    id           uuid        PRIMARY KEY,
    requested_by uuid        NOT NULL REFERENCES staff,
    requested_at timestamptz NOT NULL DEFAULT now(),
    purpose      text        NOT NULL,
    school_year  smallint    NOT NULL,
    decided_by   uuid        REFERENCES staff,
    decided_at   timestamptz,
    -- Whether they may go out, and until when.
    agreed       boolean,
    until        timestamptz,
    CONSTRAINT case_history_requests_decided CHECK (
        (decided_by IS NULL) = (decided_at IS NULL) AND (decided_at IS NULL) = (agreed IS NULL)
        AND (until IS NOT NULL) = coalesce(agreed, false))
);
CREATE INDEX case_history_requests_latest ON case_history_requests (requested_at DESC, id DESC);
CREATE INDEX staff_roles_role ON staff_roles (role, staff);
