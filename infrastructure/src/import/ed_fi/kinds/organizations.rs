//! Who there is: agencies, schools, partners, and the programs they offer.
use super::targets::{ORGANIZATION, THE_ORGANIZATION};
use crate::import::{
    ed_fi::interchange::ELEMENT,
    kind::{Column, Holds, Identity, Kind},
};

const NAME: Column = Column::must("name", &["NameOfInstitution"], Holds::Text);
const SHORT_NAME: Column = Column::may("short_name", &["ShortNameOfInstitution"], Holds::Text);
const CATEGORY: Column = Column::must("category", &[ELEMENT], Holds::Text);

const fn organization(from: &'static [&'static str]) -> Option<Identity> {
    Some(Identity { kind: "education_organization", from })
}

pub(super) const STATE_EDUCATION_AGENCY: Kind = Kind {
    identity: organization(&["StateEducationAgencyId"]),
    columns: &[CATEGORY, NAME, SHORT_NAME],
    ..Kind::new("StateEducationAgency", &["StateEducationAgency"], "education_organizations")
};

pub(super) const EDUCATION_SERVICE_CENTER: Kind = Kind {
    identity: organization(&["EducationServiceCenterId"]),
    columns: &[CATEGORY, NAME, SHORT_NAME],
    ..Kind::new("EducationServiceCenter", &["EducationServiceCenter"], "education_organizations")
};

pub(super) const LOCAL_EDUCATION_AGENCY: Kind = Kind {
    identity: organization(&["LocalEducationAgencyId"]),
    columns: &[
        CATEGORY,
        NAME,
        SHORT_NAME,
        Column::may(
            "parent",
            &["EducationServiceCenterReference/EducationServiceCenterIdentity/EducationServiceCenterId"],
            Holds::Refers(ORGANIZATION),
        ),
    ],
    ..Kind::new("LocalEducationAgency", &["LocalEducationAgency"], "education_organizations")
};

pub(super) const SCHOOL: Kind = Kind {
    identity: organization(&["SchoolId"]),
    columns: &[
        NAME,
        SHORT_NAME,
        Column::may(
            "district",
            &["LocalEducationAgencyReference/LocalEducationAgencyIdentity/LocalEducationAgencyId"],
            Holds::Refers(ORGANIZATION),
        ),
        Column::may("school_category", &["SchoolCategory"], Holds::Text),
        Column::may("operational_status", &["OperationalStatus"], Holds::Text),
        Column::may("grade_levels", &["GradeLevel"], Holds::Texts),
    ],
    ..Kind::new("School", &["School"], "schools")
};

pub(super) const COMMUNITY_ORGANIZATION: Kind = Kind {
    identity: organization(&["CommunityOrganizationId"]),
    columns: &[NAME, SHORT_NAME],
    ..Kind::new("CommunityOrganization", &["CommunityOrganization"], "partners")
};

pub(super) const COMMUNITY_PROVIDER: Kind = Kind {
    identity: organization(&["CommunityProviderId"]),
    columns: &[
        NAME,
        SHORT_NAME,
        Column::may(
            "parent",
            &["CommunityOrganizationReference/CommunityOrganizationIdentity/CommunityOrganizationId"],
            Holds::Refers(ORGANIZATION),
        ),
        Column::may("provider_status", &["ProviderStatus"], Holds::Text),
    ],
    ..Kind::new("CommunityProvider", &["CommunityProvider"], "partners")
};

pub(super) const PROGRAM: Kind = Kind {
    identity: Some(Identity {
        kind: "program",
        from: &[
            "EducationOrganizationReference/EducationOrganizationIdentity/EducationOrganizationId",
            "ProgramName",
            "ProgramType",
        ],
    }),
    columns: &[
        THE_ORGANIZATION,
        Column::must("program_name", &["ProgramName"], Holds::Text),
        Column::must("program_type", &["ProgramType"], Holds::Text),
    ],
    ..Kind::new("Program", &["Program"], "programs")
};
