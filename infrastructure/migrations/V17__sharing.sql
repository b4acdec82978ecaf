-- Agreements with partners: what may be shared, about whom, for what and how long. What happened to an agreement stays
-- as a step; the row has the end and the suspension as they are now.
CREATE TABLE sharing_agreements (
    id          uuid    PRIMARY KEY,
    partner     uuid    NOT NULL CONSTRAINT sharing_agreements_partner_fkey REFERENCES partners,
    categories  text[]  NOT NULL,
    purposes    text[]  NOT NULL,
    schools     uuid[]  NOT NULL,
    students    uuid[]  NOT NULL,
    starts_on   date    NOT NULL,
    ends_on     date    NOT NULL,
    suspended   boolean NOT NULL DEFAULT false,
    signatories text    NOT NULL
);
CREATE INDEX sharing_agreements_of_partner ON sharing_agreements (partner, ends_on);

CREATE TABLE sharing_steps (
    agreement uuid        NOT NULL REFERENCES sharing_agreements,
    step      integer     NOT NULL,
    change    text        NOT NULL,
    ends_on   date        NOT NULL,
    reason    text,
    by        uuid        NOT NULL REFERENCES staff,
    at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agreement, step)
);
