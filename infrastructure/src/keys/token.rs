//! A token of a security module, in which master keys are made and which they never leave.
//!
//! By PKCS #11, which such modules and the key management services before them speak; SoftHSM does so in tests.
use std::{fmt, path::PathBuf};

use cryptoki::{
    context::{CInitializeArgs, CInitializeFlags, Pkcs11},
    error::{Error as ModuleError, RvError},
    mechanism::Mechanism,
    object::{Attribute, KeyType, ObjectClass, ObjectHandle},
    session::{Session, UserType},
    types::AuthPin,
};
use zeroize::Zeroizing;

/// The length of a master key, in bytes.
const KEY: u64 = 32;

/// Where master keys are.
#[derive(Clone)]
pub struct Token {
    /// The library that speaks to the module.
    pub module: PathBuf,
    /// The label of the token.
    pub token: String,
    /// The labels of the keys: the first wraps, all unwrap.
    pub keys: Vec<String>,
    /// What opens the token.
    pub pin: Zeroizing<String>,
}

/// The token while it is open, with its keys in the order of their labels.
pub(super) struct Open {
    pub session: Session,
    pub keys: Vec<ObjectHandle>,
}

/// Why a token holds no master keys. It quotes nothing of the PIN.
#[derive(Debug, thiserror::Error)]
pub enum UnusableToken {
    /// It cannot be reached, or does not do what it is asked to.
    #[error("the security module {0} cannot be used")]
    Module(PathBuf, #[source] ModuleError),
    /// There is no token of that label.
    #[error("the security module has no token {0}")]
    NoToken(String),
    /// The PIN does not open it, or no longer.
    #[error("the token {0} does not open with the PIN that is given, which is not tried again before a restart")]
    Pin(String),
    /// There is no such key.
    #[error("the token has no AES key {0}: `throughline key create` makes the first that is named")]
    NoKey(String),
    /// There is more than one of that name.
    #[error("the token has more than one AES key {0}")]
    ManyKeys(String),
    /// There is one of that name already.
    #[error("the token has an AES key {0} already")]
    Taken(String),
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("token", &self.token).field("keys", &self.keys).finish_non_exhaustive()
    }
}

impl Token {
    /// The name of the master key with that label, as it stands beside what it wrapped.
    pub(super) fn name(&self, label: &str) -> String {
        format!("{}/{label}", self.token)
    }

    /// Makes the first of the keys in the token, whence it cannot be taken, and says its name.
    ///
    /// # Errors
    /// Where there is such a key already, or the module does not make one.
    pub fn create(&self) -> Result<String, UnusableToken> {
        let (session, label) = (self.session()?, self.keys.first().map_or("", String::as_str));
        let found = session.find_objects(&described(label)).map_err(|error| self.fails(error))?;
        if !found.is_empty() {
            return Err(UnusableToken::Taken(label.to_owned()));
        }
        let mut template = described(label);
        template.extend([
            Attribute::Token(true),
            Attribute::Private(true),
            Attribute::Sensitive(true),
            Attribute::Extractable(false),
            Attribute::Encrypt(true),
            Attribute::Decrypt(true),
            Attribute::ValueLen(KEY.into()),
        ]);
        session.generate_key(&Mechanism::AesKeyGen, &template).map_err(|error| self.fails(error))?;
        Ok(self.name(label))
    }

    /// Opens the token and finds its keys.
    pub(super) fn open(&self) -> Result<Open, UnusableToken> {
        let session = self.session()?;
        let find = |label: &String| {
            let found = session.find_objects(&described(label)).map_err(|error| self.fails(error))?;
            match found[..] {
                [key] => Ok(key),
                [] => Err(UnusableToken::NoKey(label.clone())),
                _ => Err(UnusableToken::ManyKeys(label.clone())),
            }
        };
        let keys = self.keys.iter().map(find).collect::<Result<_, _>>()?;
        Ok(Open { session, keys })
    }

    /// The library from its beginning: what it remembers of a module that was away is no longer true.
    fn library(&self) -> Result<Pkcs11, UnusableToken> {
        let fails = |error| self.fails(error);
        let library = Pkcs11::new(&self.module).map_err(fails)?;
        match library.clone().finalize() {
            Ok(()) | Err(ModuleError::Pkcs11(RvError::CryptokiNotInitialized, _)) => {}
            Err(error) => return Err(self.fails(error)),
        }
        library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(fails)?;
        Ok(library)
    }

    fn session(&self) -> Result<Session, UnusableToken> {
        let (library, fails) = (self.library()?, |error| self.fails(error));
        let slots = library.get_slots_with_initialized_token().map_err(fails)?;
        let named = |slot: &_| library.get_token_info(*slot).is_ok_and(|token| token.label().trim() == self.token);
        let slot = slots.into_iter().find(named).ok_or_else(|| UnusableToken::NoToken(self.token.clone()))?;
        let session = library.open_rw_session(slot).map_err(fails)?;
        match session.login(UserType::User, Some(&AuthPin::from(self.pin.as_str()))) {
            Ok(()) => Ok(session),
            Err(ModuleError::Pkcs11(
                RvError::PinIncorrect
                | RvError::PinInvalid
                | RvError::PinLenRange
                | RvError::PinLocked
                | RvError::PinExpired,
                _,
            )) => Err(UnusableToken::Pin(self.token.clone())),
            Err(error) => Err(self.fails(error)),
        }
    }

    pub(super) fn fails(&self, error: ModuleError) -> UnusableToken {
        UnusableToken::Module(self.module.clone(), error)
    }
}

fn described(label: &str) -> Vec<Attribute> {
    let label = Attribute::Label(label.as_bytes().to_vec());
    vec![label, Attribute::Class(ObjectClass::SECRET_KEY), Attribute::KeyType(KeyType::AES)]
}
