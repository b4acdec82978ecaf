//! Whatever ends at whatever point: nothing acknowledged is lost, nothing is torn or there twice.
use tests::faults::{Plan, run};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_torn_or_done_twice() {
    let report = run(Plan { faults: 12, seed: 20_260_302 }, |_| {}).await.expect("a run");
    assert!(report.history.wrong.is_empty(), "{report}");
    assert!(report.history.acknowledged > 100, "{report}");
    println!("{report}");
}
