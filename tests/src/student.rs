//! A student, as addresses name them.
use uuid::Uuid;

/// A student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Student(pub Uuid);

impl Student {
    /// The address of what belongs to the student.
    pub fn to(self, what: &str) -> String {
        format!("/v1/students/{}/{what}", self.0)
    }

    /// The address of an entry on the student's case.
    pub fn entry(self, entry: Uuid) -> String {
        self.to(&format!("entries/{entry}"))
    }
}

/// A student without a case.
pub fn fresh() -> Student {
    Student(Uuid::now_v7())
}
