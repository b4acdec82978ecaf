//! Chance that falls the same way every time.
use std::ops::RangeInclusive;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

/// The seed of everything: another one makes another school.
const SEED: Uuid = Uuid::from_u128(0x0001_9c5e_41de_7000_8000_7487_006c_1e55);

/// The id of the thing that the demo knows by that name.
pub(super) fn id<Id: From<Uuid>>(name: &str) -> Id {
    Uuid::new_v5(&SEED, name.as_bytes()).into()
}

/// Chance in one matter: what is drawn in another does not change how this one goes on.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn in_matter(name: &str) -> Self {
        let halves: [Uuid; 2] = [id(&format!("chance/{name}")), id(&format!("luck/{name}"))];
        let mut seed = [0; 32];
        seed[..16].copy_from_slice(halves[0].as_bytes());
        seed[16..].copy_from_slice(halves[1].as_bytes());
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, so_many: i64) -> bool {
        self.between(0..=99) < so_many
    }

    pub(super) fn between(&mut self, range: RangeInclusive<i64>) -> i64 {
        self.0.random_range(range)
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.0.random_range(0..from.len())]
    }

    /// The days of a week, Monday being 0, in the order in which they come to mind.
    pub(super) fn weekdays(&mut self) -> [i64; 5] {
        let mut days = [0, 1, 2, 3, 4];
        for place in (1..days.len()).rev() {
            days.swap(place, self.0.random_range(0..=place));
        }
        days
    }
}
