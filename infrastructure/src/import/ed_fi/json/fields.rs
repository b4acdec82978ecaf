//! Where the fields of an item stand in the bulk files: the API has the same names, with less around them.
use std::collections::HashMap;

use serde_json::Value;

use super::resources::{capitalised, singular};
use crate::import::{
    build::{Fields, Plan},
    ed_fi::interchange::ELEMENT,
};

/// Elements that the bulk files put around fields which the API has bare.
const AROUND: &[&str] = &["Name", "BirthData", "AttendanceEvent", "EmploymentPeriod"];

/// The slots of a kind, by the short paths of their fields.
pub(super) struct Places(HashMap<String, Vec<usize>>);

impl Places {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (path, slot) in plan.slots() {
            places.entry(short(path)).or_default().push(slot);
        }
        Self(places)
    }

    /// Puts every text of `item` where it belongs.
    pub(super) fn fill(&self, fields: &mut Fields, element: &str, item: &Value) {
        self.put(fields, ELEMENT, element);
        self.walk(fields, "", item);
    }

    fn walk(&self, fields: &mut Fields, path: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Bool(truth) => self.put(fields, path, if *truth { "true" } else { "false" }),
            Value::Number(number) => self.put(fields, path, &year(path, number.to_string())),
            Value::String(text) => self.put(fields, path, text.trim()),
            Value::Array(items) => items.iter().for_each(|item| self.walk(fields, path, item)),
            Value::Object(object) => {
                for (key, value) in object {
                    self.walk(fields, &within(path, key, value), value);
                }
            }
        }
    }

    fn put(&self, fields: &mut Fields, path: &str, text: &str) {
        if let Some(slots) = self.0.get(path).filter(|_| !text.is_empty()) {
            for &slot in slots {
                fields[slot].push(text.to_owned());
            }
        }
    }
}

/// The path of `key` in `path`. A reference stands for itself wherever it is, and whatever it refers to has all its keys in it.
fn within(path: &str, key: &str, value: &Value) -> String {
    let name = capitalised(key.strip_suffix("Descriptor").filter(|bare| !bare.is_empty()).unwrap_or(key));
    if name == "SchoolYearTypeReference" {
        return path.to_owned();
    }
    if path.ends_with("Reference") {
        return if name.ends_with("Reference") { path.to_owned() } else { format!("{path}/{name}") };
    }
    let name = if value.is_array() { singular(&name) } else { name };
    let same = path.rsplit('/').next() == Some(name.as_str());
    match (path, same || name.ends_with("Reference")) {
        (_, true) if same => path.to_owned(),
        ("", _) | (_, true) => name,
        _ => format!("{path}/{name}"),
    }
}

/// A school year is a number in the API, the year in which it ends, and both its years in the bulk files.
fn year(path: &str, number: String) -> String {
    match number.parse::<u16>() {
        Ok(year) if year > 0 && path.rsplit('/').next() == Some("SchoolYear") => format!("{}-{year}", year - 1),
        _ => number,
    }
}

