//! The interventions that the district's system knows become events on the students' cases, by the path of any command.
use std::{collections::BTreeSet, sync::Arc};

use application::{Commands, Error, HeldRole, Order, Principal, Receipt, access::Operation};
use deadpool_postgres::Pool;
use domain::{
    Decide, InterventionId, Role, SchoolId, StaffId, Text, Visibility,
    case::{
        Case, Delivery, InterventionKind, InterventionPlan, InterventionStart, OpenCase, PlanIntervention,
        StartIntervention, Tier,
    },
};
use uuid::Uuid;

use super::{ImportError, InterventionToRecord, interventions_to_record, rejects::Refused};

/// What became of the interventions of a source.
#[derive(Debug, Default)]
pub struct Recorded {
    /// Cases opened for them.
    pub cases: u64,
    /// Interventions written down on cases.
    pub new: u64,
    /// Interventions that had been written down before.
    pub known: u64,
    /// Interventions that a rule refused, with its name.
    pub refused: Vec<Refused>,
}

/// The names under which importers are kept on the staff, fixed for good.
const IMPORTERS: Uuid = Uuid::from_u128(0x1c5d_90aa_6c1f_4b0e_8d2b_61d7_30c4_2f19);

/// Writes every intervention of `source` down on its student's case, opening cases where there are none.
///
/// Every command carries the same key each time, so that a repetition changes nothing. What a rule refuses is told, and
/// the rest goes on. Dropping the future leaves each command whole or undone.
///
/// # Errors
///
/// [`ImportError::Database`], [`ImportError::Cases`].
pub async fn record(pool: &Pool, commands: &Commands, source: &'static str) -> Result<Recorded, ImportError> {
    let principal = Arc::new(importer(pool, source).await?);
    let mut recorded = Recorded::default();
    for intervention in interventions_to_record(pool, source).await? {
        let recording = Recording { commands, principal: principal.clone(), intervention: &intervention };
        match recording.record(&mut recorded.cases).await {
            Ok(true) => recorded.known += 1,
            Ok(false) => recorded.new += 1,
            Err(error) => recorded.refused.push(refused(&intervention, error)?),
        }
    }
    Ok(recorded)
}

/// One intervention on its way to the case.
struct Recording<'a> {
    commands: &'a Commands,
    principal: Arc<Principal>,
    intervention: &'a InterventionToRecord,
}

impl Recording<'_> {
    /// Opens the case, plans the intervention and starts it; tells whether it had been planned before.
    async fn record(&self, cases: &mut u64) -> Result<bool, Error> {
        let InterventionToRecord { name, dosage, starts_on, date_assumed, .. } = self.intervention;
        let school = self.intervention.school.map(SchoolId::from).ok_or(Error::NotFound)?;
        let (id, what) = (self.intervention.command_id(), self.what()?);
        let opening = OpenCase { school, reason: what.clone(), tier: Tier::TWO };
        match self.carry_out(Operation::OpenCase, self.intervention.id_for("case"), "", opening).await {
            Ok(receipt) => *cases += u64::from(!receipt.replayed),
            // Somebody else opened it; whether it takes an intervention is decided next.
            Err(Error::Rejected { code: "case-already-open" | "case-closed", .. }) => {}
            Err(error) => return Err(error),
        }
        let plan = InterventionPlan {
            kind: kind(name),
            what,
            tier: Tier::TWO,
            delivery: delivery(self.intervention.delivery_method.as_deref()),
            dosage: None,
            partner: None,
            goals: BTreeSet::new(),
            starts_on: Some(*starts_on),
            ends_on: None,
            visibility: Visibility::default(),
        };
        let saying = format!("{name:?} {dosage:?}");
        let planned = self.carry_out(Operation::PlanIntervention, id, &saying, PlanIntervention(plan)).await?;
        let start = InterventionStart { on: *starts_on, date_assumed: *date_assumed };
        let start = StartIntervention { intervention: InterventionId::from(id), start };
        match self.carry_out(Operation::StartIntervention, self.intervention.id_for("start"), "", start).await {
            // Its day is to come: a later import starts it.
            Err(Error::Rejected { code: "intervention-in-future", .. }) => {}
            // People went on with what an earlier import planned: theirs counts.
            Err(Error::Rejected { .. }) if planned.replayed => {}
            done => drop(done?),
        }
        Ok(planned.replayed)
    }

    async fn carry_out(
        &self,
        operation: Operation,
        key: Uuid,
        saying: &str,
        command: impl Decide<Case>,
    ) -> Result<Receipt, Error> {
        let InterventionToRecord { student, school, source_key, .. } = self.intervention;
        let order = Order {
            canonical: format!("{operation} {source_key} {saying}").into_bytes(),
            school: school.map(SchoolId::from),
            ..Order::new(self.principal.clone(), (*student).into(), operation, key)
        };
        self.commands.execute(&order, command).await
    }

    /// What the district calls it, with the dosage as it stands there: the unit is the district's, so it is no plan.
    fn what(&self) -> Result<Text, Error> {
        let InterventionToRecord { name, dosage, .. } = self.intervention;
        let dosage = dosage.map(|dosage| format!(" (dosage {dosage} in the district's records)")).unwrap_or_default();
        Text::try_from(format!("{name}{dosage}")).map_err(Error::unavailable)
    }
}

