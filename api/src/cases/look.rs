//! What every look at a case has in common: whether the caller may, and from which day they see it.
use std::{
    collections::{BTreeSet, HashMap},
    hash::Hash,
    sync::Arc,
};

use application::{
    Error, Principal,
    access::{self, Ties},
    answer::Reader,
    sealing::Opening,
    view::CaseFile,
};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{SchoolCalendar, SchoolId, StudentId};
use futures::future::join_all;

use super::Cases;
use crate::{Read, Shown, headers::matches};

/// A case that the caller may read.
pub struct Look {
    /// What is current on it.
    pub file: CaseFile,
    /// Its version.
    pub version: u64,
    /// Who looks.
    pub reader: Reader,
    /// What opens the answers to them.
    pub opening: Opening,
}

impl Cases {
    /// Looks at a case: as it stands, or as it stood then under the rights of today.
    pub async fn look(
        &self,
        principal: &Principal,
        student: StudentId,
        as_of: Option<DateTime<Utc>>,
    ) -> Result<Look, Error> {
        let present = self.read.case(student, None).await?.ok_or(Error::NotFound)?;
        let mut ties = Ties::of_file(&present.0);
        self.share(principal, &mut [&mut ties]).await?;
        access::decide_read(principal, &ties)?;
        let (file, version) = match as_of {
            None => present,
            // Nothing, where the case was opened later than that.
            Some(_) => self.read.case(student, as_of).await?.ok_or(Error::NotFound)?,
        };
        let reader = self.reader(principal, &ties, &mut HashMap::new()).await?;
        let reader = reader.beside(file.records.values());
        let opening = self.opening(&reader, student).await?;
        Ok(Look { file, version, reader, opening })
    }

    /// The answer to who has `already` exactly what would be shown of a case now, found without reading the case.
    /// Nothing where they have something else, look back, or may not know of it.
    pub async fn unchanged<T>(
        &self,
        principal: &Principal,
        student: StudentId,
        as_of: Option<DateTime<Utc>>,
        already: &Read,
    ) -> Result<Option<Shown<T>>, Error> {
        let (Some(known), None) = (&already.known, as_of) else { return Ok(None) };
        let Some((mut ties, version)) = self.read.ties(student).await? else { return Ok(None) };
        self.share(principal, &mut [&mut ties]).await?;
        if access::decide_read(principal, &ties).is_err() {
            return Ok(None);
        }
        let look = self.reader(principal, &ties, &mut HashMap::new()).await?.look();
        Ok(matches(known, version, Some(look)).then(|| Shown::unchanged(version, look)))
    }

    /// What opens the answers about `student` to `reader`; [`Error::NotFound`] where the student was erased.
    pub async fn opening(&self, reader: &Reader, student: StudentId) -> Result<Opening, Error> {
        let keys = self.keyring.of(student).await?.ok_or(Error::NotFound)?;
        Ok(reader.opening(keys))
    }

    /// The same for many at once, by whatever names them; those who were erased since they were found are left out.
    pub async fn openings<'r, K: Eq + Hash>(
        &self,
        readers: impl IntoIterator<Item = (K, StudentId, &'r Reader)>,
    ) -> Result<HashMap<K, Opening>, Error> {
        let open = async |(name, student, reader)| (name, self.opening(reader, student).await);
        let mut openings = HashMap::new();
        for (name, opening) in join_all(readers.into_iter().map(open)).await {
            match opening {
                Err(Error::NotFound) => {}
                opening => _ = openings.insert(name, opening?),
            }
        }
        Ok(openings)
    }

    /// The caller as a reader of each of the cases with those ties that they may read today.
    pub async fn readers(
        &self,
        principal: &Principal,
        mut all: Vec<Ties>,
    ) -> Result<HashMap<StudentId, Reader>, Error> {
        self.share(principal, &mut all.iter_mut().collect::<Vec<_>>()).await?;
        let (mut readers, mut calendars) = (HashMap::new(), HashMap::new());
        for ties in &all {
            if let (Some(student), Ok(_)) = (ties.student, access::decide_read(principal, ties)) {
                readers.insert(student, self.reader(principal, ties, &mut calendars).await?);
            }
        }
        Ok(readers)
    }

    /// The students whom the caller mentors; those of two who look together, as far as both may know of them.
    pub async fn mentees(&self, principal: &Principal) -> Result<Vec<StudentId>, Error> {
        let own = self.read.mentees(principal.staff).await?;
        let Some(behind) = &principal.behind else { return Ok(own) };
        let all: BTreeSet<_> = own.into_iter().chain(self.read.mentees(behind.staff).await?).collect();
        let found = join_all(all.into_iter().map(|student| self.read.ties(student))).await;
        let ties = found.into_iter().filter_map(|found| found.map(|known| known.map(|(ties, _)| ties)).transpose());
        let readers = self.readers(principal, ties.collect::<Result<_, _>>()?).await?;
        Ok(readers.into_keys().collect())
    }

    /// Which day it is at `school`, or where the caller works; in UTC for who works at no school.
    pub async fn today_of(&self, principal: &Principal, school: Option<SchoolId>) -> Result<NaiveDate, Error> {
        let now = self.clock.now();
        match school.or_else(|| principal.roles.iter().find_map(|held| held.school)) {
            Some(school) => Ok(self.calendars.of(school).await?.today(now)),
            None => Ok(now.date_naive()),
        }
    }

    /// The caller as a reader of a case with those ties; `known` spares asking for a calendar twice in one request.
    pub async fn reader(
        &self,
        principal: &Principal,
        ties: &Ties,
        known: &mut HashMap<SchoolId, Arc<SchoolCalendar>>,
    ) -> Result<Reader, Error> {
        let school = ties.school.ok_or(Error::NotFound)?;
        let calendar = match known.get(&school) {
            Some(calendar) => calendar.clone(),
            None => {
                let calendar = self.calendars.of(school).await?;
                known.insert(school, calendar.clone());
                calendar
            }
        };
        let today = calendar.today(self.clock.now());
        Ok(Reader::new(principal, ties, calendar, today))
    }
}
