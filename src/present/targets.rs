//! Targets in sentences: what the rest of the year must bring, and how segments stand.

use super::{Reader, card, words};
use crate::engine::base::{Date, Unit};
use crate::engine::report::{Finding, RestOfYear, RestOutcome, RestWay, SegmentPoint};
use crate::present::language::say;
use crate::told;

/// What follows from the targets of a figure and of its segments.
pub fn says(reader: &Reader<'_>, finding: &Finding) -> Vec<String> {
    let mut says = Vec::new();
    if let Some(target) = &finding.target {
        if let Some(rest) = &target.rest_of_year {
            says.push(rest_says(reader, finding, rest));
        } else if let Some(refusal) = &target.refusal {
            says.push(reader.habits.sentence(&refusal.message));
        }
    }
    let segments = finding.segments.iter();
    says.extend(segments.filter_map(|segment| segment_says(reader, finding, segment)));
    says
}

/// "Team ≥ 90.0%: met (92.1%, 90.3% to 93.4%)."
fn segment_says(reader: &Reader<'_>, finding: &Finding, segment: &SegmentPoint) -> Option<String> {
    let habits = reader.habits;
    let target = segment.target.as_ref()?;
    let value = habits.value(segment.value?, finding.unit);
    let sign = card::target_sign(reader, finding);
    let wanted = habits.value(target.value, finding.unit);
    let verdict = card::target_verdict(target.met);
    let range = match (segment.low, segment.high) {
        (Some(low), Some(high)) => format!(", {}", habits.range(low, high, finding.unit)),
        _ => String::new(),
    };
    let name = if segment.is.trim().is_empty() {
        say(words::NOT_AVAILABLE)
    } else {
        segment.is.trim()
    };
    Some(format!(
        "{name} {sign}{wanted}: {verdict} ({value}{range})."
    ))
}

/// The arithmetic of the rest of the year, in one or two sentences.
fn rest_says(reader: &Reader<'_>, finding: &Finding, rest: &RestOfYear) -> String {
    let value = |number: f64| reader.habits.fine(number, finding.unit);
    let begins = rest
        .begins
        .and_then(|month| Date::from_ymd(rest.year, month, 1));
    let year = begins.map_or_else(
        || rest.year.to_string(),
        |first| format!("{} {}", say(words::YEAR_FROM), reader.habits.month(first)),
    );
    let wanted = value(rest.wanted);
    let so_far = rest.so_far.map(value);
    let verdict = match rest.outcome {
        RestOutcome::Met => Some(say(words::MET)),
        RestOutcome::Missed => Some(say(words::MISSED)),
        _ => None,
    };
    if let Some(verdict) = verdict {
        let reached = so_far.unwrap_or_else(|| say(words::NOT_AVAILABLE).to_owned());
        let year = words::sentence(&year);
        return told!(
            "{0} is over at {1}: the target of {2} was {3}.",
            year,
            reached,
            wanted,
            verdict
        );
    }
    let left = months(rest.months_left);
    let needed = rest.needed.map_or_else(String::new, value);
    let done = months(rest.months_done);
    let lead = match (rest.way, &so_far) {
        (RestWay::Sum, Some(so_far)) if rest.months_done > 0 => told!(
            "For {0} in {1}, the {2} left must bring {3} a month: {0} less {4} of the {5} that are over, parted by {6}.",
            wanted,
            year,
            left,
            needed,
            so_far,
            done,
            rest.months_left
        ),
        (RestWay::Sum, _) => told!(
            "For {0} in {1}, each of the {2} left must bring {3} on average.",
            wanted,
            year,
            left,
            needed
        ),
        (RestWay::Level, Some(so_far)) => told!(
            "To stand at {0} at the end of {1}, from {2} now, it must change by {3} in each of the {4} left.",
            wanted,
            year,
            so_far,
            needed,
            left
        ),
        (RestWay::Level, None) => String::new(),
        (RestWay::Rate, _) => rate_says(
            reader,
            rest,
            [&wanted, &year, &left, &needed, &done],
            so_far,
        ),
    };
    match rest.outcome {
        RestOutcome::Secured => told!("{0} It is met whatever they bring.", lead),
        RestOutcome::OutOfReach => told!("{0} That cannot be any more.", lead),
        _ => lead,
    }
}

/// What the rest of the year must come to, where months weigh differently.
fn rate_says(
    reader: &Reader<'_>,
    rest: &RestOfYear,
    [wanted, year, left, needed, done]: [&str; 5],
    so_far: Option<String>,
) -> String {
    let weights = rest.weight_a_month.map_or_else(String::new, |each| {
        told!(
            " This takes each month to weigh {0}, as the last ones did on average.",
            reader.habits.value(each.round(), Unit::Count)
        )
    });
    let past = so_far.map_or_else(String::new, |so_far| {
        told!(", after {0} in the {1} that are over", so_far, done)
    });
    told!(
        "For {0} over {1}, the {2} left must come to {3} on average{4}.{5}",
        wanted,
        year,
        left,
        needed,
        past,
        weights
    )
}

fn months(count: u32) -> String {
    if count == 1 {
        String::from(say("1 month"))
    } else {
        told!("{0} months", count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::report::TargetReport;
    use crate::present::example::{Example, plain};

    fn rest() -> RestOfYear {
        RestOfYear {
            year: 2026,
            begins: None,
            way: RestWay::Rate,
            wanted: 0.03,
            months_done: 10,
            months_left: 2,
            so_far: Some(0.032),
            weight_so_far: Some(1_000.0),
            weight_a_month: Some(100.0),
            needed: Some(0.02),
            outcome: RestOutcome::Needed,
        }
    }

    fn told(rest: RestOfYear) -> Vec<String> {
        let mut example = Example::new();
        let finding = &mut example.report.findings[0];
        let wanted = finding.target.as_mut().unwrap();
        wanted.rest_of_year = Some(rest);
        finding.segments[0].target = Some(TargetReport {
            value: 0.05,
            met: None,
            rest_of_year: None,
            refusal: None,
        });
        let says = says(&example.reader(), example.finding(0));
        says.iter().map(|it| plain(it)).collect()
    }

    #[test]
    fn the_arithmetic_is_told_with_its_terms() {
        let says = told(rest());
        assert_eq!(
            says[0],
            "For 3.00% over 2026, the 2 months left must come to 2.00% on average, after 3.20% in the 10 months that are over. This takes each month to weigh 100, as the last ones did on average."
        );
        assert_eq!(
            says[1],
            "Team ≤ 5.0%: cannot tell yet (1.0%, 0.10 to 5.2%)."
        );
    }

    #[test]
    fn a_year_that_begins_in_april_is_named_by_its_first_month() {
        let april = RestOfYear {
            begins: Some(4),
            ..rest()
        };
        assert!(told(april)[0].starts_with("For 3.00% over the year from Apr 2026, the 2 months"));
    }

    #[test]
    fn what_can_no_longer_be_and_what_is_over_are_told() {
        let out = RestOfYear {
            needed: Some(-0.1),
            outcome: RestOutcome::OutOfReach,
            ..rest()
        };
        assert!(told(out)[0].ends_with("That cannot be any more."));
        let over = RestOfYear {
            months_left: 0,
            needed: None,
            outcome: RestOutcome::Missed,
            ..rest()
        };
        assert_eq!(
            told(over)[0],
            "2026 is over at 3.20%: the target of 3.00% was missed."
        );
    }
}
