//! What few students have in common is not told.
use std::collections::{BTreeMap, BTreeSet};

use domain::effect::FEWEST;

use super::Subject;

/// Takes away the spans and kinds of support that few of them have.
pub fn generalise(subjects: &mut [Subject]) {
    let spans = kept(subjects.iter().filter_map(|subject| Some((subject.span?, subject.student))), subjects.len());
    let codes = subjects.iter().flat_map(|subject| &subject.courses);
    let codes = kept(codes.filter_map(|course| Some((course.code.clone()?, course.student))), 0);
    for subject in subjects {
        subject.span = subject.span.filter(|span| spans.contains(span));
        for course in &mut subject.courses {
            course.code = course.code.take().filter(|code| codes.contains(code));
        }
    }
}

/// What enough of them have: while those who are left over are few, what the fewest have goes, too. Of `all` those who have
/// nothing are left over from the beginning.
fn kept<T: Ord + Clone, S: Ord>(having: impl Iterator<Item = (T, S)>, all: usize) -> BTreeSet<T> {
    let mut students: BTreeMap<T, BTreeSet<S>> = BTreeMap::new();
    for (what, student) in having {
        students.entry(what).or_default().insert(student);
    }
    let mut numbers: Vec<(usize, T)> = students.into_iter().map(|(what, who)| (who.len(), what)).collect();
    numbers.sort();
    let mut left_over = all.saturating_sub(numbers.iter().map(|(number, _)| number).sum());
    let mut kept = numbers.into_iter().peekable();
    while let Some((number, _)) = kept.next_if(|(number, _)| *number < FEWEST || (1..FEWEST).contains(&left_over)) {
        left_over += number;
    }
    kept.map(|(_, what)| what).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn having(numbers: &[(&'static str, u32)]) -> Vec<(&'static str, u32)> {
        numbers.iter().flat_map(|&(what, number)| (0..number).map(move |student| (what, student))).collect()
    }

    #[test]
    fn what_few_have_is_not_told_nor_what_would_tell_of_them() {
        let kept = |numbers: &[_], all| kept(having(numbers).into_iter(), all).into_iter().collect::<Vec<_>>();
        assert_eq!(kept(&[("a", 10), ("b", 30)], 0), ["a", "b"]);
        assert_eq!(kept(&[("a", 9), ("b", 12), ("c", 30)], 0), ["c"], "nine alone would be known by what is missing");
        assert_eq!(kept(&[("a", 9), ("b", 8), ("c", 30)], 0), ["c"], "seventeen hide each other");
        assert_eq!(kept(&[("a", 20), ("b", 30)], 53), ["b"], "three have none");
        assert!(kept(&[("a", 9)], 9).is_empty());
    }
}
