//! How many streams each caller has open.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use domain::StaffId;
use metrics::gauge;

use crate::{Problem, problem};

const OPEN: &str = "change_streams_open";
const SOON: HeaderValue = HeaderValue::from_static("5");

/// The streams that are open.
#[derive(Debug, Clone, Default)]
pub struct Seats(Arc<Mutex<HashMap<StaffId, usize>>>);

/// One open stream, until it is dropped.
#[derive(Debug)]
pub struct Seat {
    of: StaffId,
    seats: Seats,
}

impl Seats {
    /// One more for `caller`, who may have so many.
    pub fn take(&self, caller: StaffId, most: usize) -> Result<Seat, Problem> {
        let mut taken = self.taken();
        let own = taken.entry(caller).or_default();
        if *own >= most {
            let said = "You have as many streams of changes open as one caller may have.";
            return Err(Problem::from(problem::TOO_MANY_REQUESTS).detail(said).header(RETRY_AFTER, SOON));
        }
        *own += 1;
        gauge!(OPEN).increment(1);
        Ok(Seat { of: caller, seats: self.clone() })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<StaffId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        if let Some(own) = taken.get_mut(&self.of) {
            *own -= 1;
        }
        taken.retain(|_, own| *own > 0);
        gauge!(OPEN).decrement(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_free_again_when_the_stream_ends() {
        let (seats, caller) = (Seats::default(), StaffId::default());
        let first = seats.take(caller, 1).expect("a seat");
        assert!(seats.take(caller, 1).is_err() && seats.take(uuid::Uuid::max().into(), 1).is_ok());
        drop(first);
        assert!(seats.take(caller, 1).is_ok() && seats.taken().is_empty());
    }
}
