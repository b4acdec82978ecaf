-- What was read of more than one student, where that is written down: through somebody else's eyes, and exports that went
-- out. Codes only. A row is never changed.
CREATE TABLE district_accesses (
    id          uuid        NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    staff       uuid        NOT NULL,
    -- Through whose eyes.
    seen_as     uuid,
    operation   text        NOT NULL,
    -- What was exported: the request for it, and of which school year.
    request     uuid,
    school_year smallint,
    PRIMARY KEY (at, id)
);
CREATE INDEX district_accesses_staff ON district_accesses (staff, at, id);
CREATE RULE district_accesses_stay_as_they_are AS ON UPDATE TO district_accesses DO INSTEAD NOTHING;
