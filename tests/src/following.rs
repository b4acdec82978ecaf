//! A stream of changes, as somebody hears it.
use std::time::Duration;

use reqwest::Response;
use serde_json::Value;
use tokio::time::timeout;

/// How long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A stream that is open.
pub struct Following {
    response: Response,
    text: String,
    /// The place to go on from.
    pub last: String,
}

/// What was said on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// `change` or `end`.
    pub event: String,
    /// What of it.
    pub data: Value,
}

impl Following {
    /// The stream that `response` begins.
    ///
    /// # Panics
    /// Where it begins none.
    pub async fn of(response: Response) -> Self {
        assert_eq!(response.status(), 200);
        assert_eq!(
            response.headers().get("content-type").and_then(|kind| kind.to_str().ok()),
            Some("text/event-stream")
        );
        let mut following = Self { response, text: String::new(), last: String::new() };
        // It has begun once there is a place to go on from.
        while following.last.is_empty() {
            following.block().await.expect("a beginning");
        }
        following
    }

    /// What is said next; nothing once the stream has ended.
    ///
    /// # Panics
    /// Where nothing comes.
    pub async fn next(&mut self) -> Option<Heard> {
        timeout(PATIENCE, async {
            loop {
                let heard = self.block().await?;
                if heard.is_some() {
                    return heard;
                }
            }
        })
        .await
        .expect("something is said")
    }

    /// What is said next, which has to be a change.
    ///
    /// # Panics
    /// Where it is something else.
    pub async fn change(&mut self) -> Value {
        let heard = self.next().await.expect("a change");
        assert_eq!(heard.event, "change", "{:#}", heard.data);
        heard.data
    }

    /// The last that is said, whatever comes before, as the problem that it is.
    ///
    /// # Panics
    /// Where the stream ends without a word, or goes on after it.
    pub async fn end(&mut self) -> Value {
        loop {
            let heard = self.next().await.expect("an end that is told");
            if heard.event == "end" {
                assert_eq!(self.next().await, None);
                return heard.data;
            }
        }
    }

    /// Whether anything is said within `time`.
    pub async fn hears_within(&mut self, time: Duration) -> Option<Heard> {
        timeout(time, self.next()).await.ok().flatten()
    }

    /// The next block; `None` at the end of the stream, `Some(None)` where it says nothing.
    async fn block(&mut self) -> Option<Option<Heard>> {
        while !self.text.contains("\n\n") {
            let chunk = self.response.chunk().await.ok()??;
            self.text.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
        let (block, rest) = self.text.split_once("\n\n")?;
        let (block, rest) = (block.to_owned(), rest.to_owned());
        self.text = rest;
        let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        if let Some(id) = field("id") {
            id.clone_into(&mut self.last);
        }
        let data = field("data").and_then(|data| serde_json::from_str(data).ok());
        Some(field("event").zip(data).map(|(event, data)| Heard { event: event.to_owned(), data }))
    }
}
