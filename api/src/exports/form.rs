//! In which form somebody wants a table.
use actix_web::{HttpRequest, http::header::ACCEPT};

/// The media type of Parquet files.
pub const PARQUET: &str = "application/vnd.apache.parquet";

/// A form of tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Form {
    /// RFC 4180, in UTF-8
    #[default]
    Csv,
    /// Apache Parquet
    Parquet,
}

impl Form {
    /// Parquet where it is asked for, CSV else.
    pub fn asked_for(request: &HttpRequest) -> Self {
        let accept = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if accept.contains(PARQUET) { Self::Parquet } else { Self::Csv }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => PARQUET,
        }
    }

    /// With what the name of a file ends.
    pub fn ending(self) -> &'static str {
        self.into()
    }
}
