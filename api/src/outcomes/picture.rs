//! A student's year as a picture: outcomes above, what was done below, on one axis of time. It names nobody.
use application::{answer::StudentOutcomes, view::code};
use chrono::{Datelike, Days, NaiveDate};
use plotters::{
    chart::{ChartBuilder, ChartContext},
    coord::{
        Shift,
        types::{RangedCoordf64, RangedCoordi32},
    },
    prelude::{Cartesian2d, Circle, DrawingArea, IntoDrawingArea, PathElement, Rectangle, SVGBackend, Text},
    style::{Color, IntoFont, RGBColor, WHITE},
};

const WIDTH: u32 = 1000;
const LEFT: u32 = 150;
const PRESENT: RGBColor = RGBColor(214, 229, 241);
const ABSENT: RGBColor = RGBColor(192, 57, 43);
const TARDY: RGBColor = RGBColor(230, 145, 56);
const UNKNOWN: RGBColor = RGBColor(236, 236, 236);
const DONE: RGBColor = RGBColor(46, 125, 107);
const LIGHT: RGBColor = RGBColor(190, 222, 213);
const INK: RGBColor = RGBColor(52, 62, 72);
const RULE: RGBColor = RGBColor(222, 226, 230);

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Chart<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordi32, RangedCoordf64>>;

/// What stands in the lower half, each on a line of its own.
struct Line {
    label: String,
    from: NaiveDate,
    until: NaiveDate,
    ticks: Vec<(NaiveDate, RGBColor)>,
}

/// Draws the picture as SVG.
pub fn picture(outcomes: &StudentOutcomes) -> Result<String, String> {
    let lines = lines(outcomes);
    let grades = outcomes.grades.iter().any(|grade| grade.numeric.is_some());
    let heights = [
        (30, true),
        (170, true),
        (46, true),
        (110, grades),
        (28 * lines.len() as u32 + 8, !lines.is_empty()),
        (34, true),
    ];
    let height = heights.iter().filter(|(_, there)| *there).map(|(height, _)| height).sum();
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, (WIDTH, height)).into_drawing_area();
        draw(&area, outcomes, &lines, grades).map_err(|error| error.to_string())?;
    }
    let title = format!("Attendance, conduct, grades and support in the school year {}", outcomes.school_year);
    Ok(text.replacen('>', &format!(" role=\"img\" aria-label=\"{title}\"><title>{title}</title>"), 1))
}

fn draw(
    area: &Area<'_>,
    outcomes: &StudentOutcomes,
    lines: &[Line],
    grades: bool,
) -> Result<(), Box<dyn std::error::Error>> {
    area.fill(&WHITE)?;
    let (head, rest) = area.split_vertically(30);
    legend(&head)?;
    let (weeks, rest) = rest.split_vertically(170);
    attendance(&weeks, outcomes)?;
    let (conduct, mut rest) = rest.split_vertically(46);
    days_of_conduct(&conduct, outcomes)?;
    if grades {
        let (panel, below) = rest.split_vertically(110);
        points(&panel, outcomes)?;
        rest = below;
    }
    if !lines.is_empty() {
        let (panel, below) = rest.split_vertically(28 * lines.len() as i32 + 8);
        support(&panel, outcomes, lines)?;
        rest = below;
    }
    months(&rest, outcomes)?;
    area.present()?;
    Ok(())
}

fn chart<'a>(area: &Area<'a>, outcomes: &StudentOutcomes, top: f64) -> Result<Chart<'a>, Box<dyn std::error::Error>> {
    let days = at(outcomes, outcomes.to) + 3;
    Ok(ChartBuilder::on(area).margin_left(LEFT).margin_right(20).build_cartesian_2d(-3..days, 0.0..top)?)
}

/// The place of a day on the axis.
fn at(outcomes: &StudentOutcomes, day: NaiveDate) -> i32 {
    i32::try_from((day.clamp(outcomes.from, outcomes.to) - outcomes.from).num_days()).unwrap_or_default()
}

