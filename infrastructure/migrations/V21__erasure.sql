-- Who is to be erased, and who was: asked for first, then confirmed. A student's id is a number by chance that nothing else knows.
CREATE TABLE erasures (
    student        uuid        PRIMARY KEY,
    asked_by       uuid        NOT NULL,
    asked_at       timestamptz NOT NULL DEFAULT now(),
    carried_out_by uuid,
    carried_out_at timestamptz,
    CONSTRAINT erasures_confirmed CHECK ((carried_out_by IS NULL) = (carried_out_at IS NULL))
);

-- The ids that other systems knew the erased by, as keyed marks: who comes with one of them again is not let in.
CREATE TABLE erased_ids (
    mark bytea PRIMARY KEY
);

CREATE FUNCTION erased_mark(source text, kind text, external_id text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(fingerprint_key || sha256(fingerprint_key
                  || convert_to(jsonb_build_array(source, kind, external_id)::text, 'UTF8')))
    FROM installation
$$;
