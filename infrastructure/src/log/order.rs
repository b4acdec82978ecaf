//! The lock by which a writer tells readers how far the log can be complete.
//!
//! A transaction that draws positions holds, from before the first until it ends, a shared lock whose number is the
//! last position that had been drawn before. All its positions are above it: a reader that stays at or below the
//! lowest such lock, and at or below the last position drawn before it looked for locks, skips nobody.

/// What a writer runs first thing in its transaction, before any savepoint and before it draws positions.
///
/// 76 is our namespace among the database's advisory locks: their topmost byte, below 128 and used for nothing else.
pub const HOLD_BACK: &str =
    "SELECT pg_advisory_xact_lock_shared(76::bigint << 56 | CASE WHEN is_called THEN last_value ELSE 0 END)
     FROM positions";
