//! Outcomes above, what was done below, on one axis of time: as pictures, which name nobody.
mod panel;
mod school;
mod student;

pub use school::school_picture;
pub use student::student_picture;
