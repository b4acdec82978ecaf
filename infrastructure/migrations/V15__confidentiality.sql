-- Who has promised confidentiality, on which text and until when. Every signature is a row and stays one; the last counts.
CREATE TABLE confidentiality_agreements (
    staff        uuid NOT NULL CONSTRAINT confidentiality_agreements_staff_fkey REFERENCES staff,
    signed_on    date NOT NULL,
    lapses_on    date NOT NULL GENERATED ALWAYS AS ((signed_on + interval '1 year')::date) STORED,
    text_version text NOT NULL,
    recorded_by  uuid NOT NULL REFERENCES staff,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (staff, signed_on, text_version)
);

-- Nobody of the demo or of development has anything to promise: theirs is as good as signed.
INSERT INTO confidentiality_agreements (staff, signed_on, text_version, recorded_by)
SELECT id, current_date, 'development', id FROM staff
WHERE subject ~ '^(demo|dev):' AND EXISTS (SELECT FROM dev_issuer_keys);
