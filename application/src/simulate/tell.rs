//! Puts a made-up district into a store, many students at once.
use std::sync::Arc;

use async_trait::async_trait;
use domain::PartnerId;
use futures::{StreamExt, TryStreamExt, stream};

use super::{District, Place, SimulatedSchool, SimulatedStudent, story};
use crate::{Commands, Error};

/// How many students are told of at once.
const AT_ONCE: usize = 64;
/// How many students are entered at once.
const ENTERED: u64 = 5_000;

/// Enters the reference data of a made-up district; what is there already stays as it is.
#[async_trait]
pub trait KeepDistrict: Send + Sync {
    /// Enters schools, with their staff.
    async fn schools(&self, schools: Vec<SimulatedSchool>) -> Result<(), Error>;

    /// Enters partners.
    async fn partners(&self, partners: Vec<PartnerId>) -> Result<(), Error>;

    /// Enters students.
    async fn students(&self, students: Vec<SimulatedStudent>) -> Result<(), Error>;
}

/// What it takes to put a district into a store.
pub struct Simulation {
    /// Keeps schools and students.
    pub keep: Arc<dyn KeepDistrict>,
    /// The one path of change.
    pub commands: Commands,
}

/// How far a simulation has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// Of how many students is told.
    pub students: u64,
    /// Of these, how many got a case.
    pub cases: u64,
    /// How many events there are of them.
    pub events: u64,
    /// How many steps a rule refused: mistakes of the simulation.
    pub refused: u64,
}

impl Simulation {
    /// Tells of the district, and `progress` how far it has come. Told again, it goes on where it was.
    pub async fn run(&self, district: &District, mut progress: impl FnMut(&Told)) -> Result<Told, Error> {
        let place = Place(district);
        self.keep.partners(place.partners()).await?;
        for first in (0..place.schools()).step_by(100) {
            let schools = (first..place.schools().min(first + 100)).map(|number| place.school(number));
            self.keep.schools(schools.collect()).await?;
        }
        let mut told = Told::default();
        for first in (0..district.students).step_by(ENTERED as usize) {
            let numbers = first..district.students.min(first + ENTERED);
            self.keep.students(numbers.clone().map(|number| place.student(number)).collect()).await?;
            let stories = stream::iter(numbers).map(|number| async move {
                let history = story(district, number);
                Ok::<_, Error>((history.is_empty(), self.commands.recount(&history).await?))
            });
            let mut stories = stories.buffer_unordered(AT_ONCE);
            while let Some((without_case, recounted)) = stories.try_next().await? {
                told.students += 1;
                told.cases += u64::from(!without_case);
                told.events += recounted.events as u64;
                told.refused += recounted.refused.len() as u64;
                progress(&told);
            }
        }
        Ok(told)
    }
}
