//! Fills an empty store with the demo, by the same commands and decisions as anybody's.
//!
//! A run that was cut off is taken up by the next start: every command has its id, the store knows which are done.
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::StudentId;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{
    Demo, Records, Story,
    calendar::{first_day, school_year},
    cast::{ALDER, HERON, PARTNERS, PEOPLE, PartnerLine, Who, partner, school},
    chance::id,
    part::HANDOVER,
    value::personal,
    year::Year,
};
use crate::{
    Clock, Commands, Error,
    access::Operation,
    reference::{AgreementToRecord, KeepReference, PartnerToKeep, RoleToKeep, SchoolToKeep, StaffToKeep},
    sharing::{AgreementInForce, Agreements, SharingTerms, Side, Signatory},
};

/// How many stories are told at once.
const AT_ONCE: usize = 8;

/// What a store says when a demo is to begin in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It is to be filled; the year ends before that day, which an earlier start may have set.
    On(NaiveDate),
    /// It was filled before.
    Before,
    /// It holds other data.
    NotEmpty,
}

/// What the demo remembers of itself in the store.
#[async_trait]
pub trait KeepDemo: Send + Sync {
    /// Begins a demo on `today`, unless one was begun before.
    async fn begin(&self, today: NaiveDate) -> Result<Begun, Error>;

    /// The commands that the log of a student's case has already.
    async fn done(&self, student: StudentId) -> Result<HashSet<Uuid>, Error>;

    /// Takes what the schools' own system exports, as any such export; said again it changes nothing.
    async fn keep_records(&self, records: &Records) -> Result<(), Error>;

    /// Remembers that all is told; says how many events there are.
    async fn complete(&self) -> Result<u64, Error>;
}

/// Is told how many of how many steps are done.
pub type Progress = Arc<dyn Fn(usize, usize) + Send + Sync>;

/// Commands that go by a clock.
type ByClock = Arc<dyn Fn(Arc<dyn Clock>) -> Commands + Send + Sync>;

/// What it takes to fill a store.
#[derive(Clone)]
pub struct Seed {
    /// Keeps schools, people and students.
    pub reference: Arc<dyn KeepReference>,
    /// Keeps agreements with partners.
    pub agreements: Arc<dyn Agreements>,
    /// Remembers how far it has come.
    pub demo: Arc<dyn KeepDemo>,
    /// The one path of change, by a clock of ours.
    pub commands: ByClock,
    /// Is told how far it has come.
    pub progress: Progress,
}

/// A command that a rule refused: a mistake in the demo, not in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// What was to be done.
    pub operation: Operation,
    /// The rule's name.
    pub rule: &'static str,
    /// To whose case.
    pub student: StudentId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What was done to fill a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seeded {
    /// How many events there are now.
    pub events: u64,
    /// What could not be done.
    pub refused: Vec<Refused>,
}

/// A clock that stands still until it is set.
#[derive(Debug, Default)]
struct SetClock(Mutex<DateTime<Utc>>);

