//! What readers keep is counted again beside them.
use std::{sync::Arc, time::Duration};

use infrastructure::{
    Bell, FiguresFeed, Readers,
    archive::put_away,
    rebuild::{RebuildError, Rebuilt, Standing, View, rebuild, standing},
};

use crate::{
    rebuild::{all, steps},
    support::Store,
};

async fn figures(store: &Store) -> Result<Rebuilt, RebuildError> {
    rebuild(store.pool(), &[View::Figures], steps("")).await
}

#[tokio::test]
async fn figures_are_counted_again_while_people_write_and_readers_go_on() {
    let store = Store::told(12).await;
    store.catch_up().await;
    let later = "2030-01-01T00:00:00Z".parse().expect("a time");
    store.instance().await.close(store.instance().await.open().await.expect("a case")).await.expect("its end");
    assert!(put_away(store.pool(), later, |_| ()).await.expect("a move").events > 0);
    let (bell, instance) = (Bell::default(), store.instance().await);
    let readers = Readers::start(store.pool(), &bell, vec![Arc::new(FiguresFeed)]);
    let (writer, rung) = (instance.clone(), bell.clone());
    let writing = tokio::spawn(async move {
        loop {
            let student = writer.open().await.expect("a case");
            writer.note(student).await.expect("a note");
            rung.ring(0);
        }
    });
    for generation in 2..5 {
        let events: i64 = store.ask("SELECT count(*) FROM log").await;
        let rebuilt = figures(&store).await.expect("a rebuild");
        assert_eq!(rebuilt.views, [View::Figures]);
        assert!(rebuilt.recounted.is_empty() && rebuilt.events as i64 >= events, "{rebuilt:?} of {events}");
        assert_eq!(store.ask::<i32>("SELECT generation FROM readers WHERE name = 'figures'").await, generation);
        store.is_sound().await;
    }
    writing.abort();
    readers.stop().await;
    store.catch_up().await;
    store.is_sound().await;
    let others = "SELECT count(*) FROM counted WHERE generation <> 4";
    assert_eq!(store.ask::<i64>(others).await, 0, "what nobody reads is gone");
}

#[tokio::test]
async fn figures_that_were_wrong_are_right_afterwards_and_named() {
    let store = Store::told(4).await;
    store.catch_up().await;
    let school: uuid::Uuid = store.ask("SELECT school FROM school_figures WHERE measure = 'cases' LIMIT 1").await;
    store.say("UPDATE school_figures SET number = number + 1 WHERE measure = 'cases'").await;
    store.say("DELETE FROM counted WHERE kind = 'note'").await;
    let rebuilt = figures(&store).await.expect("a rebuild");
    let named: Vec<String> = rebuilt.recounted.iter().map(ToString::to_string).collect();
    let of_school = format!("school_figures of {school}, cases ");
    assert!(named.iter().any(|line| line.starts_with(&of_school) && line.ends_with("number differs")), "{named:#?}");
    assert!(named.iter().any(|line| line.starts_with("counted of ") && line.ends_with("missing")), "{named:#?}");
    store.is_sound().await;
}

#[tokio::test]
async fn what_was_counted_half_way_is_gone_on_with_unless_it_is_wrong() {
    let store = Store::told(30).await;
    store.catch_up().await;
    let events: i64 = store.ask("SELECT count(*) FROM events").await;
    for wrong in [false, true] {
        let watch = steps("done");
        let (pool, watching) = (store.pool().clone(), watch.clone());
        let killed = tokio::spawn(async move { rebuild(&pool, &[View::Figures], watching).await });
        watch.begun.notified().await;
        killed.abort();
        assert!(killed.await.expect_err("an end").is_cancelled());
        // Its connections take a moment to be gone.
        tokio::time::sleep(Duration::from_millis(500)).await;
        let beside = "SELECT position FROM readers WHERE name = 'figures' AND NOT live";
        let done: i64 = store.ask(beside).await;
        assert!(done > 0);
        if wrong {
            let shadow = "(SELECT generation FROM readers WHERE name = 'figures' AND NOT live)";
            store.say(&format!("UPDATE school_figures SET number = 99 WHERE generation = {shadow}")).await;
            let refused = figures(&store).await.expect_err("a refusal");
            assert!(matches!(refused, RebuildError::Wrong(_)), "{refused}");
            store.is_sound().await;
            assert_eq!(figures(&store).await.expect("a rebuild").events as i64, events, "from the beginning");
        } else {
            let rebuilt = figures(&store).await.expect("a rebuild");
            assert!(rebuilt.events as i64 <= events - done, "{} of {events} after {done}", rebuilt.events);
        }
        store.is_sound().await;
    }
}

#[tokio::test]
async fn figures_of_another_version_ask_for_a_rebuild_as_views_do() {
    let store = Store::told(2).await;
    assert_eq!(standing(store.pool()).await.expect("an answer"), Standing::Current, "nothing is counted yet");
    store.catch_up().await;
    store.say("UPDATE readers SET version = version - 1 WHERE name = 'figures'").await;
    assert_eq!(standing(store.pool()).await.expect("an answer"), Standing::Older(vec![View::Figures]));
    // Nothing says that these were wrong: they were of another version.
    store.say("UPDATE school_figures SET code = 'old_' || code").await;
    let rebuilt = all(&store).await.expect("a rebuild");
    assert_eq!((rebuilt.views, rebuilt.recounted), (vec![View::Figures], vec![]));
    store.is_sound().await;
    store.say("UPDATE readers SET version = version + 1 WHERE name = 'figures'").await;
    assert_eq!(standing(store.pool()).await.expect("an answer"), Standing::Newer(View::Figures));
    assert!(matches!(all(&store).await, Err(RebuildError::Newer(_))));
}

#[test]
fn the_outbox_is_not_made_again() {
    let refused = "outbox".parse::<View>().expect_err("a refusal");
    assert_eq!(refused, "the outbox is not made again: what was delivered from it would be sent twice");
    assert_eq!("case-files".parse(), Ok(View::all()[0]));
    assert!("weather".parse::<View>().expect_err("a refusal").contains("timeline, figures"));
}
