//! Questions that come while others are being asked are asked together, in one round trip.
use std::{
    collections::{HashMap, HashSet},
    future::Future,
    hash::Hash,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use deadpool_postgres::Pool;
use tokio::sync::oneshot;
use tokio_postgres::{
    Row,
    types::{FromSqlOwned, ToSql},
};

use crate::DatabaseError;

/// How many round trips there are at a time. Two keep the database busy while answers are handed out.
const TRIPS: usize = 2;
/// How many questions go into one.
const MOST: usize = 128;

type Answers<Q, A> = Result<HashMap<Q, A>, DatabaseError>;
type Answer<A> = oneshot::Sender<Result<Option<A>, DatabaseError>>;
type Asking<Q, A> = Pin<Box<dyn Future<Output = Answers<Q, A>> + Send>>;

/// Asks many questions at once. Every answer is read after its question was put: nothing is remembered.
pub struct Gather<Q, A>(Arc<Gathered<Q, A>>);

struct Gathered<Q, A> {
    ask: Box<dyn Fn(Vec<Q>) -> Asking<Q, A> + Send + Sync>,
    waiting: Mutex<Waiting<Q, A>>,
}

struct Waiting<Q, A> {
    questions: Vec<(Q, Answer<A>)>,
    trips: usize,
}

impl<Q, A> Clone for Gather<Q, A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Q, A> Gather<Q, A>
where
    Q: Hash + Eq + Clone + Send + 'static,
    A: Clone + Send + 'static,
{
    /// Asks by `ask`, which answers those of its questions that have an answer.
    pub fn by<F>(ask: impl Fn(Vec<Q>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Answers<Q, A>> + Send + 'static,
    {
        let waiting = Mutex::new(Waiting { questions: vec![], trips: 0 });
        Self(Arc::new(Gathered { ask: Box::new(move |questions| Box::pin(ask(questions))), waiting }))
    }

    /// The answer to `question`, if there is one.
    pub async fn ask(&self, question: Q) -> Result<Option<A>, DatabaseError> {
        let (answer, answered) = oneshot::channel();
        if let Some(trip) = self.0.begin(question, answer) {
            tokio::spawn(trip.run());
        }
        // Without an answer the trip was broken off, which happens only when its thread ends.
        answered.await.unwrap_or(Err(DatabaseError::ConnectionLost))
    }
}

impl<Q> Gather<Q, Rows>
where
    Q: Hash + Eq + Clone + Send + Sync + ToSql + FromSqlOwned + 'static,
{
    /// Asks by `select`, which finds all rows for the questions in `$1`, each led by its question.
    pub fn by_select(pool: &Pool, select: &'static str) -> Self {
        let pool = pool.clone();
        Self::by(move |questions: Vec<Q>| {
            let pool = pool.clone();
            async move {
                let client = pool.get().await?;
                let select = client.prepare_cached(select).await?;
                Ok(grouped(client.query(&select, &[&questions]).await?, |row| row.get(0)))
            }
        })
    }
}

impl<Q, A> Gathered<Q, A> {
    fn waiting(&self) -> MutexGuard<'_, Waiting<Q, A>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a question wait; who finds a trip free sets out on it.
    fn begin(self: &Arc<Self>, question: Q, answer: Answer<A>) -> Option<Trip<Q, A>> {
        let mut waiting = self.waiting();
        waiting.questions.push((question, answer));
        (waiting.trips < TRIPS).then(|| {
            waiting.trips += 1;
            Trip { gathered: self.clone(), over: false }
        })
    }
}

/// Goes on as long as somebody waits.
struct Trip<Q, A> {
    gathered: Arc<Gathered<Q, A>>,
    over: bool,
}

impl<Q: Hash + Eq + Clone, A: Clone> Trip<Q, A> {
    async fn run(mut self) {
        while let Some((questions, answers)) = self.next() {
            let distinct = questions.iter().cloned().collect::<HashSet<_>>().into_iter().collect();
            let answered = (self.gathered.ask)(distinct).await;
            for (question, answer) in questions.iter().zip(answers) {
                let found = answered.as_ref().map(|all| all.get(question).cloned());
                // Whoever asked may have gone away.
                _ = answer.send(found.map_err(Clone::clone));
            }
        }
    }

    /// Takes what waits. Where nothing does, the trip is over before anybody else can come.
    fn next(&mut self) -> Option<(Vec<Q>, Vec<Answer<A>>)> {
        let mut waiting = self.gathered.waiting();
        if waiting.questions.is_empty() {
            waiting.trips -= 1;
            self.over = true;
            return None;
        }
        let taken = waiting.questions.len().min(MOST);
        Some(waiting.questions.drain(..taken).unzip())
    }
}

impl<Q, A> Drop for Trip<Q, A> {
    fn drop(&mut self) {
        if !self.over {
            let mut waiting = self.gathered.waiting();
            waiting.trips -= 1;
            // Broken off: who waits is told, since nobody might come who goes again.
            waiting.questions.clear();
        }
    }
}

/// The rows that answer one question, for all who asked it.
pub type Rows = Arc<Vec<Row>>;

/// The rows of an answer by the question that they belong to, in their order.
pub fn grouped<Q: Hash + Eq>(rows: Vec<Row>, question: impl Fn(&Row) -> Q) -> HashMap<Q, Rows> {
    let mut groups = HashMap::<Q, Vec<Row>>::new();
    for row in rows {
        groups.entry(question(&row)).or_default().push(row);
    }
    groups.into_iter().map(|(question, rows)| (question, Arc::new(rows))).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::future::join_all;
    use tokio::time::sleep;

    use super::*;

    type Asked = Arc<Mutex<Vec<Vec<u32>>>>;

    /// Answers even numbers with their halves, and keeps what it was asked.
    fn halves() -> (Gather<u32, u32>, Asked) {
        let asked = Asked::default();
        let noted = asked.clone();
        let gather = Gather::by(move |questions: Vec<u32>| {
            noted.lock().expect("a lock").push(questions.clone());
            async move {
                sleep(Duration::from_millis(5)).await;
                Ok(questions.into_iter().filter(|n| n % 2 == 0).map(|n| (n, n / 2)).collect())
            }
        });
        (gather, asked)
    }

    #[tokio::test]
    async fn everybody_gets_their_own_answer_and_nobody_goes_alone() {
        let (gather, asked) = halves();
        let answers = join_all((0..1_000).map(|n| gather.ask(n % 100))).await;
        for (n, answer) in (0..1_000).map(|n| n % 100).zip(answers) {
            assert_eq!(answer.expect("an answer"), (n % 2 == 0).then_some(n / 2));
        }
        let asked = asked.lock().expect("a lock");
        assert!(asked.len() <= 1_000 / MOST + TRIPS, "{} trips", asked.len());
        assert!(asked.iter().all(|questions| questions.len() <= 100), "the same was asked twice in one trip");
    }

    #[tokio::test]
    async fn who_comes_while_a_question_is_under_way_is_not_answered_by_it() {
        let (gather, asked) = halves();
        let first = tokio::spawn({
            let gather = gather.clone();
            async move { gather.ask(4).await }
        });
        sleep(Duration::from_millis(1)).await;
        assert_eq!(gather.ask(4).await.expect("an answer"), Some(2));
        first.await.expect("an end").expect("an answer");
        assert_eq!(*asked.lock().expect("a lock"), [[4], [4]]);
    }

    #[tokio::test]
    async fn what_breaks_is_told_to_all_who_wait_and_to_nobody_after_them() {
        let broken = Arc::new(Mutex::new(true));
        let still = broken.clone();
        let gather = Gather::by(move |questions: Vec<u32>| {
            let broken = *still.lock().expect("a lock");
            async move {
                sleep(Duration::from_millis(1)).await;
                assert!(!broken, "broken");
                Ok(questions.into_iter().map(|n| (n, n)).collect())
            }
        });
        let answers = join_all((0..300).map(|n| gather.ask(n))).await;
        assert!(answers.iter().all(|answer| matches!(answer, Err(DatabaseError::ConnectionLost))));
        *broken.lock().expect("a lock") = false;
        assert_eq!(gather.ask(7).await.expect("an answer"), Some(7));
    }
}
