//! The panels of a school's picture.
use application::answer::{BandsOnAxis, CoursesOnAxis, WeekAtSchool};
use plotters::{
    prelude::{Circle, PathElement, Rectangle},
    style::{Color, RGBColor},
};

use super::super::panel::{ABSENT, AT_RISK, Area, Axis, DONE, Drawn, INK, LIGHT, PRESENT, TARDY, UNKNOWN, label, mark};

/// How high a line of what was done is.
pub const ROW: u32 = 26;

/// A column a week: the share of days absent, in thousandths.
pub fn absence(area: &Area<'_>, axis: Axis, weeks: &[WeekAtSchool]) -> Drawn {
    label(area, "Days absent, of 100", 8)?;
    let most = weeks.iter().filter_map(|week| week.absent_thousandths).max().unwrap_or_default();
    // In steps, so that the same school looks alike from week to week.
    let top = f64::from(most.div_ceil(50) * 50).max(150.0) * 1.05;
    let mut chart = axis.chart(area, top)?;
    for share in [50, 100, 200, 300, 400, 500].into_iter().filter(|share| f64::from(*share) < top) {
        chart.draw_series([axis.rule(f64::from(share))])?;
        mark(area, &(share / 10).to_string(), (150.0 * (1.0 - f64::from(share) / top)) as i32)?;
    }
    for week in weeks {
        let left = axis.day_of_axis(week.week);
        let (height, colour) = match week.absent_thousandths {
            Some(share) => (f64::from(share), ABSENT),
            None => (top, UNKNOWN),
        };
        chart.draw_series([Rectangle::new([(left, 0.0), (left + 5, height)], colour.filled())])?;
    }
    Ok(())
}

/// A column a week: incidents.
pub fn incidents(area: &Area<'_>, axis: Axis, weeks: &[WeekAtSchool]) -> Drawn {
    label(area, "Incidents, by week", 14)?;
    columns(area, axis, 70, TARDY, weeks.iter().map(|week| (axis.day_of_axis(week.week), week.incidents)))
}

/// A column for each end of a time that was graded: the share of students who failed a course.
pub fn courses(area: &Area<'_>, axis: Axis, courses: &[CoursesOnAxis]) -> Drawn {
    label(area, "Failing, of 100", 14)?;
    let share = |courses: &CoursesOnAxis| {
        let (failing, graded) = courses.students_failing.zip(courses.students_graded)?;
        (failing * 100).checked_div(graded)
    };
    columns(area, axis, 70, INK, courses.iter().map(|courses| (axis.at(courses.until), share(courses))))
}

fn columns(
    area: &Area<'_>,
    axis: Axis,
    height: u32,
    colour: RGBColor,
    columns: impl Iterator<Item = (i32, Option<u32>)> + Clone,
) -> Drawn {
    let most = columns.clone().filter_map(|(_, number)| number).max().unwrap_or_default();
    let top = f64::from(most.max(1)) * 1.25;
    let mut chart = axis.chart(area, top)?;
    chart.draw_series([axis.rule(0.0)])?;
    if most > 0 {
        chart.draw_series([axis.rule(f64::from(most))])?;
        mark(area, &most.to_string(), (f64::from(height) * (1.0 - f64::from(most) / top)) as i32)?;
    } else {
        mark(area, "0", height as i32 - 2)?;
    }
    for (left, number) in columns {
        let (tall, colour) = number.map_or((top, UNKNOWN), |number| (f64::from(number), colour));
        if tall > 0.0 {
            chart.draw_series([Rectangle::new([(left, 0.0), (left + 5, tall)], colour.filled())])?;
        }
    }
    Ok(())
}

/// What of a week stands on a line.
type Done = fn(&WeekAtSchool) -> Option<u32>;

/// A line for each kind of support: a dot a week, the larger the more of it.
pub fn done(area: &Area<'_>, axis: Axis, weeks: &[WeekAtSchool]) -> Drawn {
    let lines: [(&str, Done); 4] = [
        ("interventions started", |week| week.interventions_started),
        ("sessions held", |week| week.sessions_held),
        ("contacts made", |week| week.contacts_made),
        ("services started", |week| week.services_started),
    ];
    let rows = 4.0 + 12.0 / f64::from(ROW);
    let mut chart = axis.chart(area, rows)?;
    for (number, (text, of)) in lines.into_iter().enumerate() {
        label(area, text, number as i32 * ROW as i32 + 8)?;
        let middle = rows - number as f64 - 0.6;
        let (left, right) = axis.edges();
        chart.draw_series([PathElement::new([(left, middle), (right, middle)], LIGHT)])?;
        let most = weeks.iter().filter_map(of).max().unwrap_or(1).max(1);
        for week in weeks {
            let middle = (axis.day_of_axis(week.week) + 2, middle);
            let (size, colour) = match of(week) {
                Some(0) => continue,
                // By area, since that is how much one sees.
                Some(number) => ((f64::from(number) / f64::from(most)).sqrt() * 8.0, DONE),
                None => (2.0, UNKNOWN),
            };
            chart.draw_series([Circle::new(middle, size.round().max(2.0) as i32, colour.filled())])?;
        }
    }
    Ok(())
}

/// A column a month: the bands on top of each other, the worst at the bottom.
pub fn bands(area: &Area<'_>, axis: Axis, months: &[BandsOnAxis]) -> Drawn {
    label(area, "Bands, of 100", 14)?;
    let mut chart = axis.chart(area, 112.0)?;
    for share in [50, 100] {
        chart.draw_series([axis.rule(f64::from(share))])?;
        mark(area, &share.to_string(), (130.0 * (1.0 - f64::from(share) / 112.0)) as i32)?;
    }
    for month in months {
        let right = axis.at(month.as_of);
        let left = (right - 15).max(0);
        let Some(students) = month.students.filter(|students| *students > 0) else {
            chart.draw_series([Rectangle::new([(left, 0.0), (right, 100.0)], UNKNOWN.filled())])?;
            continue;
        };
        let share = |number: Option<u32>| number.map(|number| f64::from(number) * 100.0 / f64::from(students));
        let told =
            [(month.severe, ABSENT), (month.chronic, TARDY), (month.at_risk, AT_RISK), (month.on_track, PRESENT)];
        let mut bottom = 0.0;
        for (share, colour) in told.into_iter().filter_map(|(number, colour)| Some((share(number)?, colour))) {
            chart.draw_series([Rectangle::new([(left, bottom), (right, bottom + share)], colour.filled())])?;
            bottom += share;
        }
        if bottom < 99.9 {
            chart.draw_series([Rectangle::new([(left, bottom), (right, 100.0)], UNKNOWN.filled())])?;
        }
    }
    Ok(())
}
