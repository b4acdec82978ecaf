-- Who is served with what, since when, and how often: one small row for each course of support (an intervention, a mentor's
-- assignment, a partner's service) and each time that it was given (a session held, a contact made). Codes, ids and days;
-- no words. Kept by a reader, by generation.
CREATE TABLE served (
    generation integer NOT NULL,
    student    uuid    NOT NULL,
    entry      uuid    NOT NULL,
    what       text    NOT NULL,
    code       text,
    partner    uuid,
    mentor     uuid,
    course     uuid,
    visibility text,
    started_on date,
    ended_on   date,
    PRIMARY KEY (generation, student, entry)
);
CREATE INDEX served_courses ON served (generation, started_on) WHERE what IN ('intervention', 'mentor', 'service');
