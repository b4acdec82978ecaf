//! What is kept is what the events come to: checked, rebuilt, and brought back.
mod head;
mod rebuild;
mod restore;
mod support;
mod verify;
