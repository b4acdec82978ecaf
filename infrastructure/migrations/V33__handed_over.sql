-- Which mentors may read the notes of which others that are for these and their supervisor: [{"of": …, "to": …}].
ALTER TABLE caseload ADD COLUMN handed_over jsonb NOT NULL DEFAULT '[]';
