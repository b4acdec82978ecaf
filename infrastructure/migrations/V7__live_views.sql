-- Which version of each view the tables hold that everybody reads and writes; a rebuild switches it.
CREATE TABLE live_views (
    view        text        PRIMARY KEY,
    version     integer     NOT NULL,
    switched_at timestamptz NOT NULL DEFAULT now()
);
-- What was written before views had versions is of none that is known, and is rebuilt once.
INSERT INTO live_views (view, version)
SELECT view, CASE WHEN EXISTS (SELECT FROM events) THEN 0 ELSE 1 END
FROM unnest(ARRAY['case_files', 'caseload', 'entries', 'timeline']) AS view;

-- What a writer begins with: holds the gate open until it commits, and writes nothing where the live views are not
-- those that it knows. Volatile, so that it sees what was switched while it waited.
CREATE FUNCTION enter_views(names text[], versions integer[], gate bigint) RETURNS void LANGUAGE plpgsql VOLATILE AS
$$ BEGIN
    PERFORM pg_advisory_xact_lock_shared(gate);
    IF EXISTS (SELECT FROM unnest(names, versions) AS known (view, version)
               LEFT JOIN live_views USING (view, version) WHERE live_views.view IS NULL) THEN
        RAISE EXCEPTION 'the live views are of another version' USING ERRCODE = 'TL001';
    END IF;
END $$;

-- Where views are built before they are switched, and how far that has come. Nothing in it is ever missed.
CREATE SCHEMA rebuild;
CREATE TABLE rebuild.under_way (
    view    text    PRIMARY KEY,
    version integer NOT NULL,
    indexed boolean NOT NULL DEFAULT false
);
CREATE TABLE rebuild.streams (
    stream  uuid   PRIMARY KEY,
    version bigint NOT NULL
);

-- What this installation is called in signed heads of its log, and the key that signs them (PKCS #8), made when it is
-- first wanted.
ALTER TABLE installation ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(), ADD COLUMN signing_key bytea;
