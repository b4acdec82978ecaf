//! What may move from one student to another, and what goes along.
use cqrs_es::Aggregate;

use super::*;
use crate::case::{
    EntryStatus, Need, NeedCategory, NeedIdentified, NeedResolution, NeedResolved, Session, SessionOutcome,
    follow_up::given as follow_up, given::*, goal::given as goal, intervention::given as intervention, note::given::*,
};

fn student(number: u128) -> StudentId {
    Uuid::from_u128(number).into()
}

fn relocation(attach: Option<Attachment>) -> EntryMove {
    EntryMove { to: student(2), attach, reason: text("the same name") }
}

fn case(past: &[CaseEvent]) -> Case {
    let mut case = Case::default();
    past.iter().for_each(|event| case.apply(event.clone()));
    case
}

type Moved = Result<(Vec<CaseEvent>, Vec<CaseEvent>), CaseError>;

fn moved(was: &Entry, attach: Option<Attachment>, source: &[CaseEvent], target: &[CaseEvent]) -> Moved {
    let entry = MoveEntry { was: was.clone(), from: student(1), relocation: relocation(attach) };
    entry.decide(&case(source), &case(target), &stamp())
}

fn both(was: &Entry, attach: Option<Attachment>, content: Content) -> Moved {
    let away = EntryMovedToStudent { was: was.clone(), relocation: relocation(attach) };
    let entry = Entry { content, ..was.clone() };
    let here = EntryMovedFromStudent { entry, from: student(1), reason: text("the same name") };
    Ok((vec![away.into()], vec![here.into()]))
}

fn session() -> Session {
    Session { held_on: march(2), outcome: SessionOutcome::NoShow, minutes: None, note: None }
}

fn need() -> Need {
    Need { category: NeedCategory::Family, description: text("a coat"), visibility: Default::default() }
}

#[test]
fn a_note_moves_and_both_cases_say_so() {
    assert_eq!(moved(&noted(), None, &with_note(), &[opened()]), both(&noted(), None, noted().content));
    assert_eq!(moved(&noted(), None, &closed(), &[opened()]), both(&noted(), None, noted().content));
}

#[test]
fn an_entry_moves_to_another_student_whose_case_is_open() {
    let same = EntryMove { to: student(1), ..relocation(None) };
    let same = MoveEntry { was: noted(), from: student(1), relocation: same };
    assert_eq!(same.decide(&case(&with_note()), &case(&[opened()]), &stamp()), Err(CaseError::SameStudent));
    assert_eq!(moved(&noted(), None, &with_note(), &[]), Err(CaseError::NoCase));
    assert_eq!(moved(&noted(), None, &with_note(), &closed()), Err(CaseError::CaseClosed));
}

#[test]
fn what_is_gone_does_not_move() {
    let gone = Entry { status: EntryStatus::Moved, ..noted() };
    assert_eq!(moved(&gone, None, &with_note(), &[opened()]), Err(CaseError::EntryNotCurrent));
}

#[test]
fn a_session_moves_to_an_intervention_of_the_other_student() {
    let elsewhere = Uuid::from_u128(999).into();
    let was = entry(Content::Session { intervention: elsewhere, session: session() });
    let attach = Some(Attachment::Intervention(intervention::intervention()));
    let content = Content::Session { intervention: intervention::intervention(), session: session() };
    assert_eq!(moved(&was, attach, &[opened()], &intervention::active()), both(&was, attach, content));
    assert_eq!(moved(&was, None, &[opened()], &intervention::active()), Err(CaseError::AttachmentMissing));
    assert_eq!(moved(&was, attach, &[opened()], &[opened()]), Err(CaseError::NoSuchIntervention));
}

#[test]
fn progress_moves_to_a_goal_of_the_other_student() {
    let measurement =
        crate::case::Measurement { on: march(2), value: 17.0.try_into().expect("a quantity"), note: None };
    let was = entry(Content::Progress { goal: Uuid::from_u128(999).into(), measurement: measurement.clone() });
    let attach = Some(Attachment::Goal(goal::goal()));
    let content = Content::Progress { goal: goal::goal(), measurement };
    assert_eq!(moved(&was, attach, &[opened()], &goal::active()), both(&was, attach, content));
    assert_eq!(moved(&was, None, &[opened()], &goal::active()), Err(CaseError::AttachmentMissing));
    assert_eq!(moved(&was, attach, &[opened()], &goal::proposed()), Err(CaseError::GoalNotActive));
}

#[test]
fn a_follow_up_moves_while_it_is_open_with_its_owner_and_day_as_they_stand() {
    let asked = follow_up::request(Due::On(march(31)));
    let was = Entry {
        id: follow_up::follow_up().uuid().into(),
        ..entry(Content::FollowUp { follow_up: FollowUp { about: Some(noted().id), ..asked.clone() } })
    };
    let content = Content::FollowUp { follow_up: FollowUp { due: Due::On(march(4)), ..asked } };
    let decided = moved(&was, None, &follow_up::asked(), &[opened()]);
    assert_eq!(decided, both(&was, None, content));
    assert_eq!(moved(&was, None, &follow_up::done(), &[opened()]), Err(CaseError::FollowUpNotOpen));
    assert_eq!(moved(&was, None, &[opened()], &[opened()]), Err(CaseError::NoSuchFollowUp));

    let (away, here) = decided.expect("it moves");
    let source = case(&[follow_up::asked(), away].concat());
    let target = case(&[vec![opened()], here].concat());
    assert_eq!(source.open_follow_up(follow_up::follow_up()), Err(CaseError::FollowUpNotOpen));
    assert!(target.open_follow_up(follow_up::follow_up()).is_ok());
}

#[test]
fn a_need_moves_while_it_is_open() {
    let was = entry(Content::Need { need: need() });
    let id = was.id.uuid().into();
    let identified: Vec<CaseEvent> = vec![opened(), NeedIdentified { need: id, details: need() }.into()];
    assert_eq!(moved(&was, None, &identified, &[opened()]), both(&was, None, was.content.clone()));
    let resolution = NeedResolution { note: text("got one") };
    let resolved = [identified, vec![NeedResolved { need: id, resolution }.into()]].concat();
    assert_eq!(moved(&was, None, &resolved, &[opened()]), Err(CaseError::NeedResolvedAlready));
}
