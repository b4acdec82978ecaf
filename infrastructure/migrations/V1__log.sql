-- The log: the only source of truth about cases. Insert only.

-- One row per stream: claiming its next version is what keeps two writers apart.
CREATE TABLE streams (
    stream   uuid   NOT NULL,
    kind     text   NOT NULL,
    version  bigint NOT NULL CHECK (version >= 0),
    chain    bytea  NOT NULL,
    state    json   NOT NULL,
    PRIMARY KEY (stream, kind)
);

CREATE SEQUENCE positions AS bigint CACHE 1;

CREATE TABLE events (
    position     bigint      NOT NULL DEFAULT nextval('positions') PRIMARY KEY,
    stream       uuid        NOT NULL,
    kind         text        NOT NULL,
    version      bigint      NOT NULL CHECK (version > 0),
    id           uuid        NOT NULL,
    type         text        NOT NULL,
    type_version text        NOT NULL,
    -- json, not jsonb: the bytes are kept exactly as they were hashed.
    payload      json        NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    actor        uuid        NOT NULL,
    role         text        NOT NULL,
    on_behalf_of uuid,
    basis        text        NOT NULL,
    zone         text        NOT NULL,
    command      uuid        NOT NULL,
    chain        bytea       NOT NULL,
    CONSTRAINT events_version UNIQUE (stream, kind, version)
);
ALTER SEQUENCE positions OWNED BY events.position;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'history is not edited' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER events_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a request answered with, so that its repetition is answered and not carried out.
CREATE TABLE requests (
    actor       uuid        NOT NULL,
    key         uuid        NOT NULL,
    fingerprint bytea       NOT NULL,
    version     bigint      NOT NULL,
    position    bigint      NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT requests_key PRIMARY KEY (actor, key)
);
CREATE INDEX requests_by_age ON requests (recorded_at);

-- What this installation keeps to itself.
CREATE TABLE installation (
    one             bool  PRIMARY KEY DEFAULT true CHECK (one),
    fingerprint_key bytea NOT NULL
);
INSERT INTO installation (fingerprint_key)
VALUES (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
