//! Interventions and their sessions, as the views tell them.
use chrono::NaiveDate;
use domain::{
    InterventionId, PartnerId, Text, Visibility,
    case::{
        Dosage, InterventionAdjusted, InterventionCompleted, InterventionDiscontinued, InterventionPaused,
        InterventionPlan, InterventionPlanned, InterventionResumed, InterventionStarted, InterventionStatus, Session,
        SessionLogged, SessionOutcome,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Entered, code, spoken, unfold};

/// An intervention as it stands, with what was delivered of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InterventionRecord {
    /// What was planned.
    pub plan: InterventionPlan,
    /// Where it stands.
    pub status: InterventionStatus,
    /// The dosage planned at present, once somebody has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub dosage: Option<Dosage>,
    /// The day on which it started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// Whether that day is assumed because nobody told it.
    #[serde(default)]
    pub date_assumed: bool,
    /// The day on which it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_on: Option<NaiveDate>,
    /// When it was paused, from and until.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// What was delivered.
    pub delivered: Delivered,
    /// Why it was adjusted, is paused or was discontinued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// A time during which no sessions were planned.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Pause {
    /// The first day.
    pub from: NaiveDate,
    /// The day on which sessions went on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// Sessions, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Delivered {
    /// Sessions held.
    pub held: u32,
    /// Sessions to which the student did not come.
    pub no_show: u32,
    /// Sessions cancelled.
    pub cancelled: u32,
    /// Minutes held.
    pub minutes: u32,
    /// The day of the latest session held, as far as it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_held_on: Option<NaiveDate>,
}

impl Delivered {
    /// Counts a session.
    pub fn add(&mut self, session: &Session) {
        *self.count(session.outcome) += 1;
        self.minutes += session.minutes.map_or(0, |minutes| u32::from(u16::from(minutes)));
        if session.outcome == SessionOutcome::Held {
            self.last_held_on = self.last_held_on.max(Some(session.held_on));
        }
    }

    /// Counts a session no more.
    pub fn drop(&mut self, session: &Session) {
        let count = self.count(session.outcome);
        *count = count.saturating_sub(1);
        let minutes = session.minutes.map_or(0, |minutes| u32::from(u16::from(minutes)));
        self.minutes = self.minutes.saturating_sub(minutes);
    }

    fn count(&mut self, outcome: SessionOutcome) -> &mut u32 {
        match outcome {
            SessionOutcome::Held => &mut self.held,
            SessionOutcome::NoShow => &mut self.no_show,
            SessionOutcome::Cancelled => &mut self.cancelled,
        }
    }
}

/// A session as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SessionRecord {
    /// The intervention.
    pub intervention: InterventionId,
    /// What was done.
    pub session: Session,
    /// Who may read it: those who may read the intervention.
    pub visibility: Visibility,
}

impl Entered for InterventionRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        self.plan.visibility
    }

    fn is_ended(&self) -> bool {
        matches!(self.status, InterventionStatus::Completed | InterventionStatus::Discontinued)
    }

    fn partner(&self) -> Option<PartnerId> {
        self.plan.partner
    }
}

impl Entered for SessionRecord {
    fn status(&self) -> String {
        code(&self.session.outcome)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn is_ended(&self) -> bool {
        true
    }

    fn is_kept(&self) -> bool {
        false
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.session.held_on)
    }

    fn parent(&self) -> Option<Uuid> {
        Some(self.intervention.uuid())
    }
}

unfold! {
    InterventionPlanned as Intervention: |e, file, now| {
        let (plan, status, dosage) = (e.plan.clone(), InterventionStatus::Planned, e.plan.dosage);
        let (started_on, date_assumed, ended_on, pauses, reason) = (None, false, None, vec![], None);
        let delivered = Delivered::default();
        file.write(e.intervention, now, InterventionRecord {
            plan, status, dosage, started_on, date_assumed, ended_on, pauses, delivered, reason,
        });
    }, says format!("Intervention planned: {} at tier {}", spoken(&e.plan.kind), u8::from(e.plan.tier)), Some(&e.plan.what);

    InterventionStarted as Intervention: |e, file, now| {
        file.change(e.intervention, now, |intervention: &mut InterventionRecord| {
            intervention.status = InterventionStatus::Active;
            intervention.started_on = Some(e.start.on);
            intervention.date_assumed = e.start.date_assumed;
        });
    }, says format!("Intervention started on {}{}", e.start.on, if e.start.date_assumed { " (date assumed)" } else { "" }), None;

    SessionLogged as Session: |e, file, now| {
        file.change(e.intervention, now, |intervention: &mut InterventionRecord| intervention.delivered.add(&e.details));
        let (intervention, session, visibility) = (e.intervention, e.details.clone(), file.visibility_of(e.intervention));
        file.write(e.session, now, SessionRecord { intervention, session, visibility });
    }, says match e.details.minutes {
        Some(minutes) => format!("Session {} on {}, {} minutes", spoken(&e.details.outcome), e.details.held_on, u16::from(minutes)),
        None => format!("Session {} on {}", spoken(&e.details.outcome), e.details.held_on),
    }, e.details.note.as_ref();

    InterventionAdjusted as Intervention: |e, file, now| {
        file.change(e.intervention, now, |intervention: &mut InterventionRecord| {
            intervention.dosage = Some(e.adjustment.dosage);
            intervention.reason = Some(e.adjustment.reason.clone());
        });
    }, says format!(
        "Intervention adjusted: {} a week, {} minutes",
        u8::from(e.adjustment.dosage.sessions_per_week), u16::from(e.adjustment.dosage.minutes)
    ), Some(&e.adjustment.reason);

    InterventionPaused as Intervention: |e, file, now| {
        file.change(e.intervention, now, |intervention: &mut InterventionRecord| {
            intervention.status = InterventionStatus::Paused;
            intervention.pauses.push(Pause { from: now.today, until: None });
            intervention.reason = Some(e.reason.clone());
        });
    }, says "Intervention paused".into(), Some(&e.reason);

    InterventionResumed as Intervention: |e, file, now| {
        file.change(e.intervention, now, |intervention: &mut InterventionRecord| {
            intervention.status = InterventionStatus::Active;
            intervention.pauses.iter_mut().for_each(|pause| pause.until = pause.until.or(Some(now.today)));
            intervention.reason = None;
        });
    }, says "Intervention resumed".into(), Some(&e.reason);

    InterventionCompleted as Intervention: |e, file, now| {
        file.change(e.intervention, now, |intervention: &mut InterventionRecord| {
            intervention.status = InterventionStatus::Completed;
            intervention.ended_on = Some(e.completion.on);
        });
    }, says format!("Intervention completed on {}", e.completion.on), e.completion.note.as_ref();

    InterventionDiscontinued as Intervention: |e, file, now| {
        file.change(e.intervention, now, |intervention: &mut InterventionRecord| {
            intervention.status = InterventionStatus::Discontinued;
            intervention.ended_on = Some(e.discontinuation.on);
            intervention.reason = e.discontinuation.note.clone();
        });
    }, says format!("Intervention discontinued on {}: {}", e.discontinuation.on, spoken(&e.discontinuation.reason)),
        e.discontinuation.note.as_ref();
}
