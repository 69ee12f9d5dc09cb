//! Errors: why a whole run cannot go on.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a run ended without a report.
///
/// `code` is stable and never holds data of the user; `message` may name a file, last.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Error {
    /// Stable, `snake_case`; listed in `www/docs/codes.md`.
    pub code: String,
    /// What, where, found, expected.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Error {
    /// An error with its code, what was found where, and what to do.
    pub fn new(code: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            hint: hint.into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
