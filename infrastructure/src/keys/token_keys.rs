//! Master keys that wrap and unwrap inside their token.
use std::sync::{Arc, Mutex, PoisonError};

use application::{
    Error,
    sealing::{KeyService, Wrapped},
};
use async_trait::async_trait;
use cryptoki::{
    error::Error as ModuleError,
    mechanism::{Mechanism, aead::GcmParams},
    object::ObjectHandle,
    session::Session,
};
use domain::SealingKey;
use tokio::task::spawn_blocking;
use zeroize::Zeroizing;

use super::token::{Open, Token, UnusableToken};

/// The length of a nonce, in bytes (AES-GCM).
const NONCE: u32 = 12;
/// The length of the mark by which a change is noticed, in bits.
const TAG: u64 = 128;

/// The keys of a token.
#[derive(Clone)]
pub struct TokenKeys {
    token: Token,
    names: Vec<String>,
    state: Arc<Mutex<State>>,
}

enum State {
    Open(Open),
    /// To be opened by whoever is next.
    Closed,
    /// Its PIN was refused: a module that counts attempts closes for good after some.
    Refused,
}

impl TokenKeys {
    /// The keys of `token`, which is open from now on; opened again where the module was away.
    ///
    /// # Errors
    /// Where the module, the token or one of the keys is not there, or the PIN is wrong.
    pub fn of(token: Token) -> Result<Self, UnusableToken> {
        let state = Arc::new(Mutex::new(State::Open(token.open()?)));
        let names = token.keys.iter().map(|label| token.name(label)).collect();
        Ok(Self { token, names, state })
    }

    /// Does something with one of the keys, apart from the threads that answer requests.
    async fn with_key<T: Send + 'static>(
        &self,
        at: usize,
        work: impl Fn(&Session, ObjectHandle) -> Result<T, ModuleError> + Send + 'static,
    ) -> Result<T, Error> {
        let own = self.clone();
        let done = spawn_blocking(move || own.work(|open| work(&open.session, open.keys[at])));
        done.await.map_err(Error::unavailable)?.map_err(Error::unavailable)
    }

    /// Once, and once more with the token opened anew.
    fn work<T>(&self, work: impl Fn(&Open) -> Result<T, ModuleError>) -> Result<T, UnusableToken> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            State::Open(open) => match work(open) {
                Ok(done) => return Ok(done),
                Err(error) => tracing::warn!(%error, "the security module is opened again"),
            },
            State::Closed => {}
            State::Refused => return Err(UnusableToken::Pin(self.token.token.clone())),
        }
        // The session before ends first: the library begins anew.
        *state = State::Closed;
        let open = self.token.open().inspect_err(|error| {
            if let UnusableToken::Pin(_) = error {
                *state = State::Refused;
            }
        })?;
        let done = work(&open).map_err(|error| self.token.fails(error));
        *state = State::Open(open);
        done
    }
}

#[async_trait]
impl KeyService for TokenKeys {
    fn current(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    async fn wrap(&self, place: &[u8], key: &SealingKey) -> Result<Wrapped, Error> {
        let (place, clear) = (place.to_vec(), Zeroizing::new(key.bytes().to_vec()));
        let bytes = self.with_key(0, move |session, master| {
            let nonce = session.generate_random_vec(NONCE)?;
            let mut given = nonce.clone();
            let sealing = Mechanism::AesGcm(GcmParams::new(&mut given, &place, TAG.into())?);
            Ok([nonce, session.encrypt(&sealing, master, &clear)?].concat())
        });
        Ok(Wrapped { master: self.current().to_owned(), bytes: bytes.await? })
    }

    async fn unwrap(&self, place: &[u8], wrapped: &Wrapped) -> Result<SealingKey, Error> {
        let at = self.names.iter().position(|name| *name == wrapped.master);
        let at = at.ok_or_else(|| Error::unavailable("the master key of a student's key is not there"))?;
        let (place, bytes) = (place.to_vec(), wrapped.bytes.clone());
        let clear = self.with_key(at, move |session, master| {
            let (nonce, sealed) = bytes.split_at_checked(NONCE as usize).unwrap_or_default();
            let mut nonce = nonce.to_vec();
            let opening = Mechanism::AesGcm(GcmParams::new(&mut nonce, &place, TAG.into())?);
            session.decrypt(&opening, master, sealed).map(Zeroizing::new)
        });
        SealingKey::from_bytes(&clear.await?).ok_or_else(|| Error::unavailable("a student's key does not unwrap"))
    }
}
