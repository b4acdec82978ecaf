//! The case itself, as the views tell it.
use domain::case::{CaseClosed, CaseErased, CaseOpened, CaseReopened, RiskBandChanged, SchoolChanged, TierChanged};

use super::{CaseStatus, spoken, unfold};

unfold! {
    CaseOpened as Case: |e, file, now| {
        file.student = now.student;
        file.school = e.school;
        file.tier = e.tier;
        file.reason = Some(e.reason.clone());
        file.opened_on = now.today;
    }, says format!("Case opened at tier {}", u8::from(e.tier)), Some(&e.reason);

    SchoolChanged as Case: |e, file, now| {
        file.go_to(e.to, now);
    }, says format!("Went to another school on {}", e.on), None;

    TierChanged as Case: |e, file, _now| {
        file.tier = e.to;
    }, says format!("Tier changed from {} to {}", u8::from(e.from), u8::from(e.to)), Some(&e.reason);

    RiskBandChanged as Case: |e, file, _now| {
        file.bands.insert(e.policy.clone(), e.band);
    }, says format!("Risk band {} under {}", spoken(&e.band), e.policy), None;

    CaseClosed as Case: |e, file, now| {
        file.status = CaseStatus::Closed;
        file.closed = Some((now.at, e.reason));
    }, says format!("Case closed: {}", spoken(&e.reason)), e.note.as_ref();

    CaseReopened as Case: |e, file, _now| {
        file.status = CaseStatus::Open;
        file.closed = None;
    }, says "Case reopened".into(), Some(&e.reason);

    CaseErased as Case: |_e, file, _now| {
        file.erase();
    }, says "Case erased".into(), None;
}
