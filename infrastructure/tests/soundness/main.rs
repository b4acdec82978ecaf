//! What is kept is what the events come to: checked, rebuilt, and brought back.
mod archive;
mod findings;
mod head;
mod readers;
mod rebuild;
mod recount;
mod restore;
mod served;
mod support;
mod verify;