fn label(area: &Area<'_>, text: &str, y: i32) -> Result<(), Box<dyn std::error::Error>> {
    area.draw(&Text::new(text.to_owned(), (12, y), ("sans-serif", 13).into_font().color(&INK)))?;
    Ok(())
}

fn legend(area: &Area<'_>) -> Result<(), Box<dyn std::error::Error>> {
    let entries = [
        ("absent", ABSENT),
        ("late", TARDY),
        ("present", PRESENT),
        ("not submitted", UNKNOWN),
        ("session, contact", DONE),
    ];
    for (number, (text, colour)) in (0_i32..).zip(entries) {
        let x = LEFT as i32 + number * 130;
        area.draw(&Rectangle::new([(x, 10), (x + 12, 22)], colour.filled()))?;
        area.draw(&Text::new(text, (x + 18, 9), ("sans-serif", 13).into_font().color(&INK)))?;
    }
    Ok(())
}

/// A column a week: absence from the bottom, lateness above it, presence to the top.
fn attendance(area: &Area<'_>, outcomes: &StudentOutcomes) -> Result<(), Box<dyn std::error::Error>> {
    label(area, "Days of the week", 8)?;
    let mut chart = chart(area, outcomes, 5.4)?;
    for day in 1..=5 {
        let y = f64::from(day);
        let rule = PathElement::new([(-3, y), (at(outcomes, outcomes.to) + 3, y)], RULE);
        chart.draw_series([rule])?;
        area.draw(&Text::new(
            day.to_string(),
            (LEFT as i32 - 16, (170.0 - y * 170.0 / 5.4) as i32 - 7),
            ("sans-serif", 12).into_font().color(&INK),
        ))?;
    }
    for week in &outcomes.weeks {
        let left = i32::try_from((week.week - outcomes.from).num_days()).unwrap_or_default();
        let mut bottom = 0.0;
        let late = f64::from(week.tardy);
        let parts = [
            (f64::from(week.absent), ABSENT),
            (late, TARDY),
            (f64::from(week.present) - late, PRESENT),
            (f64::from(week.not_submitted), UNKNOWN),
        ];
        for (days, colour) in parts {
            if days > 0.0 {
                chart.draw_series([Rectangle::new([(left, bottom), (left + 6, bottom + days)], colour.filled())])?;
            }
            bottom += days;
        }
    }
    Ok(())
}

fn days_of_conduct(area: &Area<'_>, outcomes: &StudentOutcomes) -> Result<(), Box<dyn std::error::Error>> {
    label(area, "Incidents, suspensions", 14)?;
    let mut chart = chart(area, outcomes, 1.0)?;
    for suspension in &outcomes.suspensions {
        // Weekends in between are part of how long it looks.
        let until = suspension.from + Days::new(u64::from(suspension.days.max(1)) * 7 / 5);
        let bar = Rectangle::new(
            [(at(outcomes, suspension.from), 0.3), (at(outcomes, until).max(at(outcomes, suspension.from) + 1), 0.7)],
            TARDY.filled(),
        );
        chart.draw_series([bar])?;
    }
    let incidents = outcomes.incidents.iter().map(|&day| Circle::new((at(outcomes, day), 0.5), 5, ABSENT.filled()));
    chart.draw_series(incidents)?;
    Ok(())
}

fn points(area: &Area<'_>, outcomes: &StudentOutcomes) -> Result<(), Box<dyn std::error::Error>> {
    label(area, "Grades, 0 to 100", 8)?;
    let mut chart = chart(area, outcomes, 105.0)?;
    for points in [65.0, 100.0] {
        chart.draw_series([PathElement::new([(-3, points), (at(outcomes, outcomes.to) + 3, points)], RULE)])?;
    }
    let grades =
        outcomes.grades.iter().filter_map(|grade| Some((at(outcomes, grade.until), f64::from(grade.numeric?) / 100.0)));
    chart.draw_series(
        grades.map(|point| Circle::new(point, 4, if point.1 < 65.0 { ABSENT.filled() } else { INK.filled() })),
    )?;
    Ok(())
}

