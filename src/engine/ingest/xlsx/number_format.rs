//! Tells from a cell's number format whether its number is a date, a time or a duration.

/// What a number format makes of a number.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Moment {
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A time of day.
    Time,
    /// Hours, minutes or seconds beyond a day: `[h]:mm:ss`.
    Duration,
}

/// What a format code makes of numbers; `None` where they stay numbers.
pub fn moment(code: &str) -> Option<Moment> {
    let letters = Letters::of(code);
    if letters.elapsed {
        return Some(Moment::Duration);
    }
    let time = letters.hour || letters.second || letters.noon;
    // A lone m is a month; beside hours or seconds it is minutes.
    let date = letters.day || letters.year || (letters.month && !time);
    match (date, time) {
        (true, true) => Some(Moment::DateTime),
        (true, false) => Some(Moment::Date),
        (false, true) => Some(Moment::Time),
        (false, false) => None,
    }
}

/// The letters of a code that mean something.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "a set of letters")]
struct Letters {
    day: bool,
    month: bool,
    year: bool,
    hour: bool,
    second: bool,
    noon: bool,
    elapsed: bool,
}

impl Letters {
    /// The letters of the first section.
    fn of(code: &str) -> Self {
        let mut found = Self::default();
        let mut rest = code.chars();
        while let Some(character) = rest.next() {
            match character.to_ascii_lowercase() {
                ';' => break,
                '\\' | '_' | '*' => {
                    rest.next();
                }
                '"' => {
                    rest.by_ref().find(|character| *character == '"');
                }
                '[' => {
                    let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                    let inside = inside.to_ascii_lowercase();
                    found.elapsed |= !inside.is_empty()
                        && ['h', 'm', 's']
                            .iter()
                            .any(|unit| inside.chars().all(|c| c == *unit));
                }
                'd' => found.day = true,
                'm' => found.month = true,
                'y' => found.year = true,
                'h' => found.hour = true,
                's' => found.second = true,
                'a' => {
                    let after = rest.as_str().to_ascii_lowercase();
                    found.noon |= after.starts_with("m/pm") || after.starts_with("/p");
                    if after.starts_with("m/pm") {
                        rest.nth(3);
                    }
                }
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_days_times_and_durations_from_numbers() {
        for (code, expected) in [
            ("General", None),
            ("0.00", None),
            ("0.00E+00", None),
            ("#,##0.00 \"days\"", None),
            ("[$-409]#,##0.00", None),
            ("[Red]0.0%", None),
            ("_-* #,##0.00\\ \"DM\"_-", None),
            ("yyyy-mm-dd", Some(Moment::Date)),
            ("mm-dd-yy", Some(Moment::Date)),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Some(Moment::Date)),
            ("mmm-yy", Some(Moment::Date)),
            ("mmmm", Some(Moment::Date)),
            ("m/d/yy h:mm", Some(Moment::DateTime)),
            ("yyyy\\-mm\\-dd\\Thh:mm:ss", Some(Moment::DateTime)),
            ("h:mm AM/PM", Some(Moment::Time)),
            ("mm:ss", Some(Moment::Time)),
            ("[h]:mm:ss", Some(Moment::Duration)),
            ("[mm]:ss", Some(Moment::Duration)),
            ("0;yyyy", None),
        ] {
            assert_eq!(moment(code), expected, "{code}");
        }
    }
}
