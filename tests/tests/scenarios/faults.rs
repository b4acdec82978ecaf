//! Whatever ends at whatever point: nothing acknowledged is lost, nothing is torn or there twice.
use tests::faults::{Plan, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_torn_or_done_twice() {
    let report = run(Plan { faults: 12, seed: 20_260_302, forged: 0 }, |_| {}).await.expect("a run");
    assert!(report.history.wrong.is_empty(), "{report}");
    assert!(report.history.acknowledged > 100, "{report}");
    println!("{report}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_that_is_lost_all_the_same_would_be_found() {
    // Readers commit, too, and make good what they lost.
    let report = run(Plan { faults: 0, seed: 1, forged: 20 }, |_| {}).await.expect("a run");
    let lost = |wrong: &&String| wrong.contains("was acknowledged") && wrong.contains("is not stored so");
    assert!(report.history.wrong.iter().filter(lost).count() > 1, "{report}");
}
