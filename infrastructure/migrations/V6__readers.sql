-- What follows the log behind the writers: how far it came, and what it keeps.

-- One row per reader and generation of what it keeps. The row is locked while a page is counted: that is what keeps two
-- instances of the server from counting it twice. A reader of another version builds a generation of its own beside
-- the one that is read, and takes its place once it is as far.
CREATE TABLE readers (
    name        text    NOT NULL,
    generation  integer NOT NULL CHECK (generation > 0),
    version     integer NOT NULL,
    live        boolean NOT NULL,
    position    bigint  NOT NULL DEFAULT 0 CHECK (position >= 0),
    recorded_at timestamptz,
    PRIMARY KEY (name, generation)
);
CREATE UNIQUE INDEX readers_live ON readers (name) WHERE live;

-- Figures: one small row for each thing on a case that counts, and numbers by cell.
CREATE TABLE counted (
    generation  integer  NOT NULL,
    student     uuid     NOT NULL,
    entry       uuid     NOT NULL,
    school      uuid     NOT NULL,
    kind        text     NOT NULL,
    status      text     NOT NULL,
    held_from   text,
    tier        smallint NOT NULL,
    visibility  text     NOT NULL,
    author      uuid     NOT NULL,
    author_role text     NOT NULL,
    owner       uuid,
    occurred_on date     NOT NULL,
    since       date     NOT NULL,
    due_on      date,
    minutes     integer  NOT NULL,
    open        boolean  NOT NULL,
    PRIMARY KEY (generation, student, entry)
);
CREATE INDEX counted_open ON counted (generation, student) WHERE open;

CREATE TABLE school_figures (
    generation  integer  NOT NULL,
    school      uuid     NOT NULL,
    measure     text     NOT NULL,
    day         date     NOT NULL,
    code        text     NOT NULL,
    tier        smallint NOT NULL,
    compartment text     NOT NULL,
    number      bigint   NOT NULL,
    minutes     bigint   NOT NULL,
    PRIMARY KEY (generation, school, measure, day, code, tier, compartment)
);

CREATE TABLE staff_activity (
    generation  integer  NOT NULL,
    staff       uuid     NOT NULL,
    school      uuid     NOT NULL,
    measure     text     NOT NULL,
    day         date     NOT NULL,
    code        text     NOT NULL,
    tier        smallint NOT NULL,
    compartment text     NOT NULL,
    number      bigint   NOT NULL,
    minutes     bigint   NOT NULL,
    PRIMARY KEY (generation, staff, school, measure, day, code, tier, compartment)
);

-- The outbox: what there is to tell others of, in the order of the log. References only, no personal data; whoever
-- delivers decides anew who may know of it.
CREATE TABLE outbox (
    position    bigint      NOT NULL PRIMARY KEY,
    event       uuid        NOT NULL,
    stream      uuid        NOT NULL,
    kind        text        NOT NULL,
    type        text        NOT NULL,
    entry       uuid,
    school      uuid,
    visibility  text        NOT NULL,
    recorded_at timestamptz NOT NULL
);
