//! A student's year as a picture: outcomes above, what was done below. It names nobody.
mod lines;

use application::answer::StudentOutcomes;
use chrono::Days;
use plotters::{
    prelude::{Circle, Rectangle},
    style::Color,
};

use super::panel::{
    ABSENT, Area, Axis, DONE, Drawn, INK, LIGHT, PRESENT, Panel, TARDY, UNKNOWN, label, legend, mark, svg,
};
use lines::{Line, lines};

/// How high the panel of the weeks is, and the scale that it shows.
const WEEKS: (u32, f64) = (170, 5.4);

/// Draws the picture as SVG.
pub fn student_picture(outcomes: &StudentOutcomes) -> Result<String, String> {
    let axis = Axis { from: outcomes.from, to: outcomes.to };
    let lines = lines(outcomes);
    let mut panels = vec![
        Panel::new(30, |area| {
            let colours = [("absent", ABSENT), ("late", TARDY), ("present", PRESENT)];
            legend(area, &[&colours[..], &[("not submitted", UNKNOWN), ("session, contact", DONE)]].concat())
        }),
        Panel::new(WEEKS.0, |area| attendance(area, axis, outcomes)),
        Panel::new(46, |area| conduct(area, axis, outcomes)),
    ];
    if outcomes.grades.iter().any(|grade| grade.numeric.is_some()) {
        panels.push(Panel::new(110, |area| points(area, axis, outcomes)));
    }
    if !lines.is_empty() {
        panels.push(Panel::new(28 * lines.len() as u32 + 8, |area| support(area, axis, &lines)));
    }
    panels.push(Panel::new(34, |area| axis.months(area)));
    let title = format!("Attendance, conduct, grades and support in the school year {}", outcomes.school_year);
    svg(&title, &panels)
}

/// A column a week: absence from the bottom, lateness above it, presence to the top.
fn attendance(area: &Area<'_>, axis: Axis, outcomes: &StudentOutcomes) -> Drawn {
    label(area, "Days of the week", 8)?;
    let (height, top) = WEEKS;
    let mut chart = axis.chart(area, top)?;
    for day in 1..=5 {
        let y = f64::from(day);
        chart.draw_series([axis.rule(y)])?;
        mark(area, &day.to_string(), (f64::from(height) * (1.0 - y / top)) as i32)?;
    }
    for week in &outcomes.weeks {
        let left = axis.day_of_axis(week.week);
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

fn conduct(area: &Area<'_>, axis: Axis, outcomes: &StudentOutcomes) -> Drawn {
    label(area, "Incidents, suspensions", 14)?;
    let mut chart = axis.chart(area, 1.0)?;
    for suspension in &outcomes.suspensions {
        // Weekends in between are part of how long it looks.
        let until = suspension.from + Days::new(u64::from(suspension.days.max(1)) * 7 / 5);
        let from = axis.at(suspension.from);
        let bar = Rectangle::new([(from, 0.3), (axis.at(until).max(from + 1), 0.7)], TARDY.filled());
        chart.draw_series([bar])?;
    }
    chart.draw_series(outcomes.incidents.iter().map(|&day| Circle::new((axis.at(day), 0.5), 5, ABSENT.filled())))?;
    Ok(())
}

fn points(area: &Area<'_>, axis: Axis, outcomes: &StudentOutcomes) -> Drawn {
    label(area, "Grades, 0 to 100", 8)?;
    let mut chart = axis.chart(area, 105.0)?;
    chart.draw_series([axis.rule(65.0), axis.rule(100.0)])?;
    let grades = outcomes.grades.iter();
    let grades = grades.filter_map(|grade| Some((axis.at(grade.until), f64::from(grade.numeric?) / 100.0)));
    chart.draw_series(
        grades.map(|point| Circle::new(point, 4, if point.1 < 65.0 { ABSENT.filled() } else { INK.filled() })),
    )?;
    Ok(())
}

fn support(area: &Area<'_>, axis: Axis, lines: &[Line]) -> Drawn {
    let rows = lines.len() as f64 + 8.0 / 28.0;
    let mut chart = axis.chart(area, rows)?;
    for (number, line) in lines.iter().enumerate() {
        label(area, &line.label, number as i32 * 28 + 12)?;
        let middle = rows - (number as f64 + 20.0 / 28.0);
        let (from, until) = (axis.at(line.from), axis.at(line.until));
        let bar = [(from, middle - 0.25), (until.max(from + 1), middle + 0.25)];
        chart.draw_series([Rectangle::new(bar, LIGHT.filled())])?;
        let ticks = line.ticks.iter().filter(|(day, _)| axis.days().contains(day));
        chart.draw_series(ticks.map(|&(day, colour)| Circle::new((axis.at(day), middle), 3, colour.filled())))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