fn support(area: &Area<'_>, outcomes: &StudentOutcomes, lines: &[Line]) -> Result<(), Box<dyn std::error::Error>> {
    let rows = lines.len() as f64 + 8.0 / 28.0;
    let mut chart = chart(area, outcomes, rows)?;
    for (number, line) in lines.iter().enumerate() {
        label(area, &line.label, number as i32 * 28 + 12)?;
        let middle = rows - (number as f64 + 20.0 / 28.0);
        let (from, until) = (at(outcomes, line.from), at(outcomes, line.until));
        chart.draw_series([Rectangle::new(
            [(from, middle - 0.25), (until.max(from + 1), middle + 0.25)],
            LIGHT.filled(),
        )])?;
        let ticks = line.ticks.iter().filter(|(day, _)| (outcomes.from..=outcomes.to).contains(day));
        chart.draw_series(ticks.map(|&(day, colour)| Circle::new((at(outcomes, day), middle), 3, colour.filled())))?;
    }
    Ok(())
}

fn months(area: &Area<'_>, outcomes: &StudentOutcomes) -> Result<(), Box<dyn std::error::Error>> {
    let mut chart = chart(area, outcomes, 1.0)?;
    chart.draw_series([PathElement::new([(-3, 1.0), (at(outcomes, outcomes.to) + 3, 1.0)], INK)])?;
    let firsts = outcomes.from.iter_days().take_while(|day| *day <= outcomes.to).filter(|day| day.day() == 1);
    for first in firsts {
        let x = at(outcomes, first);
        chart.draw_series([PathElement::new([(x, 0.8), (x, 1.0)], INK)])?;
        if at(outcomes, outcomes.to) - x < 14 {
            continue;
        }
        let text = first.format("%b %Y").to_string();
        chart.draw_series([Text::new(text, (x, 0.7), ("sans-serif", 12).into_font().color(&INK))])?;
    }
    Ok(())
}

