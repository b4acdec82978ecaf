-- The log in partitions by position, so that it can grow, be backed up and be moved in pieces.
--
-- What is there becomes the first of them, in place. A stream's versions are kept apart by its row in streams, which is
-- claimed in the same transaction; over all partitions an index could not.

ALTER TABLE events RENAME TO events_1;
ALTER TABLE events_1 RENAME CONSTRAINT events_pkey TO events_1_pkey;
ALTER TABLE events_1 DROP CONSTRAINT events_version;

CREATE TABLE events (
    LIKE events_1 INCLUDING DEFAULTS INCLUDING CONSTRAINTS,
    PRIMARY KEY (position)
) PARTITION BY RANGE (position);
CREATE INDEX events_of_stream ON events (stream, kind, version);
ALTER SEQUENCE positions OWNED BY events.position;
CREATE TRIGGER events_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How many positions a partition holds.
CREATE FUNCTION partition_size() RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 10000000::bigint';

DO $$
DECLARE
    upper bigint := (SELECT (coalesce(max(position), 0) / partition_size() + 1) * partition_size() + 1 FROM events_1);
BEGIN
    EXECUTE format('ALTER TABLE events ATTACH PARTITION events_1 FOR VALUES FROM (MINVALUE) TO (%s)', upper);
END $$;

-- Makes sure that there are partitions for the next positions, two ahead of the last that was drawn, and says how many
-- it made. A partition is made beside the log and then attached, which stops neither readers nor writers.
CREATE FUNCTION extend_log() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    head bigint := (SELECT last_value FROM positions);
    upper bigint;
    partition text;
    made integer := 0;
BEGIN
    -- One at a time; the number is ours alone.
    PERFORM pg_advisory_xact_lock(7487006009);
    LOOP
        SELECT max(substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''(\d+)''\)')::bigint) INTO upper
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'events'::regclass;
        EXIT WHEN upper > head + 2 * partition_size();
        partition := 'events_' || (upper - 1) / partition_size() + 1;
        EXECUTE format('CREATE TABLE %I (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', partition);
        EXECUTE format('CREATE TRIGGER events_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', partition);
        EXECUTE format('ALTER TABLE events ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)',
                       partition, upper, upper + partition_size());
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

SELECT extend_log();
