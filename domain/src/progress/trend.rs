//! The trend line of Theil and Sen: the median of the slopes between all pairs of points.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A line through points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"slope": -0.12, "intercept": 21.5}))]
pub struct Trend {
    /// How much it changes a day.
    pub slope: f64,
    /// Where it stands on day zero.
    pub intercept: f64,
}

/// The line of Theil and Sen through points, whose first half is a day and whose second an amount; nothing where no two
/// points lie on different days.
///
/// The slope is the median of the slopes of all pairs of points on different days (P. K. Sen, 1968); the intercept is the
/// median amount less the slope times the median day, as in SciPy's `theilslopes`.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<Trend> {
    let pairs = points.iter().enumerate().flat_map(|(number, a)| points[number + 1..].iter().map(move |b| (a, b)));
    let slopes = pairs.filter(|(a, b)| a.0 != b.0).map(|(a, b)| (b.1 - a.1) / (b.0 - a.0));
    let slope = median(slopes)?;
    let day = median(points.iter().map(|point| point.0))?;
    let amount = median(points.iter().map(|point| point.1))?;
    Some(Trend { slope, intercept: amount - slope * day })
}

/// The middle of some numbers: of an even number of them the mean of the two in the middle.
pub fn median(numbers: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut all: Vec<f64> = numbers.into_iter().collect();
    all.sort_by(f64::total_cmp);
    let middle = all.len() / 2;
    match all.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(all[middle]),
        _ => Some(f64::midpoint(all[middle - 1], all[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wild_point_does_not_turn_the_line() {
        let mut points: Vec<_> = (0..9).map(|day| (f64::from(day), 20.0 - f64::from(day))).collect();
        points[4].1 = 900.0;
        assert_eq!(theil_sen(&points).map(|trend| trend.slope), Some(-1.0));
    }

    #[test]
    fn points_of_one_day_have_no_line() {
        assert_eq!(theil_sen(&[(3.0, 1.0), (3.0, 2.0)]), None);
        assert_eq!(theil_sen(&[]), None);
    }

    /// Random points, with slope and intercept as SciPy 1 gives them (`stats.theilslopes`).
    #[test]
    fn lines_are_those_of_the_reference() {
        for line in include_str!("theilslopes.csv").lines().skip(1) {
            let (points, line) = line.split_once(';').expect("two parts");
            let numbers =
                |text: &str| text.split_whitespace().map(|n| n.parse().expect("a number")).collect::<Vec<f64>>();
            let points: Vec<_> = numbers(points).chunks(2).map(|pair| (pair[0], pair[1])).collect();
            let (trend, expected) = (theil_sen(&points).expect("a line"), numbers(line));
            assert!((trend.slope - expected[0]).abs() < 1e-9, "{trend:?} {expected:?}");
            assert!((trend.intercept - expected[1]).abs() < 1e-9, "{trend:?} {expected:?}");
        }
    }
}
