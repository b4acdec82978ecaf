//! The certificate under which the server speaks TLS; it can be read anew while the server runs.
use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use clap::Args;
use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

/// Where certificate and key are.
#[derive(Debug, Clone, Args)]
pub struct CertificateFiles {
    /// Speak TLS under the certificate in this file (PEM, with those that lead to its authority); read anew at SIGHUP
    #[arg(long, env = "THROUGHLINE_TLS_CERTIFICATE", value_name = "FILE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The private key of the certificate (PEM)
    #[arg(long, env = "THROUGHLINE_TLS_KEY", value_name = "FILE", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
}

/// A certificate with its key.
#[derive(Debug)]
pub struct Certificate {
    certificate: PathBuf,
    key: PathBuf,
    provider: Arc<CryptoProvider>,
    current: RwLock<Arc<CertifiedKey>>,
}

/// Why there is no certificate; nothing of what is in the files is said.
#[derive(Debug, thiserror::Error)]
pub enum NoCertificate {
    /// The file of certificates cannot be read.
    #[error("{} holds no certificates in PEM, or cannot be read", .0.display())]
    Certificate(PathBuf),
    /// The file of the key cannot be read.
    #[error("{} holds no private key in PEM, or cannot be read", .0.display())]
    Key(PathBuf),
    /// They do not fit.
    #[error("the key in {} is not that of the certificate in {}, or of a kind that is not known", .1.display(), .0.display())]
    Misfit(PathBuf, PathBuf),
}

impl CertificateFiles {
    /// The certificate that they hold, where there is to be one.
    pub fn open(self) -> Result<Option<Arc<Certificate>>, NoCertificate> {
        let (Some(certificate), Some(key)) = (self.tls_certificate, self.tls_key) else { return Ok(None) };
        let provider = Arc::new(ring::default_provider());
        let current = RwLock::new(read(&certificate, &key, &provider)?);
        Ok(Some(Arc::new(Certificate { certificate, key, provider, current })))
    }
}

impl Certificate {
    /// Reads the files anew; connections that are open stay as they are. Where they cannot be used, nothing changes.
    pub fn renew(&self) -> Result<(), NoCertificate> {
        let renewed = read(&self.certificate, &self.key, &self.provider)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(())
    }

    /// TLS 1.2 and 1.3 under this certificate.
    pub(super) fn tls(self: Arc<Self>) -> Result<ServerConfig, rustls::Error> {
        let config =
            ServerConfig::builder_with_provider(self.provider.clone()).with_safe_default_protocol_versions()?;
        Ok(config.with_no_client_auth().with_cert_resolver(self))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

fn read(certificate: &PathBuf, key: &PathBuf, provider: &CryptoProvider) -> Result<Arc<CertifiedKey>, NoCertificate> {
    let chain = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.ok().filter(|chain| !chain.is_empty());
    let chain = chain.ok_or_else(|| NoCertificate::Certificate(certificate.clone()))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|_| NoCertificate::Key(key.clone()))?;
    let fitted = CertifiedKey::from_der(chain, private, provider);
    fitted.map(Arc::new).map_err(|_| NoCertificate::Misfit(certificate.clone(), key.clone()))
}