/// The short form of a field's path in the bulk files.
fn short(path: &str) -> String {
    let path = path.strip_suffix("Credits/Credits").map_or_else(|| path.to_owned(), |stem| format!("{stem}Credits"));
    let all: Vec<&str> = path.split('/').collect();
    let last = all.last().copied().unwrap_or_default();
    if let Some(reference) = all.iter().find(|segment| segment.ends_with("Reference")) {
        return format!("{reference}/{last}");
    }
    let mut bare: Vec<&str> = all.into_iter().filter(|segment| !AROUND.contains(segment)).collect();
    bare.dedup();
    bare.join("/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::import::ed_fi::kinds::KINDS;

    /// The texts that were found of `item`, by the paths of the bulk files.
    fn found(kind: &str, item: &Value) -> Vec<String> {
        let kind = KINDS.iter().find(|known| known.name == kind).expect("a kind");
        let plan = Plan::new(kind);
        let mut fields = plan.fields();
        Places::of(&plan).fill(&mut fields, kind.elements[0], item);
        let mut found: Vec<_> = plan
            .slots()
            .flat_map(|(path, slot)| fields[slot].iter().map(move |text| format!("{path} = {text}")))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn a_student_is_found_and_other_names_are_not_taken_for_the_name() {
        let student = json!({
            "id": "x", "studentUniqueId": "604821", "firstName": "Ada", "lastSurname": "Byron", "birthDate": "2010-02-03",
            "birthSexDescriptor": "uri://ed-fi.org/SexDescriptor#Female",
            "otherNames": [{"otherNameTypeDescriptor": "uri://x#Alias", "firstName": "A.", "lastSurname": "B."}]
        });
        insta::assert_debug_snapshot!(found("Student", &student));
    }

    #[test]
    fn references_and_collections_are_found_where_the_bulk_files_have_them() {
        let mark = json!({
            "sectionReference": {"localCourseCode": "ALG", "schoolId": 7, "schoolYear": 2026, "sectionIdentifier": "a",
                                 "sessionName": "Fall", "link": {"rel": "Section", "href": "/x"}},
            "studentReference": {"studentUniqueId": "1"}, "eventDate": "2025-09-09",
            "attendanceEventCategoryDescriptor": "uri://ed-fi.org/AttendanceEventCategoryDescriptor#Tardy"
        });
        insta::assert_debug_snapshot!(found("StudentSectionAttendanceEvent", &mark));
        let action = json!({
            "disciplineActionIdentifier": "d", "disciplineDate": "2025-09-09", "studentReference": {"studentUniqueId": "1"},
            "responsibilitySchoolReference": {"schoolId": 7}, "disciplineActionLength": 2.5,
            "disciplines": [{"disciplineDescriptor": "uri://x#In School Suspension"}, {"disciplineDescriptor": "uri://x#Other"}],
            "studentDisciplineIncidentBehaviorAssociations": [{"studentDisciplineIncidentBehaviorAssociationReference":
                {"behaviorDescriptor": "uri://x#B", "incidentIdentifier": "i", "schoolId": 7, "studentUniqueId": "1"}}]
        });
        insta::assert_debug_snapshot!(found("DisciplineAction", &action));
        let assessment = json!({
            "studentAssessmentIdentifier": "s", "administrationDate": "2026-05-01T16:00:00",
            "assessmentReference": {"assessmentIdentifier": "SAT", "namespace": "uri://x"},
            "studentReference": {"studentUniqueId": "1"},
            "scoreResults": [{"result": "650", "assessmentReportingMethodDescriptor": "uri://x#Raw score"}],
            "performanceLevels": [{"performanceLevelDescriptor": "uri://x#Met", "assessmentReportingMethodDescriptor": "uri://x#Raw"}],
            "studentObjectiveAssessments": [{"scoreResults": [{"result": "5"}], "performanceLevels": []}]
        });
        insta::assert_debug_snapshot!(found("StudentAssessment", &assessment));
        let transcript = json!({
            "courseAttemptResultDescriptor": "uri://x#Pass", "attemptedCredits": 1.0, "earnedCredits": 0.5,
            "courseReference": {"courseCode": "ALG-1", "educationOrganizationId": 255901},
            "studentAcademicRecordReference": {"educationOrganizationId": 7, "schoolYear": 2026, "studentUniqueId": "1",
                                               "termDescriptor": "uri://x#Fall Semester"}
        });
        insta::assert_debug_snapshot!(found("CourseTranscript", &transcript));
        let session = json!({
            "schoolReference": {"schoolId": 7}, "schoolYearTypeReference": {"schoolYear": 2026}, "sessionName": "Fall",
            "termDescriptor": "uri://x#Fall", "beginDate": "2025-09-04", "endDate": "2026-01-30",
            "totalInstructionalDays": 90, "gradingPeriods": [{"gradingPeriodReference": {"schoolYear": 2026, "schoolId": 9}}]
        });
        insta::assert_debug_snapshot!(found("Session", &session));
    }
}
