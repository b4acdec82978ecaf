//! A server without any school, for tests of what stands before them.
use std::sync::Arc;

use application::{
    After, Error, Page,
    reference::{
        AgreementToRecord, ConfidentialityAgreement, EnrolmentToKeep, KeepReference, Kept, Partner, PartnerToKeep,
        ReadReference, RoleToKeep, School, SchoolCalendarDays, SchoolDay, SchoolToKeep, StaffRecord, StaffToKeep,
        Student, StudentLine, StudentToKeep, StudentsWanted,
    },
    sharing::{
        Agreements, Destruction, DestructionCertificate, Destructions, DestructionsWanted, DisclosedStudent,
        OnwardPartyToKeep, SharingAgreement, SharingStepToTake, SharingTerms,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{AgreementId, PartnerId, SchoolId, StaffId, StudentId};
use uuid::Uuid;

use crate::Reference;

struct Nothing;

pub fn no_reference() -> Reference {
    let nothing = Arc::new(Nothing);
    Reference {
        read: nothing.clone(),
        keep: nothing.clone(),
        agreements: nothing.clone(),
        destructions: nothing,
        destruction_days: 60,
    }
}

#[async_trait]
impl ReadReference for Nothing {
    async fn school(&self, _: SchoolId) -> Result<Option<School>, Error> {
        Ok(None)
    }

    async fn schools(&self, _: Option<&[SchoolId]>, _: &Page) -> Result<Vec<(School, After)>, Error> {
        Ok(vec![])
    }

    async fn school_days(&self, _: SchoolId, _: NaiveDate, _: NaiveDate) -> Result<Option<SchoolCalendarDays>, Error> {
        Ok(None)
    }

    async fn student(&self, _: StudentId) -> Result<Option<Student>, Error> {
        Ok(None)
    }

    async fn students(&self, _: &StudentsWanted, _: &Page) -> Result<Vec<(StudentLine, After)>, Error> {
        Ok(vec![])
    }

    async fn staff_member(&self, _: StaffId) -> Result<Option<StaffRecord>, Error> {
        Ok(None)
    }

    async fn agreement(&self, _: StaffId) -> Result<Option<ConfidentialityAgreement>, Error> {
        Ok(None)
    }

    async fn staff_of(&self, _: SchoolId, _: NaiveDate, _: &Page) -> Result<Vec<(StaffRecord, After)>, Error> {
        Ok(vec![])
    }

    async fn partner(&self, _: PartnerId) -> Result<Option<Partner>, Error> {
        Ok(None)
    }

    async fn partners(&self, _: &Page) -> Result<Vec<(Partner, After)>, Error> {
        Ok(vec![])
    }
}

#[async_trait]
impl KeepReference for Nothing {
    async fn put_school(&self, _: SchoolId, _: &SchoolToKeep) -> Result<Kept, Error> {
        Err(Error::Conflict)
    }

    async fn put_school_days(&self, _: SchoolId, _: &[SchoolDay]) -> Result<(), Error> {
        Err(Error::Conflict)
    }

    async fn put_student(&self, _: StudentId, _: &StudentToKeep) -> Result<Kept, Error> {
        Err(Error::Conflict)
    }

    async fn enrol_student(&self, _: StudentId, _: Uuid, _: &EnrolmentToKeep) -> Result<Kept, Error> {
        Err(Error::Conflict)
    }

    async fn exit_student(&self, _: StudentId, _: Uuid, _: NaiveDate) -> Result<(), Error> {
        Err(Error::NotFound)
    }

    async fn put_staff(&self, _: StaffId, _: &StaffToKeep) -> Result<Kept, Error> {
        Err(Error::Conflict)
    }

    async fn grant_role(&self, _: StaffId, _: Uuid, _: &RoleToKeep) -> Result<Kept, Error> {
        Err(Error::Conflict)
    }

    async fn end_role(&self, _: StaffId, _: Uuid, _: NaiveDate) -> Result<(), Error> {
        Err(Error::NotFound)
    }

    async fn put_agreement(&self, _: StaffId, _: &AgreementToRecord, _: StaffId) -> Result<Kept, Error> {
        Err(Error::Conflict)
    }

    async fn put_partner(&self, _: PartnerId, _: &PartnerToKeep) -> Result<Kept, Error> {
        Err(Error::Conflict)
    }
}

#[async_trait]
impl Agreements for Nothing {
    async fn sign(&self, _: PartnerId, _: AgreementId, _: &SharingTerms, _: StaffId) -> Result<Kept, Error> {
        Err(Error::NotFound)
    }

    async fn change(&self, _: PartnerId, _: AgreementId, _: &SharingStepToTake, _: StaffId) -> Result<(), Error> {
        Err(Error::NotFound)
    }

    async fn keep_onward(
        &self,
        _: PartnerId,
        _: AgreementId,
        _: (Uuid, &OnwardPartyToKeep),
        _: StaffId,
    ) -> Result<Kept, Error> {
        Err(Error::NotFound)
    }

    async fn agreement(&self, _: PartnerId, _: AgreementId) -> Result<Option<SharingAgreement>, Error> {
        Ok(None)
    }

    async fn agreements(&self, _: PartnerId, _: &Page) -> Result<Vec<(SharingAgreement, After)>, Error> {
        Ok(vec![])
    }
}

#[async_trait]
impl Destructions for Nothing {
    async fn destructions(&self, _: &DestructionsWanted, _: &Page) -> Result<Vec<(Destruction, After)>, Error> {
        Ok(vec![])
    }

    async fn disclosed(&self, _: PartnerId, _: AgreementId, _: &Page) -> Result<Vec<(DisclosedStudent, After)>, Error> {
        Ok(vec![])
    }

    async fn certify(&self, _: PartnerId, _: AgreementId, _: &DestructionCertificate, _: StaffId) -> Result<(), Error> {
        Err(Error::NotFound)
    }
}
