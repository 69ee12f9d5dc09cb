//! The measures that a score is made of, as a table.

use super::{Reader, words};
use crate::engine::base::Unit;
use crate::engine::report::{Finding, MeasureReport};
use crate::present::language::{say, say_text};

/// One measure of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureView {
    /// Its header; of two columns both.
    pub name: String,
    /// Why it was taken, and what it counts where it is missing or old.
    pub because: String,
    /// Its group; empty where it is in none.
    pub group: String,
    /// How values become points.
    pub points: String,
    /// Its points on average; empty where no account has it.
    pub mean: String,
    /// Its share of the weight.
    pub weight: String,
    /// The share of the accounts with a score that have it, and how many those are.
    pub coverage: String,
    /// What it adds to the mean score.
    pub adds: String,
}

/// The measures of a finding, in their order; none for figures that are no such score.
pub fn measures(reader: &Reader<'_>, finding: &Finding) -> Vec<MeasureView> {
    let of = finding.n.unwrap_or_default();
    let measures = finding.measures.iter();
    measures.map(|it| measure(reader, it, of)).collect()
}

/// What a measure is called. Figures of ours have names of several words; a header stays as it is.
pub fn name(measure: &str) -> String {
    if measure.contains(' ') {
        say_text(measure).into_owned()
    } else {
        measure.to_owned()
    }
}

fn measure(reader: &Reader<'_>, measure: &MeasureReport, of: u64) -> MeasureView {
    let habits = reader.habits;
    let points = |points: f64| habits.value(points, Unit::Score);
    let share = |share: f64| habits.value(share, Unit::Ratio);
    let missing = match measure.missing.as_str() {
        "neutral" => say(words::MISSING_NEUTRAL),
        "zero" => say(words::MISSING_ZERO),
        "withhold" => say(words::MISSING_WITHHOLD),
        _ => say(words::MISSING_LEAVE_OUT),
    };
    let stale = measure.fresh_days.map_or_else(String::new, |days| {
        format!(
            " {} {}.",
            say(words::MEASURE_STALE),
            habits.value(days, Unit::Days)
        )
    });
    let covered = if of > 0 {
        format!(
            "{} ({})",
            share(measure.accounts as f64 / of as f64),
            habits.count(measure.accounts)
        )
    } else {
        String::new()
    };
    MeasureView {
        name: name(&measure.name),
        because: format!("{}. {missing}{stale}", words::sentence(&measure.because)),
        group: measure.group.clone().unwrap_or_default(),
        points: words::sentence(&measure.points),
        mean: measure.mean_points.map_or_else(String::new, points),
        weight: share(measure.weight),
        coverage: covered,
        adds: points(measure.adds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::options::Direction;
    use crate::present::example::Example;

    #[test]
    fn a_measure_says_what_it_weighs_whom_it_covers_and_why_it_counts() {
        let example = Example::new();
        let mut finding = example.finding(0).clone();
        assert!(measures(&example.reader(), &finding).is_empty());
        finding.n = Some(40);
        finding.measures = vec![MeasureReport {
            name: String::from("logins"),
            column: String::from("logins"),
            per: None,
            span: Some((2.0, 40.0)),
            direction: Direction::HighIsGood,
            points: String::from("0 points at 2, 100 points at 40"),
            because: String::from("header reads like “Logins”"),
            group: Some(String::from("Use")),
            weight: 0.25,
            missing: String::from("neutral"),
            fresh_days: Some(90.0),
            accounts: 30,
            mean_points: Some(62.0),
            adds: 15.5,
        }];
        let found = measures(&example.reader(), &finding);
        let [logins] = found.as_slice() else { panic!() };
        assert_eq!(
            (logins.weight.as_str(), logins.coverage.as_str()),
            ("25.0%", "75.0% (30)")
        );
        assert_eq!(
            (logins.mean.as_str(), logins.adds.as_str()),
            ("62.0", "15.5")
        );
        assert_eq!(logins.group, "Use");
        assert_eq!(
            logins.because,
            "Header reads like “Logins”. Counts 50 points where it is missing. Too old after 90\u{a0}days."
        );
    }
}
