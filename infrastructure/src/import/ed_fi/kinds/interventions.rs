//! Interventions as the district's system knows them, and which students take part.
use super::targets::{self, BEGIN_DATE, END_DATE, THE_ORGANIZATION, THE_STUDENT};
use crate::import::kind::{Column, Holds, Identity, Kind};

const CLASS: Column = Column::may("intervention_class", &["InterventionClass"], Holds::Text);
const DELIVERY: Column = Column::may("delivery_method", &["DeliveryMethod"], Holds::Text);
const DIAGNOSES: Column = Column::may("diagnoses", &["Diagnosis"], Holds::Texts);
const GRADES: Column = Column::may("appropriate_grade_levels", &["AppropriateGradeLevel"], Holds::Texts);
const MIN_DOSAGE: Column = Column::may("min_dosage", &["MinDosage"], Holds::Whole);
const MAX_DOSAGE: Column = Column::may("max_dosage", &["MaxDosage"], Holds::Whole);

pub(super) const INTERVENTION_PRESCRIPTION: Kind = Kind {
    identity: Some(Identity {
        kind: "intervention_prescription",
        from: &[
            "EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
            "InterventionPrescriptionIdentificationCode",
        ],
    }),
    columns: &[
        THE_ORGANIZATION,
        Column::must("identification_code", &["InterventionPrescriptionIdentificationCode"], Holds::Text),
        CLASS,
        DELIVERY,
        DIAGNOSES,
        GRADES,
        MIN_DOSAGE,
        MAX_DOSAGE,
    ],
    ..Kind::new("InterventionPrescription", &["InterventionPrescription"], "intervention_prescriptions")
};

pub(super) const INTERVENTION: Kind = Kind {
    identity: Some(Identity {
        kind: "intervention",
        from: &[
            "EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
            "InterventionIdentificationCode",
        ],
    }),
    columns: &[
        THE_ORGANIZATION,
        Column::must("identification_code", &["InterventionIdentificationCode"], Holds::Text),
        Column::may(
            "prescription",
            &[
                "InterventionPrescriptionReference/InterventionPrescriptionIdentity/EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
                "InterventionPrescriptionReference/InterventionPrescriptionIdentity/InterventionPrescriptionIdentificationCode",
            ],
            Holds::Refers(targets::PRESCRIPTION),
        ),
        CLASS,
        DELIVERY,
        DIAGNOSES,
        GRADES,
        BEGIN_DATE,
        END_DATE,
        MIN_DOSAGE,
        MAX_DOSAGE,
    ],
    ..Kind::new("Intervention", &["Intervention"], "interventions")
};

/// The standard gives the association no date; districts that add one as an extension name it `BeginDate`.
pub(super) const STUDENT_INTERVENTION_ASSOCIATION: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must(
            "intervention",
            &[
                "InterventionReference/InterventionIdentity/EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
                "InterventionReference/InterventionIdentity/InterventionIdentificationCode",
            ],
            Holds::Refers(targets::INTERVENTION),
        ),
        Column::may("begin_date", &["BeginDate"], Holds::Date),
        Column::may("dosage", &["Dosage"], Holds::Whole),
    ],
    key: &["student", "intervention"],
    duplicate: "intervention association",
    ..Kind::new(
        "StudentInterventionAssociation",
        &["StudentInterventionAssociation"],
        "student_intervention_associations",
    )
};
