//! What was done for a student, each on a line of its own.
use application::{answer::StudentOutcomes, view::code};
use chrono::NaiveDate;
use plotters::style::RGBColor;

use super::super::panel::{ABSENT, DONE, INK};

/// One line.
pub struct Line {
    pub label: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub ticks: Vec<(NaiveDate, RGBColor)>,
}

/// Interventions, referrals, goals and contacts, as far as they lie on the axis.
pub fn lines(outcomes: &StudentOutcomes) -> Vec<Line> {
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
    if let (Some(&first), Some(&last)) = (outcomes.contacts.iter().min(), outcomes.contacts.iter().max()) {
        let ticks = outcomes.contacts.iter().map(|&day| (day, DONE)).collect();
        lines.push(Line { label: "contacts".to_owned(), from: first, until: last, ticks });
    }
    let assessed = || outcomes.assessments.iter().map(|result| result.on);
    if let (Some(first), Some(last)) = (assessed().min(), assessed().max()) {
        let ticks = assessed().map(|day| (day, INK)).collect();
        lines.push(Line { label: "assessments".to_owned(), from: first, until: last, ticks });
    }
    lines.retain(|line| line.until >= outcomes.from && line.from <= outcomes.to);
    lines
}