/// The kind of work that a name tells of.
fn kind(name: &str) -> InterventionKind {
    let name = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
    let words = [
        ("checkandconnect", InterventionKind::CheckAndConnect),
        ("mentor", InterventionKind::Mentoring),
        ("tutor", InterventionKind::Tutoring),
        ("counsel", InterventionKind::Counseling),
        ("attendance", InterventionKind::AttendanceOutreach),
        ("family", InterventionKind::FamilyEngagement),
        ("behavior", InterventionKind::BehaviorSupport),
        ("enrichment", InterventionKind::Enrichment),
    ];
    words.into_iter().find(|(word, _)| name.contains(word)).map_or(InterventionKind::Other, |(_, kind)| kind)
}

/// How an Ed-Fi `DeliveryMethodDescriptor` says to how many it is delivered.
fn delivery(descriptor: Option<&str>) -> Delivery {
    match descriptor.and_then(|uri| uri.rsplit_once('#')).map(|(_, code)| code) {
        Some("Small Group") => Delivery::SmallGroup,
        Some("Whole Class") => Delivery::WholeClass,
        Some("Whole School") => Delivery::WholeSchool,
        _ => Delivery::Individual,
    }
}

/// The rule that refused, by name; anything else is a failure.
fn refused(intervention: &InterventionToRecord, error: Error) -> Result<Refused, ImportError> {
    let reason = match error {
        Error::Rejected { code, message, .. } => format!("{code}: {message}"),
        Error::NotFound => "no-school: nothing says which school runs it, or which the student attends".to_owned(),
        Error::KeyReused => "changed-since-recorded: the case has it as it was; adjust it there".to_owned(),
        error => return Err(ImportError::Cases(error)),
    };
    Ok(Refused {
        kind: "StudentInterventionAssociation",
        reason: format!("{reason} (student {})", intervention.student),
    })
}

/// The member of staff as whom imports from `source` write: a service, in which nobody can sign in.
pub(crate) async fn importer(pool: &Pool, source: &str) -> Result<Principal, ImportError> {
    let staff = Uuid::new_v5(&IMPORTERS, source.as_bytes());
    let client = pool.get().await?;
    let person = "INSERT INTO staff (id, given_name, family_name, source) VALUES ($1, 'Importer', $2, 'hand')
                  ON CONFLICT (id) DO NOTHING";
    client.execute(person, &[&staff, &source]).await?;
    let role =
        "INSERT INTO staff_roles (id, staff, role, since, source) VALUES ($1, $1, 'service', current_date, 'hand')
                ON CONFLICT (id) DO NOTHING";
    client.execute(role, &[&staff]).await?;
    let held = HeldRole { role: Role::Service, school: None, partner: None };
    Ok(Principal::new(StaffId::from(staff), vec![held]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_kind_of_work() {
        assert_eq!(kind("255901-CheckAndConnect"), InterventionKind::CheckAndConnect);
        assert_eq!(kind("Check and Connect 9"), InterventionKind::CheckAndConnect);
        assert_eq!(kind("Peer tutoring"), InterventionKind::Tutoring);
        assert_eq!(kind("Lunch"), InterventionKind::Other);
    }

    #[test]
    fn a_descriptor_tells_the_size_of_the_group() {
        assert_eq!(delivery(Some("uri://ed-fi.org/DeliveryMethodDescriptor#Whole Class")), Delivery::WholeClass);
        assert_eq!(delivery(Some("uri://example.org/DeliveryMethodDescriptor#One to one")), Delivery::Individual);
        assert_eq!(delivery(None), Delivery::Individual);
    }
}
