//! What may be put right, and how it is judged.
use super::*;
use crate::case::{
    ContactOutcome, ContactWith, EntryStatus, GoalClosed, Medium, Note, RescheduleFollowUp, Session, SessionOutcome,
    follow_up::given as follow_up, given::*, goal::given as goal, intervention::given as intervention, note::given::*,
};

fn correct(was: Entry, now: Content) -> CorrectEntry {
    CorrectEntry { was, correction: Correction { now, reason: text("misheard") } }
}

fn corrected(was: Entry, now: Content) -> Vec<CaseEvent> {
    vec![EntryCorrected { was, correction: Correction { now, reason: text("misheard") } }.into()]
}

fn note_of(words: &str) -> Content {
    Content::Note { note: Note { text: text(words), visibility: Default::default() } }
}

fn session(on: NaiveDate) -> Content {
    let session = Session { held_on: on, outcome: SessionOutcome::NoShow, minutes: None, note: None };
    Content::Session { intervention: intervention::intervention(), session }
}

fn contact(on: NaiveDate) -> Content {
    let contact = crate::case::Contact {
        on,
        outcome: ContactOutcome::Made,
        medium: Medium::Phone,
        with: ContactWith::Family,
        minutes: None,
        note: None,
        visibility: Default::default(),
    };
    Content::Contact { contact }
}

fn progress(on: NaiveDate) -> Content {
    let value = 17.0.try_into().expect("a quantity");
    let measurement = crate::case::Measurement { on, value, note: None };
    Content::Progress { goal: goal::goal(), measurement }
}

fn asked(words: &str, due: NaiveDate) -> Content {
    Content::FollowUp { follow_up: FollowUp { what: text(words), ..follow_up::request(Due::On(due)) } }
}

#[test]
fn an_entry_is_put_right_also_after_the_case_was_closed() {
    for past in [vec![opened()], closed()] {
        given(past)
            .when(correct(noted(), note_of("was ill")))
            .then_expect_events(corrected(noted(), note_of("was ill")));
    }
    given([]).when(correct(noted(), note_of("was ill"))).then_expect_error(CaseError::NoCase);
}

#[test]
fn what_was_put_right_may_be_put_right_again_but_not_what_is_gone() {
    let standing = |status| Entry { status, ..noted() };
    let again = standing(EntryStatus::Corrected);
    given([opened()])
        .when(correct(again.clone(), note_of("was ill")))
        .then_expect_events(corrected(again, note_of("was ill")));
    for gone in [EntryStatus::Retracted, EntryStatus::Moved] {
        given([opened()])
            .when(correct(standing(gone), note_of("was ill")))
            .then_expect_error(CaseError::EntryNotCurrent);
    }
}

#[test]
fn the_same_is_no_correction_and_another_kind_none_either() {
    given([opened()]).when(correct(noted(), note_of("was tired"))).then_expect_error(CaseError::NothingCorrected);
    given([opened()]).when(correct(noted(), contact(march(2)))).then_expect_error(CaseError::KindChanged);
}

#[test]
fn what_is_put_right_obeys_the_rules_under_which_it_was_written() {
    let (past, today, tomorrow) = (intervention::active(), march(2), march(3));
    given(past.clone())
        .when(correct(entry(session(march(1))), session(tomorrow)))
        .then_expect_error(CaseError::SessionInFuture);
    given(past)
        .when(correct(entry(session(march(1))), session(today)))
        .then_expect_events(corrected(entry(session(march(1))), session(today)));
    given([opened()])
        .when(correct(entry(contact(today)), contact(tomorrow)))
        .then_expect_error(CaseError::ContactInFuture);
    given(goal::active())
        .when(correct(entry(progress(today)), progress(tomorrow)))
        .then_expect_error(CaseError::ProgressInFuture);
    given([opened()])
        .when(correct(entry(progress(today)), progress(march(1))))
        .then_expect_error(CaseError::NoSuchGoal);
}

#[test]
fn progress_is_put_right_after_its_goal_ended() {
    let closure = crate::case::GoalClosure { achievement: crate::case::Achievement::Achieved, note: None };
    let past = [goal::active(), vec![GoalClosed { goal: goal::goal(), closure }.into()]].concat();
    given(past)
        .when(correct(entry(progress(march(2))), progress(march(1))))
        .then_expect_events(corrected(entry(progress(march(2))), progress(march(1))));
}

#[test]
fn an_overdue_follow_up_is_reworded_but_not_put_off_to_the_past() {
    let overdue = Entry { id: follow_up::follow_up().uuid().into(), ..entry(asked("call", march(1))) };
    given(follow_up::asked())
        .when(correct(overdue.clone(), asked("write", march(1))))
        .then_expect_events(corrected(overdue.clone(), asked("write", march(1))));
    let earlier = march(1).pred_opt().expect("a day");
    given(follow_up::asked()).when(correct(overdue, asked("call", earlier))).then_expect_error(CaseError::DueInPast);
}

#[test]
fn a_follow_up_is_due_when_the_correction_says() {
    let was = Entry { id: follow_up::follow_up().uuid().into(), ..entry(asked("call", march(4))) };
    let past = [follow_up::asked(), corrected(was, asked("call", march(9)))].concat();
    let rescheduling = crate::case::FollowUpRescheduling { due: Due::On(march(9)), reason: text("away") };
    given(past)
        .when(RescheduleFollowUp { follow_up: follow_up::follow_up(), rescheduling })
        .then_expect_error(CaseError::SameDueDate);
}

#[test]
fn what_was_done_or_resolved_stands_as_it_ended() {
    let was = Entry { id: follow_up::follow_up().uuid().into(), ..entry(asked("call", march(4))) };
    given(follow_up::done()).when(correct(was, asked("write", march(4)))).then_expect_error(CaseError::FollowUpNotOpen);

    let need = |words: &str| {
        let need = crate::case::Need {
            category: crate::case::NeedCategory::Attendance,
            description: text(words),
            visibility: Default::default(),
        };
        Content::Need { need }
    };
    let was = entry(need("late bus"));
    let Content::Need { need: details } = was.content.clone() else { unreachable!("a need") };
    let resolution = crate::case::NeedResolution { note: text("another bus") };
    let past = [
        opened(),
        crate::case::NeedIdentified { need: was.id.uuid().into(), details }.into(),
        crate::case::NeedResolved { need: was.id.uuid().into(), resolution }.into(),
    ];
    given(past).when(correct(was, need("no bus"))).then_expect_error(CaseError::NeedResolvedAlready);
}
