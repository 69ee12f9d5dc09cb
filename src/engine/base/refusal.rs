//! Refusals: why one KPI cannot be given honestly, and what to do next.

use serde::{Deserialize, Serialize};

/// Why a KPI has no value. Undefined is never shown as zero.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Refusal {
    /// Stable, `snake_case`; listed in `www/docs/codes.md`.
    pub code: String,
    /// One sentence: what is missing and why that matters.
    pub message: String,
    /// What to do or read instead.
    pub hint: String,
}

impl Refusal {
    /// A refusal with its code, what is missing, and what to do.
    pub fn new(code: &str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// A result that may be refused.
pub type Outcome<T> = Result<T, Refusal>;
