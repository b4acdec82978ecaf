//! What a successful request is answered with.
mod listed;
mod shown;
mod written;

pub use listed::Listed;
pub use shown::Shown;
pub use written::Written;
