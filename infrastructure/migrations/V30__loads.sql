-- The files of a load that is not finished: told again, it goes on with the others. Empty while there is none.
CREATE TABLE loaded_files (
    source text  NOT NULL,
    file   text  NOT NULL,
    hash   bytea NOT NULL,
    batch  uuid  NOT NULL,
    PRIMARY KEY (source, file)
);

-- Whose figures an import changed is asked by its batch. Rows of a batch lie together, so that ranges are enough: an index
-- over each of them would cost as much as the table.
CREATE INDEX student_school_attendance_events_batch ON student_school_attendance_events
    USING brin (batch) WITH (autosummarize = on);
CREATE INDEX student_section_attendance_events_batch ON student_section_attendance_events
    USING brin (batch) WITH (autosummarize = on);
