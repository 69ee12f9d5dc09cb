//! Tables of figures: what the queries give that Kept writes.

use super::kind::Kind;
use super::mapping::{Mapping, Meaning};
use crate::engine::table::profile::Settled;
use crate::engine::table::{Profile, Table};

/// The headers that all of them have, and that nothing else has together.
const HEADERS: [&str; 7] = [
    "kpi",
    "variant",
    "covers",
    "period_start",
    "period_end",
    "value",
    "n",
];

/// Whether a table has all of them.
pub(super) fn is_one(table: &Table) -> bool {
    HEADERS.iter().all(|header| table.find(header).is_some())
}

/// What such a table means: its columns are known by their headers and have no roles.
pub(super) fn mapping(profiles: &[Profile]) -> Mapping {
    let meaning = |profile: &Profile| {
        let mut meaning = Meaning {
            confidence: 1.0,
            because: String::from("A column of the queries that Kept writes"),
            ..Meaning::default()
        };
        if let Settled::Proven(decimal) = profile.decimal() {
            meaning.decimal = decimal;
        }
        meaning
    };
    Mapping {
        kinds: vec![Kind::Figures],
        columns: profiles.iter().map(meaning).collect(),
        ..Mapping::default()
    }
}
