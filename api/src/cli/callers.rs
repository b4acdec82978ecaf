//! Whose tokens the server accepts: an identity provider's, or for development its own.
use std::{fs, path::PathBuf, sync::Arc};

use anyhow::{Context, bail};
use api::{DevIssuer, Issuer, Pace, Provider, Verifier};
use clap::Args;
use infrastructure::{HttpFetch, PgKeepSigningKey, Pool};

/// Says who may call.
#[derive(Debug, Args)]
pub struct Callers {
    /// Accept access tokens of this OpenID Connect provider; over https, but for loopback addresses
    #[arg(long, env = "THROUGHLINE_ISSUER", value_name = "URL")]
    issuer: Option<Issuer>,
    /// The name by which the provider's tokens say that they are for this server
    #[arg(long, env = "THROUGHLINE_AUDIENCE", value_name = "NAME")]
    audience: Option<String>,
    /// Trust the provider's certificate if one of the authorities in this PEM file has signed it, and no others
    #[arg(long, env = "THROUGHLINE_ISSUER_AUTHORITY", value_name = "FILE", requires = "issuer")]
    issuer_authority: Option<PathBuf>,
    /// Accept tokens that `throughline token` makes; on loopback addresses only
    #[arg(long, env = "THROUGHLINE_DEV_ISSUER")]
    dev_issuer: bool,
}

/// Whose tokens are accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    Nobodys,
    Dev,
    Of { issuer: Issuer, audience: String, authority: Option<PathBuf> },
}

impl Callers {
    /// Whose tokens are accepted, if that was said in one voice: by flags, the environment and the file together.
    pub fn accepted(&self, demo: bool) -> anyhow::Result<Accepted> {
        match (&self.issuer, self.audience.as_deref().filter(|name| !name.trim().is_empty())) {
            (Some(_), _) if self.dev_issuer || demo => {
                bail!(
                    "a server that accepts a provider's tokens has no development issuer: leave out --dev-issuer and --demo"
                )
            }
            (Some(issuer), Some(_)) if self.issuer_authority.is_some() && issuer.is_on_loopback() => {
                bail!("--issuer-authority is about https, and the issuer is reached without")
            }
            (Some(issuer), Some(audience)) => {
                let authority = self.issuer_authority.clone();
                Ok(Accepted::Of { issuer: issuer.clone(), audience: audience.to_owned(), authority })
            }
            (Some(_), None) => bail!("say with --audience for whom the provider's tokens have to be"),
            (None, _) if self.dev_issuer || demo => Ok(Accepted::Dev),
            (None, Some(_)) => bail!("--audience says nothing without --issuer"),
            (None, None) => Ok(Accepted::Nobodys),
        }
    }
}

impl Accepted {
    /// What checks the tokens, and the development issuer if it is that.
    pub async fn verifier(&self, pool: &Pool) -> anyhow::Result<(Option<Arc<Verifier>>, Option<Arc<DevIssuer>>)> {
        Ok(match self {
            Self::Nobodys => (None, None),
            Self::Dev => {
                let issuer = DevIssuer::open(&PgKeepSigningKey::new(pool.clone())).await?;
                (Some(Arc::new(issuer.verifier())), Some(Arc::new(issuer)))
            }
            Self::Of { issuer, audience, authority } => {
                let fetch = match authority {
                    Some(file) => {
                        let pem = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
                        HttpFetch::trusting(&pem).with_context(|| file.display().to_string())?
                    }
                    None if issuer.is_on_loopback() => HttpFetch::on_loopback(),
                    None => HttpFetch::over_https(),
                };
                let provider = Provider::new(issuer.clone(), Arc::new(fetch), Pace::default());
                tokio::spawn(provider.clone().keep_up());
                (Some(Arc::new(Verifier::of(provider, audience))), None)
            }
        })
    }

    /// The same, in words.
    pub fn described(&self) -> String {
        match self {
            Self::Dev => "the development issuer's: `throughline token --as success_mentor` prints a token".to_owned(),
            Self::Of { issuer, audience, .. } => format!("those of {issuer} with tokens for {audience}"),
            Self::Nobodys => {
                "none: no issuer is configured, so that every request to /v1 is answered with 401;\n              \
                 --issuer names an OpenID Connect provider, --dev-issuer has one for this machine only"
                    .to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(issuer: Option<&str>, audience: Option<&str>, (dev_issuer, demo): (bool, bool)) -> Option<Accepted> {
        let issuer = issuer.map(|issuer| issuer.parse().expect("an issuer"));
        Callers { issuer, audience: audience.map(str::to_owned), issuer_authority: None, dev_issuer }
            .accepted(demo)
            .ok()
    }

    #[test]
    fn there_is_one_issuer_or_none() {
        let (url, dev, demo) = (Some("https://login.example.org"), (true, false), (false, true));
        assert_eq!(accepted(None, None, (false, false)), Some(Accepted::Nobodys));
        assert_eq!(accepted(None, None, dev), Some(Accepted::Dev));
        assert_eq!(accepted(None, None, demo), Some(Accepted::Dev));
        assert!(matches!(accepted(url, Some("us"), (false, false)), Some(Accepted::Of { .. })));
        for both in [dev, demo] {
            assert_eq!(accepted(url, Some("us"), both), None);
        }
        assert_eq!(accepted(url, None, (false, false)), None);
        assert_eq!(accepted(url, Some(" "), (false, false)), None);
        assert_eq!(accepted(None, Some("us"), (false, false)), None);
    }
}
