//! Goals, and the progress towards them.
use domain::{
    GoalId,
    case::{
        CancelGoal, CloseGoal, GoalClosure, GoalProposal, GoalRevision, HoldGoal, MeasureProgress, Measurement,
        ProposeGoal, ResumeGoal, ReviseGoal, SetGoal, Target,
    },
};

use super::{declare::changes, reason::Reason};

changes! { in "goals";
    /// Put a goal forward.
    propose_goal: ProposeGoal, post "/goals", body GoalProposal => Created; |goal| ProposeGoal(goal)
    /// Make a proposed goal one that is pursued, with its measure.
    set_goal: SetGoal, post "/goals/{goal}/target", path "goal": GoalId, body Target => Changed;
        |goal, target| SetGoal { goal, target }
    /// Change the measure, target or due day of an active goal.
    revise_goal: ReviseGoal, post "/goals/{goal}/revision",
        path "goal": GoalId, body GoalRevision => Changed; |goal, revision| ReviseGoal { goal, revision }
    /// Record how far an active goal has come.
    measure_progress: MeasureProgress, post "/goals/{goal}/progress",
        path "goal": GoalId, body Measurement => Created; |goal, measurement| MeasureProgress { goal, measurement }
    /// Let a goal wait.
    hold_goal: HoldGoal, post "/goals/{goal}/hold", path "goal": GoalId, body Reason => Changed;
        |goal, said| HoldGoal { goal, reason: said.reason }
    /// Pursue a waiting goal again.
    resume_goal: ResumeGoal, post "/goals/{goal}/resumption",
        path "goal": GoalId, body Reason => Changed; |goal, said| ResumeGoal { goal, reason: said.reason }
    /// End a goal, saying how far it was achieved.
    close_goal: CloseGoal, post "/goals/{goal}/closure",
        path "goal": GoalId, body GoalClosure => Changed; |goal, closure| CloseGoal { goal, closure }
    /// Give a goal up.
    cancel_goal: CancelGoal, post "/goals/{goal}/cancellation",
        path "goal": GoalId, body Reason => Changed; |goal, said| CancelGoal { goal, reason: said.reason }
}
