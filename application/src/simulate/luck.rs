//! Chance and ids that follow from the seed and from what they are for.
use std::ops::Range;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use super::District;

/// The name space of everything that is made up.
const SPACE: Uuid = Uuid::from_u128(0x51f0_0d15_7e1c_4000_8000_0000_0000_0001);

impl District {
    /// The id of the thing of that name.
    pub(super) fn id(&self, name: &str) -> Uuid {
        Uuid::new_v5(&SPACE, format!("{}/{name}", self.seed).as_bytes())
    }

    /// Chance in one matter.
    pub(super) fn luck(&self, matter: &str) -> Luck {
        let mut seed = [0; 32];
        seed[..16].copy_from_slice(self.id(matter).as_bytes());
        Luck(ChaCha8Rng::from_seed(seed))
    }
}

/// Chance in one matter.
pub(super) struct Luck(ChaCha8Rng);

impl Luck {
    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, so_many: u32) -> bool {
        self.0.random_range(0..100) < so_many
    }

    pub(super) fn between(&mut self, range: Range<u64>) -> u64 {
        self.0.random_range(range)
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.0.random_range(0..from.len())]
    }

    /// Picks by shares of a hundred; the last takes what is left.
    pub(super) fn share<T: Copy>(&mut self, shares: &[(u32, T)]) -> Option<T> {
        let mut left = self.0.random_range(0..100);
        let within = |(share, _): &&(u32, T)| {
            let hit = left < *share;
            left = left.saturating_sub(*share);
            hit
        };
        shares.iter().find(within).or(shares.last()).map(|(_, what)| *what)
    }
}
