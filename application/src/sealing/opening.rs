//! Opening what was sealed, for who may read it.
use std::{marker::PhantomData, sync::Arc};

use domain::AttachmentId;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::{StudentKeys, keys::json};
use crate::{Error, answer::Reader};

/// That somebody may read an answer about one student. A [`Reader`] hands it out, whom the access decision let in.
#[derive(Debug, Clone)]
pub struct Opening(Arc<StudentKeys>);

/// An answer in clear, as it goes to who asked. Only an [`Opening`] makes one.
///
/// ```compile_fail
/// fn show(plan: application::answer::SupportPlan) -> application::sealing::Opened<application::answer::SupportPlan> {
///     plan.into()
/// }
/// ```
#[derive(Debug)]
pub struct Opened<T> {
    json: Box<RawValue>,
    of: PhantomData<T>,
}

impl Reader {
    /// What opens an answer that was made for this reader.
    pub fn opening(&self, keys: Arc<StudentKeys>) -> Opening {
        Opening(keys)
    }
}

impl Opening {
    /// Opens everything that is said in `answer`.
    pub fn open<T: Serialize>(&self, answer: &T) -> Result<Opened<T>, Error> {
        let json = RawValue::from_string(self.0.open(&json(answer)?)?).map_err(Error::unavailable)?;
        Ok(Opened { json, of: PhantomData })
    }
}

impl Opening {
    /// Opens a part of an attachment; nothing where it does not belong there.
    pub fn part(&self, part: (AttachmentId, u32), sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.0.open_part(part, sealed)
    }
}

impl<T> Serialize for Opened<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json.serialize(serializer)
    }
}
