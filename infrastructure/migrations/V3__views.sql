-- The views that are written with the events. Each can be dropped and made again from the log.

CREATE TABLE case_files (
    student uuid   PRIMARY KEY,
    version bigint NOT NULL,
    body    jsonb  NOT NULL
);

CREATE TABLE caseload (
    student         uuid     PRIMARY KEY,
    school          uuid     NOT NULL,
    status          text     NOT NULL,
    tier            smallint NOT NULL,
    opened_on       date     NOT NULL,
    mentors         uuid[]   NOT NULL,
    partners        uuid[]   NOT NULL,
    last_contact_on date,
    contacts_on     date[]   NOT NULL,
    open_follow_ups integer  NOT NULL,
    next_due_on     date,
    plan_status     text,
    next_review_on  date,
    version         bigint   NOT NULL
);
CREATE INDEX caseload_of_school ON caseload (school, status, student);
CREATE INDEX caseload_of_mentor ON caseload USING gin (mentors);
CREATE INDEX caseload_of_partner ON caseload USING gin (partners);

CREATE TABLE entries (
    student     uuid        NOT NULL,
    entry       uuid        NOT NULL,
    kind        text        NOT NULL,
    status      text        NOT NULL,
    standing    text        NOT NULL,
    school      uuid        NOT NULL,
    visibility  text        NOT NULL,
    author      uuid        NOT NULL,
    author_role text        NOT NULL,
    recorded_at timestamptz NOT NULL,
    occurred_on date        NOT NULL,
    changed_at  timestamptz NOT NULL,
    version     bigint      NOT NULL,
    parent      uuid,
    owner       uuid,
    partner     uuid,
    due_on      date,
    body        jsonb       NOT NULL,
    PRIMARY KEY (student, entry)
);
CREATE INDEX entries_of_case ON entries (student, kind, recorded_at DESC, entry);
CREATE INDEX entries_of_parent ON entries (student, parent) WHERE parent IS NOT NULL;
CREATE INDEX follow_ups_of_owner ON entries (owner, status, due_on, entry) WHERE kind = 'follow_up';
CREATE INDEX follow_ups_of_school ON entries (school, status, due_on, entry) WHERE kind = 'follow_up';
CREATE INDEX referrals_of_school ON entries (school, status, changed_at, entry) WHERE kind = 'referral';
CREATE INDEX referrals_of_partner ON entries (partner, status, changed_at, entry) WHERE kind = 'referral';
CREATE INDEX plans_of_school ON entries (school, status, changed_at, entry) WHERE kind = 'plan';
CREATE INDEX interventions_of_school ON entries (school, status, changed_at, entry) WHERE kind = 'intervention';

CREATE TABLE timeline (
    student     uuid        NOT NULL,
    version     bigint      NOT NULL,
    event       uuid        NOT NULL,
    type        text        NOT NULL,
    about       text        NOT NULL,
    entry       uuid,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    author      uuid        NOT NULL,
    author_role text        NOT NULL,
    headline    text        NOT NULL,
    words       text,
    PRIMARY KEY (student, version)
);
CREATE INDEX timeline_newest_first ON timeline (student, occurred_at DESC, version DESC);
