//! Changes of band are written down on the student's case.
use application::{Error, access::Operation};
use domain::{
    case::{Band, RecordRiskBand},
    indicator::StudentYear,
};

use super::{Draw, Found, Judged};

impl Draw<'_> {
    /// Writes down which bands are others than they were, under the policies that announce, as of the last day for which
    /// the school has submitted attendance. Who is on track from the beginning has not changed.
    pub(super) async fn announce(
        &self,
        found: &mut Found,
        year: &StudentYear,
        judged: &Judged<'_>,
    ) -> Result<u64, Error> {
        let mut changes = 0;
        for known in judged.in_force.iter().filter(|known| known.policy.announces) {
            let policy = known.version.to_string();
            let judgement = known.policy.judge(year, &judged.schools, judged.day);
            let before = found.case.as_ref().and_then(|case| case.bands.get(&policy)).copied();
            let changed = judgement.band.filter(|band| *band != before.unwrap_or(Band::OnTrack));
            let Some(band) = changed else { continue };
            let triggers = judgement.triggers.iter().map(ToString::to_string).collect();
            let saying = format!("{policy} {band:?} {}", judged.day);
            let change = RecordRiskBand { policy, band, triggers };
            let written = self.write(found, (Operation::RecordRiskBand, &known.version), &saying, change).await?;
            changes += u64::from(written);
        }
        Ok(changes)
    }
}
