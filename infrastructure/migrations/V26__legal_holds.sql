-- What is kept for a court or a claim, whatever its age: nobody erases it until it is released.
CREATE TABLE legal_holds (
    student     uuid        PRIMARY KEY,
    held_by     uuid        NOT NULL,
    held_at     timestamptz NOT NULL DEFAULT now(),
    reason      text        NOT NULL,
    released_by uuid,
    released_at timestamptz,
    CONSTRAINT legal_holds_released CHECK ((released_by IS NULL) = (released_at IS NULL))
);
