//! A command as data: what it changes, and what must still be so when that is written.
use application::{Error, Loaded, Part, Project, view::Row};
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
    /// Puts the events of `parts` into envelopes; also returns each stream as it then stands.
    pub fn of<A: Project>(parts: Vec<Part<A>>, fingerprints: &Fingerprints) -> Result<(Self, Vec<Loaded<A>>), Error> {
        let asked = parts.first().and_then(|part| {
            let request = part.after.request.as_ref()?;
            Some(Asked {
                actor: request.by.uuid(),
                key: request.key,
                fingerprint: fingerprints.of(&request.mark),
                at: Utc::now(),
                stream: part.after.stream,
            })
        });
        let sealed: Vec<_> = parts.into_iter().map(seal).collect::<Result<_, _>>()?;
        let (changes, after) = sealed.into_iter().unzip();
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

/// Chains the events of a part to those before them.
fn seal<A: Project>(part: Part<A>) -> Result<(Change, Loaded<A>), Error> {
    let Part { mut after, expected, decided, mut rows } = part;
    let (stream, version) = (after.stream, after.version);
    let mut envelopes = Vec::with_capacity(decided.len());
    for decided in decided {
        let envelope = Envelope::seal::<A>(stream, decided, &after.chain);
        after.chain.clone_from(&envelope.chain);
        envelopes.push(envelope);
    }
    if version > expected {
        rows.extend(A::document_rows(&after.document, stream, version));
    }
    after.request = None;
    let state = serde_json::to_string(&after.aggregate).map_err(failed)?;
    Ok((Change { stream, kind: A::TYPE, expected, version, state, chain: after.chain.clone(), envelopes, rows }, after))
}