fn lines(outcomes: &StudentOutcomes) -> Vec<Line> {
    let last = outcomes.sources.case_changed_at.map_or(outcomes.to, |at| at.date_naive().min(outcomes.to));
    let mut lines = vec![];
    for intervention in &outcomes.interventions {
        let Some(from) = intervention.from else { continue };
        let held = intervention.held.iter().map(|&day| (day, DONE));
        let missed = intervention.missed.iter().map(|&day| (day, ABSENT));
        let label = code(&intervention.kind).replace('_', " ");
        let until = intervention.until.unwrap_or(last).max(from);
        lines.push(Line { label, from, until, ticks: held.chain(missed).collect() });
    }
    for referral in &outcomes.referrals {
        let label = format!("referral, {}", referral.status.replace('_', " "));
        lines.push(Line {
            label,
            from: referral.from,
            until: referral.until.unwrap_or(last).max(referral.from),
            ticks: vec![],
        });
    }
    for goal in &outcomes.goals {
        let ticks = goal.measurements.iter().map(|measured| (measured.on, INK)).collect();
        lines.push(Line {
            label: format!("goal, {}", goal.status.replace('_', " ")),
            from: goal.from,
            until: goal.due_on,
            ticks,
        });
    }
    let assessed = || outcomes.assessments.iter().map(|result| result.on);
    if let (Some(first), Some(last)) = (assessed().min(), assessed().max()) {
        let ticks = assessed().map(|day| (day, INK)).collect();
        lines.push(Line { label: "assessments".to_owned(), from: first, until: last, ticks });
    }
    if let (Some(&first), Some(&last)) = (outcomes.contacts.iter().min(), outcomes.contacts.iter().max()) {
        let ticks = outcomes.contacts.iter().map(|&day| (day, DONE)).collect();
        lines.push(Line { label: "contacts".to_owned(), from: first, until: last, ticks });
    }
    lines.retain(|line| line.until >= outcomes.from && line.from <= outcomes.to);
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Half a year of somebody who was away more and more, until somebody checked in.
    fn half_a_year() -> StudentOutcomes {
        let first: NaiveDate = "2026-01-05".parse().expect("a date");
        let week = |(number, absent): (u64, u32)| {
            let week = first + Days::new(number * 7);
            let known = number < 20;
            json!({
                "week": week, "enrolled": if known { 5 } else { 0 }, "present": if known { 5 - absent } else { 0 },
                "absent": absent, "tardy": u32::from(number % 5 == 1), "not_submitted": if known { 0 } else { 5 }
            })
        };
        let away = [0, 0, 1, 0, 1, 2, 1, 3, 2, 4, 3, 2, 2, 1, 1, 0, 1, 0, 0, 0, 0, 0];
        let weeks: Vec<_> = (0..).zip(away).map(week).collect();
        let id = uuid::Uuid::nil();
        let outcomes = json!({
            "student": id, "school_year": 2026, "from": "2026-01-05", "to": "2026-06-05", "weeks": weeks,
            "incidents": ["2026-02-10", "2026-03-12"],
            "suspensions": [{"from": "2026-03-12", "days": 3, "out_of_school": true}],
            "grades": [
                {"course": "ALG", "from": "2026-01-05", "until": "2026-03-13", "numeric": 5800, "is_final": false},
                {"course": "ELA <1>", "from": "2026-01-05", "until": "2026-03-13", "numeric": 7800, "is_final": false},
                {"course": "ALG", "from": "2026-03-16", "until": "2026-05-22", "numeric": 6900, "is_final": true}
            ],
            "assessments": [{"assessment": "State test <2>", "on": "2026-05-06", "scores": [], "levels": ["Met"]}],
            "interventions": [{
                "entry": id, "kind": "check_and_connect", "status": "active", "from": "2026-03-16",
                "held": ["2026-03-18", "2026-03-20", "2026-03-25", "2026-04-01", "2026-04-15"], "missed": ["2026-03-23"]
            }],
            "referrals": [{"entry": id, "status": "in_progress", "from": "2026-03-02"}],
            "goals": [{
                "entry": id, "status": "active", "from": "2026-03-16", "due_on": "2026-05-29", "baseline": 20.0, "target": 8.0,
                "direction": "decrease", "measurements": [{"progress": id, "on": "2026-04-01", "value": 17.0}]
            }],
            "contacts": ["2026-03-17", "2026-03-19", "2026-03-24"],
            "sources": {"attendance_through": "2026-05-22", "case_changed_at": "2026-05-22T15:00:00Z"}
        });
        serde_json::from_value(outcomes).expect("outcomes")
    }

    #[test]
    fn a_picture_has_a_line_for_everything_that_was_done_and_says_what_it_shows() {
        let svg = picture(&half_a_year()).expect("a picture");
        for text in [
            "check and connect",
            "referral, in progress",
            "goal, active",
            "contacts",
            "assessments",
            "Mar 2026",
            "<title>",
        ] {
            assert!(svg.contains(text), "{text}");
        }
        assert!(!svg.contains("ELA") && !svg.contains("State test"));
    }

    #[test]
    fn who_has_nothing_yet_gets_an_empty_picture() {
        let nothing = StudentOutcomes {
            weeks: vec![],
            incidents: vec![],
            suspensions: vec![],
            grades: vec![],
            assessments: vec![],
            interventions: vec![],
            referrals: vec![],
            goals: vec![],
            contacts: vec![],
            ..half_a_year()
        };
        assert!(picture(&nothing).expect("a picture").contains("May 2026"));
    }
}
