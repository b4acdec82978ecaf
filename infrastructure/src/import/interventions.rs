//! Interventions that the district's system knows and the students' cases do not yet: handed out, to become events.
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use uuid::Uuid;

use super::ImportError;

/// One student in one intervention of the district's.
///
/// Whoever records it takes [`command_id`](Self::command_id) as the command's id: a repeat then changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterventionToRecord {
    /// The student.
    pub student: Uuid,
    /// The school that runs it, or else the one that the student attends or attended last.
    pub school: Option<Uuid>,
    /// What the district calls it.
    pub name: String,
    /// How it is delivered: an Ed-Fi `DeliveryMethodDescriptor` URI.
    pub delivery_method: Option<String>,
    /// The association's dosage, in the district's unit (Ed-Fi leaves it open; commonly hours).
    pub dosage: Option<i32>,
    /// Its first day for this student.
    pub starts_on: NaiveDate,
    /// Whether that day is assumed: the district dates the intervention, not the student's part in it.
    pub date_assumed: bool,
    /// What names this association for good.
    pub source_key: String,
}

/// The name space of the command ids, fixed for good.
const SPACE: Uuid = Uuid::from_u128(0x6f1c_2d2e_7a34_4c55_9b0e_3d54_8f0a_11c7);

impl InterventionToRecord {
    /// The id of the command that records it: always the same.
    pub fn command_id(&self) -> Uuid {
        Uuid::new_v5(&SPACE, self.source_key.as_bytes())
    }

    /// Ids of further things that recording it takes (its case, its start), one for each `part`: always the same.
    pub fn id_for(&self, part: &str) -> Uuid {
        Uuid::new_v5(&SPACE, format!("{}#{part}", self.source_key).as_bytes())
    }
}

/// All interventions that `source` knows of students, ordered by student.
///
/// One without a date starts with the session of its school in which the intervention begins, or else with the
/// intervention; either way the date is marked as assumed.
///
/// # Errors
///
/// [`ImportError::Database`].
pub async fn interventions_to_record(pool: &Pool, source: &str) -> Result<Vec<InterventionToRecord>, ImportError> {
    let rows = pool
        .get()
        .await?
        .query(
            "SELECT a.student,
                    COALESCE(s.id, (SELECT e.school FROM enrolments e WHERE e.student = a.student
                                    ORDER BY e.entry_date DESC, e.id LIMIT 1)),
                    i.identification_code, i.delivery_method, a.dosage,
                    COALESCE(a.begin_date, x.begin_date, i.begin_date), a.begin_date IS NULL,
                    a.source || '|' || a.intervention || '|' || a.student
             FROM student_intervention_associations a
             JOIN interventions i ON i.id = a.intervention
             LEFT JOIN schools s ON s.id = i.education_organization
             LEFT JOIN LATERAL (SELECT begin_date FROM sessions
                                WHERE school = s.id AND i.begin_date BETWEEN begin_date AND end_date
                                ORDER BY begin_date LIMIT 1) x ON true
             WHERE a.source = $1 ORDER BY a.student, i.identification_code",
            &[&source],
        )
        .await?;
    Ok(rows
        .iter()
        .map(|row| InterventionToRecord {
            student: row.get(0),
            school: row.get(1),
            name: row.get(2),
            delivery_method: row.get(3),
            dosage: row.get(4),
            starts_on: row.get(5),
            date_assumed: row.get(6),
            source_key: row.get(7),
        })
        .collect())
}
