//! A command as data: what it changes, and what must still be so when that is written.
use application::{Error, Happening, Loaded, Part, Project, Row};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{envelope::Envelope, fingerprint::Fingerprints};
use crate::database::failed;

/// What one command changes, all or nothing.
#[derive(Debug)]
pub struct Commit {
    /// The streams; the first is the one that the request is about.
    pub changes: Vec<Change>,
    /// The request, to be remembered with it.
    pub asked: Option<Asked>,
}

/// What becomes of one stream.
#[derive(Debug)]
pub struct Change {
    pub stream: Uuid,
    pub kind: &'static str,
    /// The version that the decision was taken on; 0 where there was no stream.
    pub expected: u64,
    pub version: u64,
    pub state: String,
    pub chain: Vec<u8>,
    pub envelopes: Vec<Envelope>,
    pub rows: Vec<Row>,
}

/// A request, as it is remembered.
#[derive(Debug)]
pub struct Asked {
    pub actor: Uuid,
    pub key: Uuid,
    pub fingerprint: Vec<u8>,
    pub at: DateTime<Utc>,
    /// The stream, in which the key must not name an entry yet.
    pub stream: Uuid,
}

impl Commit {
    /// Folds the views of `parts` and puts their events into envelopes; also returns each stream as it then stands.
    pub fn of<A: Project>(parts: Vec<Part<A>>, fingerprints: &Fingerprints) -> Result<(Self, Vec<Loaded<A>>), Error> {
        let asked = parts.first().and_then(|part| {
            let request = part.loaded.request.as_ref()?;
            Some(Asked {
                actor: request.by.uuid(),
                key: request.key,
                fingerprint: fingerprints.of(&request.canonical),
                at: part.metadata.recorded_at,
                stream: part.loaded.stream,
            })
        });
        let folded: Vec<_> = parts.into_iter().map(fold).collect::<Result<_, _>>()?;
        let (changes, after) = folded.into_iter().unzip();
        Ok((Self { changes, asked }, after))
    }

    /// The version of the first stream after it.
    pub fn version(&self) -> u64 {
        self.changes.first().map_or(0, |change| change.version)
    }

    /// The event that gets the last position.
    pub fn last(&self) -> Option<&Envelope> {
        self.changes.iter().flat_map(|change| &change.envelopes).last()
    }
}

fn fold<A: Project>(part: Part<A>) -> Result<(Change, Loaded<A>), Error> {
    let Part { mut loaded, events, metadata } = part;
    let (stream, expected) = (loaded.stream, loaded.version);
    let mut envelopes = Vec::with_capacity(events.len());
    let mut rows = vec![];
    for (version, event) in (expected + 1..).zip(&events) {
        let envelope = Envelope::seal::<A>(stream, version, event, &metadata, &loaded.chain)?;
        let happening = Happening { stream, version, id: envelope.id, event, metadata: &envelope.metadata };
        rows.extend(A::project(&mut loaded.document, &happening));
        loaded.chain.clone_from(&envelope.chain);
        envelopes.push(envelope);
    }
    loaded.version = expected + envelopes.len() as u64;
    loaded.request = None;
    if loaded.version > expected {
        rows.extend(A::document_rows(&loaded.document, stream, loaded.version));
    }
    let state = serde_json::to_string(&loaded.aggregate).map_err(failed)?;
    let (version, chain) = (loaded.version, loaded.chain.clone());
    Ok((Change { stream, kind: A::TYPE, expected, version, state, chain, envelopes, rows }, loaded))
}
