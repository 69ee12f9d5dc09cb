//! The zone that a choice names.

use crate::engine::base::{Error, Zone};
use crate::engine::table::value::date;

/// The zone of `UTC`, of an offset such as `+02:00`, or of a name such as `Europe/Berlin`.
///
/// # Errors
/// `timezone_unsupported`.
pub fn named(name: &str) -> Result<Zone, Error> {
    let name = name.trim();
    let offset = || {
        let stamp = date::parse_iso(format!("2000-01-01T00:00:00{name}").as_bytes())?;
        stamp.offset_minutes.map(Zone::fixed)
    };
    offset().or_else(|| Zone::named(name)).ok_or_else(|| {
        Error::new(
            "timezone_unsupported",
            "The time zone is neither an offset such as +02:00 nor the name of a zone.",
            "Give UTC, the offset from UTC, or a name such as Europe/Berlin or America/New_York.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_names_are_zones() {
        for (name, minutes) in [
            ("UTC", 0),
            ("z", 0),
            ("Z", 0),
            ("+02:00", 120),
            ("-03:30", -210),
        ] {
            assert_eq!(
                named(name).unwrap().constant(),
                Some(minutes * 60_000),
                "{name}"
            );
        }
        assert_eq!(named("Europe/Berlin").unwrap().constant(), None);
        for name in ["", "Berlin", "+25:00", "Europe/Nowhere"] {
            assert_eq!(
                named(name).unwrap_err().code,
                "timezone_unsupported",
                "{name}"
            );
        }
    }
}
