//! What `12:30` counts in a column of durations: hours and minutes, or minutes and seconds.

use super::mapping::Meaning;
use super::seen::Seen;
use crate::engine::options::ClockForm;
use crate::engine::report::Question;
use crate::engine::table::profile::Settled;

/// Takes the user's word, else that of the header, else that of the cells, else asks.
pub fn settle(
    meaning: &mut Meaning,
    seen: &Seen<'_>,
    name: &str,
    said: Option<ClockForm>,
    questions: &mut Vec<Question>,
) {
    if let Some(form) = said.or_else(|| in_header(name)) {
        meaning.clock = form;
        return;
    }
    match seen.profile.clock_form() {
        Settled::Proven(form) => meaning.clock = form,
        Settled::Indifferent => {}
        Settled::Undecided => {
            meaning.open.push("clock");
            questions.push(Question {
                count: Some(seen.profile.duration_shape.two_parts),
                asks: format!("Are the durations in “{name}” hours and minutes?"),
                because: String::from(
                    "Two numbers with a colon may also be minutes and seconds, and the header does not say.",
                ),
                ..Question::about(
                    "clock",
                    name,
                    vec![
                        String::from("hours_minutes"),
                        String::from("minutes_seconds"),
                    ],
                )
            });
        }
    }
}

/// The form that a header names: `hh:mm`, `mm:ss`, or hours as the unit.
fn in_header(name: &str) -> Option<ClockForm> {
    let lower = name.to_lowercase();
    if lower.contains("h:m") {
        return Some(ClockForm::HoursMinutes);
    }
    if lower.contains("m:s") {
        return Some(ClockForm::MinutesSeconds);
    }
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words
        .any(|word| ["hours", "hour", "hrs", "hr", "h", "stunden", "heures"].contains(&word))
        .then_some(ClockForm::HoursMinutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_that_names_the_form_is_believed() {
        for (header, form) in [
            (
                "First response time (in hrs)",
                Some(ClockForm::HoursMinutes),
            ),
            ("Resolution time (hh:mm)", Some(ClockForm::HoursMinutes)),
            ("Talk time [HH:MM:SS]", Some(ClockForm::HoursMinutes)),
            ("Talk time mm:ss", Some(ClockForm::MinutesSeconds)),
            ("Resolution time", None),
            ("Minutes to reply", None),
        ] {
            assert_eq!(in_header(header), form, "{header}");
        }
    }
}
