-- Forms that families have signed: what consents lean on. The bytes are sealed under the student's keys, part by part;
-- sealed is the digest of all parts together. touched_at: until a day after it an attachment may be named by an event.
CREATE TABLE attachments (
    student     uuid        NOT NULL,
    id          uuid        NOT NULL,
    media_type  text        NOT NULL,
    size        integer     NOT NULL,
    visibility  text        NOT NULL,
    sha256      text        NOT NULL,
    sealed      text        NOT NULL,
    attached_by uuid        NOT NULL,
    attached_as text        NOT NULL,
    attached_at timestamptz NOT NULL DEFAULT now(),
    touched_at  timestamptz NOT NULL DEFAULT now(),
    named       boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (student, id)
);
CREATE INDEX attachments_not_named ON attachments (touched_at) WHERE NOT named;

CREATE TABLE attachment_parts (
    student    uuid    NOT NULL,
    attachment uuid    NOT NULL,
    number     integer NOT NULL,
    bytes      bytea   NOT NULL,
    PRIMARY KEY (student, attachment, number)
);
ALTER TABLE attachment_parts ALTER COLUMN bytes SET STORAGE EXTERNAL;
