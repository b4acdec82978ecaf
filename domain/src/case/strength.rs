//! Strengths: what a student can build on.
mod note_strength;

pub use note_strength::{NoteStrength, Strength, StrengthNoted};