impl SetClock {
    fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seed {
    /// Tells the demo to the store. What was told before is left as it is.
    pub async fn fill(&self, demo: Demo) -> Result<Seeded, Error> {
        self.keep_reference(&demo).await?;
        self.demo.keep_records(&demo.records).await?;
        let steps = demo.steps();
        let told = Arc::new(Mutex::new((0, steps)));
        let mut refused = self.tell(demo.stories, &told).await?;
        refused.extend(self.tell(demo.finale, &told).await?);
        Ok(Seeded { events: self.demo.complete().await?, refused })
    }

    async fn tell(&self, stories: Vec<Story>, told: &Arc<Mutex<(usize, usize)>>) -> Result<Vec<Refused>, Error> {
        let (mut telling, mut refused) = (JoinSet::new(), vec![]);
        for story in stories {
            if telling.len() >= AT_ONCE
                && let Some(ended) = telling.join_next().await
            {
                refused.extend(ended.map_err(Error::unavailable)??);
            }
            let (seed, told) = (self.clone(), told.clone());
            telling.spawn(async move { seed.tell_one(&story, &told).await });
        }
        while let Some(ended) = telling.join_next().await {
            refused.extend(ended.map_err(Error::unavailable)??);
        }
        Ok(refused)
    }

    async fn tell_one(&self, story: &Story, told: &Mutex<(usize, usize)>) -> Result<Vec<Refused>, Error> {
        let done = self.demo.done(story.student).await?;
        let clock = Arc::new(SetClock::default());
        let commands = (self.commands)(clock.clone());
        let mut refused = vec![];
        for step in &story.steps {
            if !done.contains(&step.key) {
                clock.set(step.at);
                let (order, task) = step.order(story.student, step.by.person().principal());
                let refusal = |rule| Refused { operation: step.operation, rule, student: story.student, at: step.at };
                match commands.carry_out(&order, task).await {
                    Ok(_) => {}
                    Err(Error::Rejected { code, .. }) => refused.push(refusal(code)),
                    Err(Error::Forbidden { .. }) => refused.push(refusal("forbidden")),
                    Err(Error::NotFound) => refused.push(refusal("not-found")),
                    Err(error) => return Err(error),
                }
            }
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            told.0 += 1;
            (self.progress)(told.0, told.1);
        }
        Ok(refused)
    }

    async fn keep_reference(&self, demo: &Demo) -> Result<(), Error> {
        let keep = &self.reference;
        for name in [ALDER, HERON] {
            let kept = SchoolToKeep { name: name.to_owned(), time_zone: "America/New_York".to_owned() };
            keep.put_school(school(name), &kept).await?;
            keep.put_school_days(school(name), &demo.days).await?;
        }
        for PartnerLine { name, .. } in PARTNERS {
            keep.put_partner(partner(name), &PartnerToKeep { name: (*name).to_owned() }).await?;
        }
        self.keep_staff(demo.today).await?;
        self.sign_agreements(demo.today).await?;
        for pupil in &demo.pupils {
            keep.put_student(pupil.id, &pupil.record).await?;
            for (enrolment, kept, left) in &pupil.enrolments {
                keep.enrol_student(pupil.id, *enrolment, kept).await?;
                if let Some(day) = left {
                    keep.exit_student(pupil.id, *enrolment, *day).await?;
                }
            }
        }
        Ok(())
    }

    async fn sign_agreements(&self, today: NaiveDate) -> Result<(), Error> {
        let officer = Who::PrivacyOfficer;
        for line in PARTNERS {
            let AgreementInForce { id, partner, categories, purposes, schools, .. } = line.agreement();
            let signs = |name: &str, signs_for| Signatory { name: personal(name), signs_for };
            let terms = SharingTerms {
                categories: categories.into_iter().collect::<Vec<_>>().try_into().map_err(Error::unavailable)?,
                purposes: purposes.into_iter().collect(),
                schools: schools.into_iter().collect(),
                students: vec![],
                starts_on: first_day(school_year(today) - 2),
                ends_on: first_day(school_year(today) + 2),
                signatories: vec![signs(line.signed_by, Side::Partner), signs(&officer.name(), Side::District)],
            };
            self.agreements.sign(partner, id, &terms, officer.staff()).await?;
        }
        Ok(())
    }

    async fn keep_staff(&self, today: NaiveDate) -> Result<(), Error> {
        let handover = Year::before(today).day(HANDOVER, 5);
        let first = first_day(school_year(today) - 2);
        for person in PEOPLE {
            let staff = person.who.staff();
            let kept = StaffToKeep {
                given_name: personal(person.given),
                family_name: personal(person.family),
                e_mail: None,
                subject: Some(personal(&person.subject())),
            };
            self.reference.put_staff(staff, &kept).await?;
            let signed = AgreementToRecord { text_version: "demo".to_owned(), signed_on: today };
            self.reference.put_agreement(staff, &signed, staff).await?;
            let since = if person.who == Who::MentorGrace { handover } else { first };
            let until = (person.who == Who::MentorDaniel).then_some(handover);
            for (n, held) in person.roles().into_iter().enumerate() {
                let role = RoleToKeep { role: held.role, school: held.school, partner: held.partner, since, until };
                self.reference.grant_role(staff, id(&format!("role/{:?}/{n}", person.who)), &role).await?;
            }
        }
        Ok(())
    }
}
