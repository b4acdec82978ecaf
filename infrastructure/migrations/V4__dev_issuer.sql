-- The key of the development issuer: made once, so that tokens outlive a restart and can be made beside a running
-- server. It signs for servers on this machine only; a deployment with a real issuer has no row.
CREATE TABLE dev_issuer_keys (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    pkcs8    bytea NOT NULL,
    made_at  timestamptz NOT NULL DEFAULT now()
);
