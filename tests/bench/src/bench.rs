//! What all sections share: the cluster and the server, which is started when it is first wanted.
use tokio::sync::OnceCell;

use crate::{cluster::Cluster, options::Options, throughline::Throughline};

/// A run.
pub struct Bench {
    /// The PostgreSQL that everybody shares.
    pub cluster: Cluster,
    /// What was asked for.
    pub options: Options,
    throughline: OnceCell<Throughline>,
}

impl Bench {
    /// Starts the cluster.
    pub async fn start(options: Options) -> anyhow::Result<Self> {
        let cluster = Cluster::start(options.data_dir.as_deref()).await?;
        Ok(Self { cluster, options, throughline: OnceCell::new() })
    }

    /// The server with its histories.
    pub async fn throughline(&self) -> anyhow::Result<&Throughline> {
        self.throughline.get_or_try_init(|| Throughline::start(&self.cluster, &self.options)).await
    }

    /// Ends everything, the server before its database.
    pub fn stop(self) {
        drop(self.throughline);
        drop(self.cluster);
    }
}
