//! Districts that were made up, with an effect that is known: what is estimated must find it, and nothing where there is
//! nothing but regression to the mean.
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{given::*, *};

/// Windows of so many days.
const LENGTH: usize = 20;
const STUDENTS: u128 = 400;
/// In so many districts the interval is held against the truth.
const DISTRICTS: u64 = 200;

/// A district: everybody has a leaning of his or her own to be away, and of those who were away for seven days or more
/// half were served, whatever their leaning. From then on they are away `effect` days more.
fn district(seed: u64, effect: f64) -> (Matched, Vec<f64>) {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let (mut served, mut waiting) = (vec![], vec![]);
    for student in 0..STUDENTS {
        let leaning: f64 = chance.random_range(0.10..0.45);
        let mut window = || f64::from((0..LENGTH).map(|_| u32::from(chance.random_bool(leaning))).sum::<u32>());
        let (before, after) = (window(), window());
        let grade = if student % 2 == 0 { "9" } else { "10" };
        let begins = before >= 7.0 && chance.random_bool(0.5);
        let observation = observed(student, before, after + if begins { effect } else { 0.0 });
        let with = (like(2, grade, Likeness::level(before)), observation);
        if begins { served.push(with) } else { waiting.push(with) }
    }
    let all = waiting.iter().map(|(_, observation)| observation.before).collect();
    (match_up(served, waiting), all)
}

fn comparison(seed: u64, effect: f64) -> Comparison {
    let (matched, all) = district(seed, effect);
    compare(&matched.strata, &all, seed).expect("enough students")
}

/// How many of the districts have an interval that covers the truth.
fn covered(effect: f64) -> usize {
    (0..DISTRICTS).filter(|&seed| comparison(seed, effect).interval.covers(effect)).count()
}

/// 95 of 100, less three standard errors of so many districts: 0.95 - 3 * (0.95 * 0.05 / 200).sqrt().
fn is_as_stated(covered: usize) -> bool {
    (180..=200).contains(&covered)
}

#[test]
fn the_interval_covers_no_effect_as_often_as_is_said() {
    let covered = covered(0.0);
    assert!(is_as_stated(covered), "{covered} of {DISTRICTS}");
}

#[test]
fn the_interval_covers_two_days_less_as_often_as_is_said() {
    let covered = covered(-2.0);
    assert!(is_as_stated(covered), "{covered} of {DISTRICTS}");
}

#[test]
fn the_interval_covers_five_days_less_as_often_as_is_said() {
    let covered = covered(-5.0);
    assert!(is_as_stated(covered), "{covered} of {DISTRICTS}");
}

#[test]
fn regression_to_the_mean_alone_shows_a_false_gain_before_and_after_and_none_in_the_comparison() {
    let shown: Vec<_> = (0..20).map(|seed| comparison(seed, 0.0)).collect();
    let mean = |of: fn(&Comparison) -> f64| shown.iter().map(of).sum::<f64>() / shown.len() as f64;
    assert!(mean(|one| one.change) < -1.0, "two days fewer, and nobody did anything: {}", mean(|one| one.change));
    assert!(mean(|one| one.difference).abs() < 0.25, "{}", mean(|one| one.difference));
    assert!(shown.iter().all(|one| one.change < 0.0), "before and after says so in every district");
}

#[test]
fn matching_makes_alike_what_was_not() {
    let shown = comparison(1, 0.0);
    let (all, matched) = (shown.balance_before.all.expect("all"), shown.balance_before.matched.expect("matched"));
    assert!(all > 1.0 && matched.abs() < 0.1, "{all} {matched}");
}

/// Random students, with the difference and the balance as NumPy works them out (`effect/reference.py`).
#[test]
fn differences_and_balance_are_those_of_the_reference() {
    for line in include_str!("reference.csv").lines().skip(1) {
        let (students, expected) = line.split_once(';').expect("two parts");
        let (mut served, mut waiting, mut all) = (vec![], vec![], vec![]);
        for (number, student) in (0..).zip(students.split_whitespace()) {
            let parts: Vec<f64> = student.split('/').map(|part| part.parse().expect("a number")).collect();
            let grade = if parts[1] > 0.0 { "10" } else { "9" };
            let one = (like(2, grade, Likeness::level(parts[2])), observed(number, parts[2], parts[3]));
            if parts[0] > 0.0 {
                served.push(one);
            } else {
                all.push(parts[2]);
                waiting.push(one);
            }
        }
        let matched = match_up(served, waiting);
        let difference = Difference::of(&matched.strata).expect("a difference");
        let balance = Balance::of(&matched.strata, &all, |observation| Some(observation.before));
        let found = [
            matched.alone as f64,
            difference.served,
            difference.waiting,
            balance.all.expect("all"),
            balance.matched.expect("matched"),
        ];
        let expected: Vec<f64> = expected.split_whitespace().map(|part| part.parse().expect("a number")).collect();
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }
}
