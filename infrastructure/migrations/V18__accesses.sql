-- Who read what of whom: what parties outside the school were shown (34 CFR 99.32), what was read in the mental-health
-- compartment, or under an override. Codes only. A row is never changed.
CREATE TABLE accesses (
    student     uuid        NOT NULL,
    id          uuid        NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    staff       uuid        NOT NULL,
    role        text        NOT NULL,
    operation   text        NOT NULL,
    categories  text[]      NOT NULL,
    compartment boolean     NOT NULL,
    basis       text        NOT NULL,
    -- The party outside the school, what the data were for, and what allowed it.
    partner     uuid,
    purposes    text[]      NOT NULL,
    agreement   uuid,
    consent     uuid,
    -- The override, where the case had been opened in an emergency.
    override    uuid,
    PRIMARY KEY (student, at, id)
);
CREATE RULE accesses_stay_as_they_are AS ON UPDATE TO accesses DO INSTEAD NOTHING;
