//! Opens the store that a command works on.
use std::{fs, path::PathBuf, sync::Arc};

use anyhow::{Context, bail};
use application::sealing::KeyService;
use infrastructure::{
    Database, Limits, Source,
    erasure::Ledger,
    keys::{MasterKeys, PgKeyring, Succession, Token, TokenKeys, check},
    migrate,
    private_postgres::Options,
};

use super::Common;

/// The open store, and what there is to say about it.
pub struct Store {
    pub database: Database,
    pub place: String,
    pub tables: String,
    /// Where the erasure ledger is, as far as anybody said so.
    pub ledger: Option<Ledger>,
    master: Master,
}

/// Where the master key is.
#[derive(Debug, Clone)]
pub enum Master {
    /// In a token of a security module, whose PIN is in a file; with those behind it that wrapped before.
    Token(Token, Option<PathBuf>, Option<Box<Self>>),
    /// In a setting.
    Given(String),
    /// In a file.
    File(PathBuf),
    /// In a file beside the private PostgreSQL, made where there is none.
    Own(PathBuf),
    /// Nowhere.
    Missing,
}

impl Store {
    /// Opens the store as the server that owns it.
    pub async fn own(common: &Common) -> anyhow::Result<Self> {
        Self::open(common, Source::Private).await
    }

    /// Opens the store, beside a running server if there is one.
    pub async fn beside(common: &Common) -> anyhow::Result<Self> {
        Self::open(common, Source::Beside).await
    }

    async fn open(common: &Common, private: fn(Options) -> Source) -> anyhow::Result<Self> {
        let (source, place) = match &common.database_url {
            Some(url) => (Source::Url(url.clone()), "the PostgreSQL of DATABASE_URL".to_owned()),
            None => {
                let directory = common.data_dir.clone().unwrap_or_else(Options::default_data_directory);
                let place = format!("a private PostgreSQL in {}", directory.display());
                (private(Options::new(directory)), place)
            }
        };
        let (master, ledger) = (Master::of(common), ledger(common));
        let limits = Limits { connections: common.database_connections, ..Limits::default() };
        let database = Database::open(source, &limits).await?;
        match migrate(database.pool()).await {
            Ok(0) => Ok(Self { database, place, tables: "up to date".to_owned(), ledger, master }),
            Ok(applied) => {
                let tables = format!("brought up to date, {applied} migrations");
                Ok(Self { database, place, tables, ledger, master })
            }
            Err(error) => {
                database.stop().await;
                Err(error.into())
            }
        }
    }

    /// The keys of the store's students, under its master key: what is said is sealed and opened with nothing else.
    pub async fn keyring(&self) -> anyhow::Result<Arc<PgKeyring>> {
        let (pool, keys) = (self.database.pool(), self.master.service()?);
        check(pool, &*keys).await?;
        Ok(Arc::new(PgKeyring::new(pool.clone(), keys)))
    }
}

impl Master {
    /// Where the settings say that it is.
    pub fn of(common: &Common) -> Self {
        if let (Some(module), Some(token)) = (&common.master_key_module, &common.master_key_token) {
            let (module, token, keys) = (module.clone(), token.clone(), common.master_key_labels.clone());
            let token = Token { module, token, keys, pin: Default::default() };
            let behind = match (&common.master_key, &common.master_key_file) {
                (Some(key), _) => Some(Self::Given(key.clone())),
                (None, file) => file.clone().map(Self::File),
            };
            return Self::Token(token, common.master_key_pin_file.clone(), behind.map(Box::new));
        }
        match (&common.master_key, &common.master_key_file, &common.database_url) {
            (Some(key), ..) => Self::Given(key.clone()),
            (None, Some(file), _) => Self::File(file.clone()),
            (None, None, Some(_)) => Self::Missing,
            (None, None, None) => {
                Self::Own(common.data_dir.clone().unwrap_or_else(Options::default_data_directory).join("master.key"))
            }
        }
    }

    /// What wraps and unwraps with the master keys, wherever they are.
    pub fn service(&self) -> anyhow::Result<Arc<dyn KeyService>> {
        let Some(token) = self.token()? else { return Ok(Arc::new(self.keys()?)) };
        let inside = Arc::new(TokenKeys::of(token)?);
        match self {
            Self::Token(.., Some(behind)) => Ok(Arc::new(Succession::of(inside, behind.service()?))),
            _ => Ok(inside),
        }
    }

    /// The token in which they are, with its PIN; nothing where they are in none.
    pub fn token(&self) -> anyhow::Result<Option<Token>> {
        let Self::Token(token, pin, _) = self else { return Ok(None) };
        let Some(pin) = pin else { bail!("say with --master-key-pin-file where the PIN of the token is") };
        let read = fs::read_to_string(pin).with_context(|| format!("cannot read {}", pin.display()))?;
        Ok(Some(Token { pin: read.trim().to_owned().into(), ..token.clone() }))
    }

    /// The master keys themselves.
    pub fn keys(&self) -> anyhow::Result<MasterKeys> {
        match self {
            Self::Token(..) => bail!(
                "the master key does not leave the security module: it is copied by the means of the module itself"
            ),
            Self::Given(keys) => Ok(keys.parse()?),
            Self::File(file) => Ok(MasterKeys::read(file).with_context(|| file.display().to_string())?),
            Self::Own(file) => Ok(MasterKeys::read_or_create(file).with_context(|| file.display().to_string())?),
            Self::Missing => bail!(
                "DATABASE_URL names a shared database, in which no record is kept without a master key: \
                 `throughline key create --master-key-file FILE` makes one, THROUGHLINE_MASTER_KEY_FILE says where it is"
            ),
        }
    }
}

/// Where the erasure ledger is; nothing where nobody said so and the database is another's.
fn ledger(common: &Common) -> Option<Ledger> {
    let beside = || {
        let directory = || common.data_dir.clone().unwrap_or_else(Options::default_data_directory);
        common.database_url.is_none().then(|| directory().join("erasures.ledger"))
    };
    common.erasure_ledger.clone().or_else(beside).map(|path| Ledger::at(&path))
}
