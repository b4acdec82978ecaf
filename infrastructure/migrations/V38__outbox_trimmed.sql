-- Up to which position the outbox has been trimmed: what is older is in the log alone.
CREATE TABLE outbox_trimmed (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint  NOT NULL DEFAULT 0
);
INSERT INTO outbox_trimmed DEFAULT VALUES;
