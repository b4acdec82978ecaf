//! Interventions and their sessions, told once more.
use domain::{InterventionId, case::Session};
use serde_json::{Value, json};

use super::{Told, again, kind::Kind, said, tale::Tale, word};

impl Tale {
    /// One more session was delivered.
    pub fn deliver(&mut self, intervention: InterventionId, session: &Session, told: &Told) {
        self.change(intervention, told, |it| {
            it.alter("delivered", |delivered| {
                count(delivered, &word(session.outcome), 1);
                count(delivered, "minutes", minutes(session));
                // Days are written so that they compare as text.
                let day = session.held_on.to_string();
                if word(session.outcome) == "held" && delivered["last_held_on"].as_str().unwrap_or_default() < &*day {
                    delivered["last_held_on"] = day.into();
                }
            });
        });
    }

    /// A session counts no more.
    pub fn undeliver(&mut self, intervention: InterventionId, session: &Session, told: &Told) {
        self.change(intervention, told, |it| {
            it.alter("delivered", |delivered| {
                count(delivered, &word(session.outcome), -1);
                count(delivered, "minutes", -minutes(session));
            });
        });
    }
}

fn minutes(session: &Session) -> i64 {
    session.minutes.map_or(0, |minutes| u16::from(minutes).into())
}

fn count(delivered: &mut Value, what: &str, change: i64) {
    let sum = delivered[what].as_i64().unwrap_or_default() + change;
    delivered[what] = sum.max(0).into();
}

again! {
    InterventionPlanned is about a intervention: |e, tale, told| {
        let says = json!({
            "plan": e.plan, "status": "planned", "dosage": e.plan.dosage, "date_assumed": false, "pauses": [],
            "delivered": {"held": 0, "no_show": 0, "cancelled": 0, "minutes": 0},
        });
        tale.write(e.intervention, Kind::Intervention, says, told);
    }, format!("Intervention planned: {} at tier {}", said(e.plan.kind), json!(e.plan.tier)), e.plan.what;

    InterventionStarted is about a intervention: |e, tale, told| {
        tale.set(e.intervention, told, "status", "active");
        tale.set(e.intervention, told, "started_on", e.start.on);
        tale.set(e.intervention, told, "date_assumed", e.start.date_assumed);
    }, format!("Intervention started on {}", e.start.on) + if e.start.date_assumed { " (date assumed)" } else { "" },
        Value::Null;

    SessionLogged is about a session: |e, tale, told| {
        tale.deliver(e.intervention, &e.details, told);
        let visibility = tale.visibility_of(e.intervention);
        let says = json!({"intervention": e.intervention, "session": e.details, "visibility": visibility});
        tale.write(e.session, Kind::Session, says, told);
    }, format!("Session {} on {}", said(e.details.outcome), e.details.held_on)
        + &e.details.minutes.map(|it| format!(", {} minutes", u16::from(it))).unwrap_or_default(),
        e.details.note;

    InterventionAdjusted is about a intervention: |e, tale, told| {
        tale.set(e.intervention, told, "dosage", e.adjustment.dosage);
        tale.set(e.intervention, told, "reason", &e.adjustment.reason);
    }, format!(
        "Intervention adjusted: {} a week, {} minutes",
        json!(e.adjustment.dosage.sessions_per_week), json!(e.adjustment.dosage.minutes)
    ), e.adjustment.reason;

    InterventionPaused is about a intervention: |e, tale, told| {
        tale.change(e.intervention, told, |it| {
            it.set("status", "paused");
            it.set("reason", &e.reason);
            it.alter("pauses", |all| {
                let before = all.as_array().cloned().unwrap_or_default();
                *all = before.into_iter().chain([json!({"from": told.today()})]).collect();
            });
        });
    }, "Intervention paused", e.reason;

    InterventionResumed is about a intervention: |e, tale, told| {
        tale.change(e.intervention, told, |it| {
            it.set("status", "active");
            it.set("reason", Value::Null);
            it.alter("pauses", |all| {
                let all = all.as_array_mut().into_iter().flatten();
                all.filter(|pause| pause["until"].is_null()).for_each(|pause| pause["until"] = json!(told.today()));
            });
        });
    }, "Intervention resumed", e.reason;

    InterventionCompleted is about a intervention: |e, tale, told| {
        tale.set(e.intervention, told, "status", "completed");
        tale.set(e.intervention, told, "ended_on", e.completion.on);
    }, format!("Intervention completed on {}", e.completion.on), e.completion.note;

    InterventionDiscontinued is about a intervention: |e, tale, told| {
        tale.set(e.intervention, told, "status", "discontinued");
        tale.set(e.intervention, told, "ended_on", e.discontinuation.on);
        tale.set(e.intervention, told, "reason", &e.discontinuation.note);
    }, format!("Intervention discontinued on {}: {}", e.discontinuation.on, said(e.discontinuation.reason)),
        e.discontinuation.note;
}
