-- Whether this store holds the demo, on which day it began, and whether all of it was told.
CREATE TABLE demo (
    only_one     boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    began_on     date NOT NULL,
    completed_at timestamptz
);
