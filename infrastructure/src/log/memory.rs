//! Streams that were changed or asked for lately, as they stood then.
use std::sync::Arc;

use application::{Loaded, Project};
use quick_cache::{Weighter, sync::Cache};
use uuid::Uuid;

/// How many characters of decision states are remembered; with its document a stream takes about ten times as much.
const CHARACTERS: u64 = 4 << 20;
/// For how many streams room is laid out; it grows.
const STREAMS: usize = 1_024;

/// A stream, with the length of its stored state.
#[derive(Clone)]
struct Remembered<A: Project> {
    loaded: Arc<Loaded<A>>,
    characters: u64,
}

/// What this process remembers of streams. Never the ground for a refusal: others may have moved on.
pub struct Memory<A: Project>(Cache<Uuid, Remembered<A>, ByLength>);

#[derive(Clone)]
struct ByLength;

impl<A: Project> Weighter<Uuid, Remembered<A>> for ByLength {
    fn weight(&self, _: &Uuid, remembered: &Remembered<A>) -> u64 {
        remembered.characters.max(1)
    }
}

impl<A: Project> Memory<A> {
    pub fn new() -> Self {
        Self(Cache::with_weighter(STREAMS, CHARACTERS, ByLength))
    }

    pub fn recall(&self, stream: Uuid) -> Option<Loaded<A>> {
        self.0.get(&stream).map(|remembered| Loaded::clone(&remembered.loaded))
    }

    /// Remembers a stream, where nothing later is known of it already.
    pub fn keep(&self, loaded: Loaded<A>, characters: usize) {
        let known = self.0.peek(&loaded.stream).is_some_and(|known| known.loaded.version > loaded.version);
        if loaded.version > 0 && !known {
            let remembered = Remembered { characters: characters as u64, loaded: Arc::new(loaded) };
            self.0.insert(remembered.loaded.stream, remembered);
        }
    }

    pub fn forget(&self, stream: Uuid) {
        self.0.remove(&stream);
    }
}
