-- What was exported on the server's machine, where nobody signs in: by which user of the operating system, and what it was.
-- No personal data; a row is never changed.
CREATE TABLE exported (
    id      uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    at      timestamptz NOT NULL DEFAULT now(),
    os_user text        NOT NULL,
    what    text        NOT NULL,
    asked   text        NOT NULL,
    form    text        NOT NULL,
    lines   bigint      NOT NULL
);
CREATE RULE exported_stays_as_it_is AS ON UPDATE TO exported DO INSTEAD NOTHING;
