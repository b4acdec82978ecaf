-- To whom a partner may disclose further, and what for (34 CFR 99.32(b)). Who was named stays; only the last day is added.
CREATE TABLE onward_parties (
    agreement   uuid        NOT NULL REFERENCES sharing_agreements,
    id          uuid        NOT NULL,
    name        text        NOT NULL,
    interest    text        NOT NULL,
    since       date        NOT NULL,
    until       date,
    recorded_by uuid        NOT NULL REFERENCES staff,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agreement, id)
);

-- What a partner certifies of the data that it held, once an agreement has ended.
CREATE TABLE destruction_certificates (
    agreement    uuid        PRIMARY KEY REFERENCES sharing_agreements,
    destroyed_on date        NOT NULL,
    certified_by text        NOT NULL,
    method       text        NOT NULL,
    note         text,
    recorded_by  uuid        NOT NULL REFERENCES staff,
    recorded_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX accesses_of_agreement ON accesses (agreement, student) WHERE agreement IS NOT NULL;
CREATE INDEX sharing_agreements_by_end ON sharing_agreements (ends_on, id);
