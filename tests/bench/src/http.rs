//! Questions over HTTP, one after the other on one connection.
use std::sync::Arc;

use anyhow::{Context, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, client::conn::http1::SendRequest};
use hyper_util::rt::TokioIo;
use load::Client;
use rand::{SeedableRng, rngs::StdRng};
use tokio::net::TcpStream;

/// A question as it is sent.
pub type Question = Request<Full<Bytes>>;

/// A kind of question that is asked again and again, each time about something else.
pub trait Ask: Send + Sync + 'static {
    /// The next question.
    fn question(&self, chance: &mut StdRng) -> anyhow::Result<Question>;
    /// Whether the answer is what it should be.
    fn is_right(&self, answer: &Response<Bytes>) -> bool;
}

/// A connection that is kept.
pub struct Connection(SendRequest<Full<Bytes>>);

impl Connection {
    /// Connects to `127.0.0.1:PORT`.
    pub async fn open(address: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        // Ends with its sender.
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    /// Asks, and reads the whole answer.
    pub async fn ask(&mut self, question: Question) -> anyhow::Result<Response<Bytes>> {
        self.0.ready().await?;
        let (parts, body) = self.0.send_request(question).await?.into_parts();
        Ok(Response::from_parts(parts, body.collect().await?.to_bytes()))
    }
}

/// Somebody who asks one kind of question.
pub struct Asker {
    connection: Connection,
    chance: StdRng,
    ask: Arc<dyn Ask>,
}

impl Client for Asker {
    async fn once(&mut self) -> anyhow::Result<()> {
        let question = self.ask.question(&mut self.chance)?;
        let answer = self.connection.ask(question).await.context("no answer")?;
        let words = || String::from_utf8_lossy(answer.body()).into_owned();
        ensure!(self.ask.is_right(&answer), "a wrong answer: {} {}", answer.status(), words());
        Ok(())
    }
}

/// So many of them, each with a connection and a chance of their own.
pub async fn askers(address: &str, ask: &Arc<dyn Ask>, number: usize) -> anyhow::Result<Vec<Asker>> {
    let mut askers = Vec::with_capacity(number);
    for _ in 0..number {
        let connection = Connection::open(address).await?;
        askers.push(Asker { connection, chance: StdRng::from_rng(&mut rand::rng()), ask: ask.clone() });
    }
    Ok(askers)
}
