-- Whom somebody mentors or mentored, by mentor: to answer a repeated handing-over as the first time.
CREATE INDEX assignments_of_mentor ON entries (owner, student) WHERE kind = 'mentor_assignment';
