//! What is told of small numbers: nothing, nor what they could be worked out from.
use domain::effect::{Comparison, FEWEST};

use super::groups::{Counted, EffectOfGroup};

/// Takes away what could tell of fewer than ten students: those of a dosage from those of the group, those of a group from
/// those of all groups, which another question may show put together otherwise.
pub fn suppress(mut groups: Vec<Counted>) -> Vec<EffectOfGroup> {
    for group in &mut groups {
        if group.effect.comparison.is_none() {
            group.effect.dosage.iter_mut().for_each(|part| part.comparison = None);
        }
        let parts = group.effect.dosage.iter_mut().map(|part| &mut part.comparison);
        hide(parts.zip(group.by_dosage.iter().copied()).collect());
    }
    hide(groups.iter_mut().map(|group| (&mut group.effect.comparison, group.served)).collect());
    for group in &mut groups {
        if group.effect.comparison.is_none() {
            group.effect.dosage.iter_mut().for_each(|part| part.comparison = None);
        }
    }
    groups.into_iter().map(|group| group.effect).collect()
}

/// While those who are not told of are few, and some are, the smallest that is told is told no more.
fn hide(mut cells: Vec<(&mut Option<Comparison>, usize)>) {
    loop {
        let hidden: usize = cells.iter().filter(|(told, _)| told.is_none()).map(|(_, number)| number).sum();
        let smallest = cells.iter_mut().filter(|(told, _)| told.is_some()).min_by_key(|(_, number)| *number);
        match smallest {
            Some((told, _)) if (1..FEWEST).contains(&hidden) => **told = None,
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::effect::{Balance, DosageBand, Interval};

    use super::{super::EffectOfDosage, *};

    fn comparison(served: usize) -> Option<Comparison> {
        (served >= FEWEST).then(|| Comparison {
            served,
            compared_with: 100,
            before: 5.0,
            after: 4.0,
            change: -1.0,
            change_of_others: -1.0,
            difference: 0.0,
            interval: Interval { from: -1.0, to: 1.0 },
            change_a_year_before: None,
            known_a_year_before: None,
            balance_before: Balance::default(),
            balance_share: Balance::default(),
        })
    }

    fn group(served: usize, by_dosage: [usize; 2]) -> Counted {
        let part = |(dosage, number)| EffectOfDosage { dosage, comparison: comparison(number) };
        let dosage = [DosageBand::UnderOne, DosageBand::OneToThree].into_iter().zip(by_dosage).map(part).collect();
        let effect = EffectOfGroup { group: served.to_string(), comparison: comparison(served), dosage };
        Counted { effect, served, by_dosage: by_dosage.to_vec() }
    }

    fn told(groups: Vec<Counted>) -> Vec<(bool, Vec<bool>)> {
        let told = |group: EffectOfGroup| {
            (group.comparison.is_some(), group.dosage.iter().map(|part| part.comparison.is_some()).collect())
        };
        suppress(groups).into_iter().map(told).collect()
    }

    #[test]
    fn a_small_part_takes_the_other_with_it() {
        assert_eq!(told(vec![group(40, [9, 31])]), [(true, vec![false, false])]);
        assert_eq!(told(vec![group(40, [10, 30])]), [(true, vec![true, true])]);
        assert_eq!(told(vec![group(40, [0, 40])]), [(true, vec![false, true])], "of nobody nothing can be told");
    }

    #[test]
    fn a_small_group_takes_the_next_with_it() {
        let all = told(vec![group(9, [0, 9]), group(12, [0, 12]), group(40, [20, 20])]);
        let groups: Vec<_> = all.iter().map(|group| group.0).collect();
        assert_eq!(groups, [false, false, true]);
        assert_eq!(all[1].1, [false, false], "nor by dosage");
    }

    #[test]
    fn several_small_groups_hide_each_other() {
        let groups: Vec<_> = told(vec![group(9, [0, 9]), group(8, [0, 8]), group(40, [20, 20])]);
        assert_eq!(groups.iter().map(|group| group.0).collect::<Vec<_>>(), [false, false, true]);
    }
}
