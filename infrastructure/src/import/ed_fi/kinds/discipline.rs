//! Incidents, the students in them, and what was done. Reporters and outsiders are not kept: nobody here needs their names.
use super::targets::{self, THE_SCHOOL, THE_STUDENT};
use crate::import::{
    ed_fi::interchange::ELEMENT,
    kind::{Column, Holds, Identity, Kind},
};

pub(super) const DISCIPLINE_INCIDENT: Kind = Kind {
    identity: Some(Identity {
        kind: "discipline_incident",
        from: &["IncidentIdentifier", "SchoolReference/SchoolIdentity/SchoolId"],
    }),
    columns: &[
        THE_SCHOOL,
        Column::must("incident_identifier", &["IncidentIdentifier"], Holds::Text),
        Column::must("incident_date", &["IncidentDate"], Holds::Date),
        Column::may("incident_time", &["IncidentTime"], Holds::Time),
        Column::may("incident_location", &["IncidentLocation"], Holds::Text),
        Column::may("reporter_description", &["ReporterDescription"], Holds::Text),
        Column::may("behaviors", &["Behavior/Behavior"], Holds::Texts),
        Column::may("reported_to_law_enforcement", &["ReportedToLawEnforcement"], Holds::Truth),
    ],
    duplicate: "incident",
    ..Kind::new("DisciplineIncident", &["DisciplineIncident"], "discipline_incidents")
};

pub(super) const STUDENT_DISCIPLINE_INCIDENT_ASSOCIATION: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must(
            "incident",
            &[
                "DisciplineIncidentReference/DisciplineIncidentIdentity/IncidentIdentifier",
                "DisciplineIncidentReference/DisciplineIncidentIdentity/SchoolReference/SchoolIdentity/SchoolId",
            ],
            Holds::Refers(targets::INCIDENT),
        ),
        Column::must("association", &[ELEMENT], Holds::Text),
        Column::may("behavior", &["Behavior"], Holds::Text),
        Column::may("participation_codes", &["DisciplineIncidentParticipationCode"], Holds::Texts),
    ],
    key: &["student", "incident", "association", "behavior"],
    duplicate: "incident association",
    ..Kind::new(
        "StudentDisciplineIncidentAssociation",
        &[
            "StudentDisciplineIncidentAssociation",
            "StudentDisciplineIncidentBehaviorAssociation",
            "StudentDisciplineIncidentNonOffenderAssociation",
        ],
        "student_discipline_incident_associations",
    )
};

pub(super) const DISCIPLINE_ACTION: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must("discipline_action_identifier", &["DisciplineActionIdentifier"], Holds::Text),
        Column::must("discipline_date", &["DisciplineDate"], Holds::Date),
        Column::may(
            "school",
            &["ResponsibilitySchoolReference/SchoolIdentity/SchoolId"],
            Holds::Refers(targets::SCHOOL),
        ),
        Column::may(
            "incident",
            &[
                "StudentDisciplineIncidentBehaviorAssociationReference/StudentDisciplineIncidentBehaviorAssociationIdentity/DisciplineIncidentReference/DisciplineIncidentIdentity/IncidentIdentifier",
                "StudentDisciplineIncidentBehaviorAssociationReference/StudentDisciplineIncidentBehaviorAssociationIdentity/DisciplineIncidentReference/DisciplineIncidentIdentity/SchoolReference/SchoolIdentity/SchoolId",
            ],
            Holds::Refers(targets::INCIDENT),
        ),
        Column::may("disciplines", &["Discipline"], Holds::Texts),
        Column::may("discipline_action_length", &["DisciplineActionLength"], Holds::Decimal),
        Column::may("actual_discipline_action_length", &["ActualDisciplineActionLength"], Holds::Decimal),
    ],
    key: &["student", "discipline_action_identifier", "discipline_date"],
    duplicate: "discipline action",
    ..Kind::new("DisciplineAction", &["DisciplineAction"], "discipline_actions")
};
