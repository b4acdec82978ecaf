-- What was exported stands in one list, whether somebody signed in for it or ran the command on the server's machine, where
-- the user of the operating system is all that is known.
ALTER TABLE district_accesses
    ALTER COLUMN staff DROP NOT NULL,
    ADD COLUMN os_user text,
    -- Which table went out, what was asked for, in which form, and how many rows, where that is known.
    ADD COLUMN what    text,
    ADD COLUMN asked   text,
    ADD COLUMN form    text,
    ADD COLUMN lines   bigint,
    ADD CONSTRAINT district_accesses_by_one CHECK (num_nonnulls(staff, os_user) = 1),
    ADD CONSTRAINT district_accesses_exported CHECK (
        (what IS NULL) = (form IS NULL) AND (what IS NOT NULL OR num_nonnulls(os_user, asked, lines) = 0));
INSERT INTO district_accesses (id, at, os_user, operation, what, asked, form, lines)
SELECT id, at, os_user, 'export', what, asked, form, lines FROM exported;
DROP TABLE exported;
