-- The archive: where the events of cases lie that are over, out of the way of the log's partitions. An event is in one
-- of the two, and leaves it only for the other.
CREATE TABLE archived_events (
    LIKE events INCLUDING CONSTRAINTS,
    PRIMARY KEY (position)
);
CREATE INDEX archived_events_of_stream ON archived_events (stream, kind, version);

-- The log as a whole, for whoever reads it.
CREATE VIEW log AS SELECT * FROM events UNION ALL SELECT * FROM archived_events;

CREATE FUNCTION refuse_loss() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lost boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM gone g WHERE NOT EXISTS (
                        SELECT FROM %I k WHERE k.position = g.position AND k::text = g::text))', TG_ARGV[0]) INTO lost;
    IF lost THEN
        RAISE EXCEPTION 'history is not edited' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- A statement that names a partition is still refused by the partition's own trigger.
DROP TRIGGER events_are_final ON events;
CREATE TRIGGER events_are_final BEFORE UPDATE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_are_kept AFTER DELETE ON events REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss('archived_events');
CREATE TRIGGER events_are_final BEFORE UPDATE OR TRUNCATE ON archived_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER events_are_kept AFTER DELETE ON archived_events REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_loss('events');
