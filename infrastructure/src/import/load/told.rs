//! What the files of a load tell, as far as they are read: of two that tell the same row the one that comes first counts.
use std::sync::Arc;

use deadpool_postgres::Transaction;
use tokio::sync::watch;

use super::{files::LoadedFile, keys::Keys};
use crate::import::ImportError;

/// What is known of one file.
#[derive(Debug, Clone)]
enum Known {
    /// It is being read.
    Nothing,
    /// It is not read, since it tells what it told before.
    AsBefore,
    /// It was read, and tells rows with these keys.
    Read(Arc<Keys>),
}

/// The files of a load in their order.
#[derive(Debug)]
pub(crate) struct Told {
    source: &'static str,
    files: Vec<(String, watch::Sender<Known>)>,
}

/// One file's place among them.
#[derive(Debug, Clone)]
pub(crate) struct Turn {
    pub(crate) told: Arc<Told>,
    pub(crate) place: usize,
}

impl Told {
    /// Nothing is read yet of these files.
    pub(crate) fn of(source: &'static str, files: impl IntoIterator<Item = String>) -> Self {
        Self { source, files: files.into_iter().map(|file| (file, watch::Sender::new(Known::Nothing))).collect() }
    }
}

impl Turn {
    /// The file's name.
    pub(crate) fn file(&self) -> &str {
        &self.told.files[self.place].0
    }

    /// It tells what it told before.
    pub(crate) fn is_as_before(&self) {
        self.told.files[self.place].1.send_replace(Known::AsBefore);
    }

    /// Whether a file before it was read anew and tells one of these rows, so that it has to be looked at again.
    pub(crate) async fn is_contradicted(&self, keys: &Keys) -> bool {
        for (_, known) in &self.told.files[..self.place] {
            if let Known::Read(theirs) = wait(known).await
                && !keys.shared(&theirs).is_empty()
            {
                return true;
            }
        }
        false
    }

    /// It was read: says which of its rows a file before it tells, too, and which file that is.
    pub(crate) async fn was_read(
        &self,
        tx: &Transaction<'_>,
        keys: Arc<Keys>,
    ) -> Result<Vec<(String, Vec<u64>)>, ImportError> {
        self.told.files[self.place].1.send_replace(Known::Read(keys.clone()));
        let mut twice = vec![];
        for (file, known) in &self.told.files[..self.place] {
            let theirs = match wait(known).await {
                Known::Read(theirs) => theirs,
                _ => Arc::new(LoadedFile::keys(tx, self.told.source, file).await?),
            };
            let ours = keys.clone();
            let shared = tokio::task::spawn_blocking(move || ours.shared(&theirs)).await;
            let shared = shared.map_err(|_| ImportError::Stopped)?;
            if !shared.is_empty() {
                twice.push((file.clone(), shared));
            }
        }
        Ok(twice)
    }
}

/// What is known of a file once anything is.
async fn wait(known: &watch::Sender<Known>) -> Known {
    let mut known = known.subscribe();
    match known.wait_for(|known| !matches!(known, Known::Nothing)).await {
        Ok(known) => known.clone(),
        Err(_) => Known::AsBefore,
    }
}
