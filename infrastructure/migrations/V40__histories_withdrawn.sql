-- Who took back that case histories may go out, and when; what was decided stays beside it.
ALTER TABLE case_history_requests
    ADD COLUMN withdrawn_by uuid REFERENCES staff,
    ADD COLUMN withdrawn_at timestamptz,
    ADD CONSTRAINT case_history_requests_withdrawn CHECK (
        (withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_at IS NULL OR coalesce(agreed, false)));
