CREATE TABLE IF NOT EXISTS cases (
    id         UUID PRIMARY KEY,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE IF NOT EXISTS case_events (
    id          UUID NOT NULL REFERENCES cases(id),
    sequence    INT NOT NULL,
    event_type  VARCHAR NOT NULL,
    event       JSONB NOT NULL,
    context     JSONB DEFAULT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    UNIQUE (id, sequence)
);
