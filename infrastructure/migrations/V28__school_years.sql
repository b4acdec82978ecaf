-- How many of a school's students were in which band as of the last day of each year that it has submitted, under one version
-- of a policy: numbers only, worked out again when the school or an import has gone on. What spans the district is their sum.
CREATE TABLE school_years (
    school        uuid        NOT NULL REFERENCES schools,
    policy        text        NOT NULL,
    school_year   smallint    NOT NULL,
    known_through date        NOT NULL,
    imported_at   timestamptz,
    students      integer     NOT NULL,
    judged        integer     NOT NULL,
    chronic       integer     NOT NULL,
    PRIMARY KEY (policy, school_year, school)
);
