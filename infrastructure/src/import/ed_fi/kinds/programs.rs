//! Groups that students belong to: programs and cohorts.
use super::targets::{self, BEGIN_DATE, END_DATE, THE_ORGANIZATION, THE_STUDENT};
use crate::import::{
    ed_fi::interchange::ELEMENT,
    kind::{Column, Holds, Identity, Kind},
};

pub(super) const STUDENT_PROGRAM_ASSOCIATION: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must(
            "program",
            &[
                "ProgramReference/ProgramIdentity/EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
                "ProgramReference/ProgramIdentity/ProgramName",
                "ProgramReference/ProgramIdentity/ProgramType",
            ],
            Holds::Refers(targets::PROGRAM),
        ),
        THE_ORGANIZATION,
        Column::must("association", &[ELEMENT], Holds::Text),
        BEGIN_DATE,
        END_DATE,
        Column::may("reason_exited", &["ReasonExited"], Holds::Text),
        Column::may(
            "services",
            &[
                "CTEProgramService/CTEProgramService",
                "HomelessProgramService/HomelessProgramService",
                "LanguageInstructionProgramService/LanguageInstructionProgramService",
                "MigrantEducationProgramService/MigrantEducationProgramService",
                "NeglectedOrDelinquentProgramService/NeglectedOrDelinquentProgramService",
                "ProgramParticipationService/ProgramParticipationService",
                "SchoolFoodServiceProgramService/SchoolFoodServiceProgramService",
                "SpecialEducationProgramService/SpecialEducationProgramService",
                "TitleIPartAProgramService/TitleIPartAProgramService",
            ],
            Holds::Texts,
        ),
    ],
    key: &["student", "program", "education_organization", "association", "begin_date"],
    duplicate: "program association",
    ..Kind::new(
        "StudentProgramAssociation",
        &[
            "StudentProgramAssociation",
            "StudentCTEProgramAssociation",
            "StudentHomelessProgramAssociation",
            "StudentLanguageInstructionProgramAssociation",
            "StudentMigrantEducationProgramAssociation",
            "StudentNeglectedOrDelinquentProgramAssociation",
            "StudentSchoolFoodServiceProgramAssociation",
            "StudentSection504ProgramAssociation",
            "StudentSpecialEducationProgramAssociation",
            "StudentTitleIPartAProgramAssociation",
        ],
        "student_program_associations",
    )
};

pub(super) const COHORT: Kind = Kind {
    identity: Some(Identity {
        kind: "cohort",
        from: &[
            "CohortIdentifier",
            "EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
        ],
    }),
    columns: &[
        THE_ORGANIZATION,
        Column::must("cohort_identifier", &["CohortIdentifier"], Holds::Text),
        Column::may("cohort_description", &["CohortDescription"], Holds::Text),
        Column::may("cohort_type", &["CohortType"], Holds::Text),
        Column::may("cohort_scope", &["CohortScope"], Holds::Text),
    ],
    duplicate: "cohort",
    ..Kind::new("Cohort", &["Cohort"], "cohorts")
};

pub(super) const STUDENT_COHORT_ASSOCIATION: Kind = Kind {
    columns: &[
        THE_STUDENT,
        Column::must(
            "cohort",
            &[
                "CohortReference/CohortIdentity/CohortIdentifier",
                "CohortReference/CohortIdentity/EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
            ],
            Holds::Refers(targets::COHORT),
        ),
        BEGIN_DATE,
        END_DATE,
    ],
    key: &["student", "cohort", "begin_date"],
    duplicate: "cohort association",
    ..Kind::new("StudentCohortAssociation", &["StudentCohortAssociation"], "student_cohort_associations")
};
