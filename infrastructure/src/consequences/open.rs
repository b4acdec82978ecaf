//! A policy opens a case for a student who has none, at the school that the student attends.
use application::{Error, access::Operation};
use chrono::{TimeDelta, Utc};
use domain::{
    Text,
    case::{OpenCase, ReopenCase, Tier},
    indicator::StudentYear,
};

use super::{Draw, Found, Judged};

/// A case that people closed is left to them for so long, whatever the reason was: a policy takes it up again no earlier.
const LEFT_TO_PEOPLE: TimeDelta = TimeDelta::days(90);

impl Draw<'_> {
    /// Opens a case where one of the policies in force does from the student's band on; whether it did.
    pub(super) async fn open(&self, found: &mut Found, year: &StudentYear, judged: &Judged<'_>) -> Result<bool, Error> {
        let closed = found.case.as_ref().and_then(|case| case.closed);
        if closed.is_some_and(|(at, _)| Utc::now() - at < LEFT_TO_PEOPLE) {
            return Ok(false);
        }
        for known in &judged.in_force {
            let Some(from) = known.policy.opens_case_from else { continue };
            let judgement = known.policy.judge(year, &judged.schools, judged.day);
            let Some(band) = judgement.band.filter(|band| *band >= from) else { continue };
            let triggers: Vec<_> = judgement.triggers.iter().map(ToString::to_string).collect();
            let reason = format!("{} as of {}: {}", known.version, judged.day, triggers.join("; "));
            let (saying, reason) = (format!("{} {band:?}", known.version), Text::try_from(reason));
            let reason = reason.map_err(Error::unavailable)?;
            found.opened = if closed.is_some() {
                let by = (Operation::ReopenCase, &known.version);
                self.write(found, by, &saying, ReopenCase { reason }).await?
            } else {
                let by = (Operation::OpenCase, &known.version);
                let opening = OpenCase { school: found.school, reason, tier: Tier::TWO };
                self.write(found, by, &saying, opening).await?
            };
            return Ok(found.opened);
        }
        Ok(false)
    }
}
