//! Interventions and their sessions.
use domain::{
    InterventionId,
    case::{
        AdjustIntervention, CompleteIntervention, DiscontinueIntervention, InterventionAdjustment,
        InterventionCompletion, InterventionDiscontinuation, InterventionPlan, InterventionStart, LogSession,
        PauseIntervention, PlanIntervention, ResumeIntervention, Session, StartIntervention,
    },
};

use super::{declare::changes, reason::Reason};

changes! { in "interventions";
    /// Plan an intervention.
    plan_intervention: PlanIntervention, post "/interventions", body InterventionPlan => Created;
        |plan| PlanIntervention(plan)
    /// Say that an intervention started.
    start_intervention: StartIntervention, post "/interventions/{intervention}/start",
        path "intervention": InterventionId, body InterventionStart => Changed;
        |intervention, start| StartIntervention { intervention, start }
    /// Log a session.
    log_session: LogSession, post "/interventions/{intervention}/sessions",
        path "intervention": InterventionId, body Session => Created;
        |intervention, session| LogSession { intervention, session }
    /// Change the planned dosage.
    adjust_intervention: AdjustIntervention, post "/interventions/{intervention}/adjustment",
        path "intervention": InterventionId, body InterventionAdjustment => Changed;
        |intervention, adjustment| AdjustIntervention { intervention, adjustment }
    /// Pause an intervention.
    pause_intervention: PauseIntervention, post "/interventions/{intervention}/pause",
        path "intervention": InterventionId, body Reason => Changed;
        |intervention, said| PauseIntervention { intervention, reason: said.reason }
    /// Go on with a paused intervention.
    resume_intervention: ResumeIntervention, post "/interventions/{intervention}/resumption",
        path "intervention": InterventionId, body Reason => Changed;
        |intervention, said| ResumeIntervention { intervention, reason: said.reason }
    /// Say that an intervention was carried out.
    complete_intervention: CompleteIntervention, post "/interventions/{intervention}/completion",
        path "intervention": InterventionId, body InterventionCompletion => Changed;
        |intervention, completion| CompleteIntervention { intervention, completion }
    /// Break an intervention off.
    discontinue_intervention: DiscontinueIntervention,
        post "/interventions/{intervention}/discontinuation",
        path "intervention": InterventionId, body InterventionDiscontinuation => Changed;
        |intervention, discontinuation| DiscontinueIntervention { intervention, discontinuation }
}
