//! A school's year as a picture: outcomes above, what was done in the middle, bands below.
mod panels;

use application::answer::SchoolOutcomes;

use super::panel::{ABSENT, AT_RISK, Axis, DONE, INK, PRESENT, Panel, TARDY, UNKNOWN, legend, svg};

/// Draws the picture as SVG.
pub fn school_picture(outcomes: &SchoolOutcomes) -> Result<String, String> {
    let axis = Axis { from: outcomes.from, to: outcomes.to };
    let mut panels = vec![
        Panel::new(30, |area| {
            let colours = [("days absent", ABSENT), ("incidents", TARDY), ("failing a course", INK)];
            legend(area, &[&colours[..], &[("what was done", DONE), ("not told or known", UNKNOWN)]].concat())
        }),
        Panel::new(150, |area| panels::absence(area, axis, &outcomes.weeks)),
        Panel::new(70, |area| panels::incidents(area, axis, &outcomes.weeks)),
    ];
    if !outcomes.courses.is_empty() {
        panels.push(Panel::new(70, |area| panels::courses(area, axis, &outcomes.courses)));
    }
    panels.push(Panel::new(4 * panels::ROW + 12, |area| panels::done(area, axis, &outcomes.weeks)));
    if !outcomes.bands.is_empty() {
        panels.push(Panel::new(130, |area| panels::bands(area, axis, &outcomes.bands)));
        panels.push(Panel::new(30, |area| {
            let bands = [("on track", PRESENT), ("at risk", AT_RISK), ("chronic", TARDY)];
            legend(area, &[&bands[..], &[("severe", ABSENT), ("unknown, or not told", UNKNOWN)]].concat())
        }));
    }
    panels.push(Panel::new(34, |area| axis.months(area)));
    let title = format!("Attendance, conduct, courses and support at the school in the year {}", outcomes.school_year);
    svg(&title, &panels)
}

#[cfg(test)]
mod tests;
