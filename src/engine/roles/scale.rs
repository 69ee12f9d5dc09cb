//! The scale of a score column, and codes on it that may stand for "no answer".

use super::mapping::ScoreQuestion;
use crate::engine::options::MissingCode;
use crate::engine::table::Profile;

/// What the answers in a column say about its scale.
#[derive(Clone, Debug, PartialEq)]
pub enum ScaleFound {
    /// The lowest and highest possible answer, and why.
    Settled((f64, f64), String),
    /// The scale is clear but for these codes, which lie outside it.
    Codes((f64, f64), Vec<f64>),
    /// Several scales fit.
    Undecided(Vec<(f64, f64)>),
    /// No numbers to tell it from.
    Unknown,
}

/// Usual highest answers of scales that begin at 1.
const TOPS: [f64; 5] = [3.0, 4.0, 5.0, 7.0, 10.0];

/// From so many answers on, a top answer that nobody gave is taken not to exist.
const ENOUGH_ANSWERS: u64 = 30;

/// Finds the scale from the different answers, `missing` codes left out.
pub fn find(question: ScoreQuestion, profile: &Profile, missing: &[MissingCode]) -> ScaleFound {
    let coded = |value: f64| {
        missing
            .iter()
            .any(|code| matches!(code, MissingCode::Number(n) if (n - value).abs() < 1e-9))
    };
    let Some(values) = &profile.small_values else {
        return match profile.range {
            // Too many different answers to list, such as means with decimals.
            Some((low, high)) if low >= 0.0 && high <= 10.0 => ScaleFound::Settled(
                if question == ScoreQuestion::Nps {
                    (0.0, 10.0)
                } else {
                    (1.0, if high <= 5.0 { 5.0 } else { 10.0 })
                },
                String::from("All answers lie on it"),
            ),
            Some(_) => ScaleFound::Undecided(vec![(0.0, 10.0), (0.0, 100.0)]),
            None => ScaleFound::Unknown,
        };
    };
    let values: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| !coded(*value))
        .collect();
    if values.is_empty() {
        return ScaleFound::Unknown;
    }
    if question == ScoreQuestion::Nps {
        return with_codes((0.0, 10.0), &values, "Recommendation is asked from 0 to 10");
    }
    let inside: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| (0.0..=10.0).contains(value))
        .collect();
    let Some(&high) = inside.last() else {
        return ScaleFound::Unknown;
    };
    let low = inside.first().copied().unwrap_or(high);
    if low < 0.5 {
        return if high > 7.0 {
            with_codes((0.0, 10.0), &values, "Answers run from 0 to 10")
        } else if high <= 1.0 {
            ScaleFound::Settled((0.0, 1.0), String::from("Only 0 and 1 are answered"))
        } else if is_top(high) {
            // A zero under a scale from 1 is usually "no answer", but nobody can be sure.
            ScaleFound::Codes(
                (1.0, top_of(high, profile.filled())),
                outside((1.0, high), &values),
            )
        } else {
            ScaleFound::Undecided(vec![(1.0, 5.0), (0.0, high), (1.0, 7.0)])
        };
    }
    if !is_top(high) && high < 7.0 && high > 5.0 {
        return ScaleFound::Undecided(vec![(1.0, 5.0), (1.0, 6.0), (1.0, 7.0)]);
    }
    let top = top_of(high, profile.filled());
    with_codes((1.0, top), &values, "The highest answers fit it")
}

fn is_top(high: f64) -> bool {
    TOPS.iter().any(|top| (top - high).abs() < 1e-9)
}

/// The smallest usual top that is not below the highest answer. With few answers a scale of less
/// than five is not believed.
fn top_of(high: f64, answers: u64) -> f64 {
    let least = if answers >= ENOUGH_ANSWERS { 3.0 } else { 5.0 };
    TOPS.into_iter()
        .find(|top| *top >= high && *top >= least)
        .unwrap_or(10.0)
}

fn outside(scale: (f64, f64), values: &[f64]) -> Vec<f64> {
    values
        .iter()
        .copied()
        .filter(|value| *value < scale.0 || *value > scale.1)
        .collect()
}

fn with_codes(scale: (f64, f64), values: &[f64], because: &str) -> ScaleFound {
    let codes = outside(scale, values);
    if codes.is_empty() {
        ScaleFound::Settled(scale, because.to_owned())
    } else {
        ScaleFound::Codes(scale, codes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::table::ColumnBuilder;

    #[track_caller]
    fn check(question: ScoreQuestion, answers: &[f64], missing: &[f64], expected: &ScaleFound) {
        let mut builder = ColumnBuilder::new("s");
        for _ in 0..10 {
            for answer in answers {
                builder.push(&answer.to_string());
            }
        }
        let missing: Vec<MissingCode> = missing
            .iter()
            .map(|code| MissingCode::Number(*code))
            .collect();
        let found = find(question, &Profile::of(&builder.finish()), &missing);
        let found = match found {
            ScaleFound::Settled(scale, _) => ScaleFound::Settled(scale, String::new()),
            other => other,
        };
        assert_eq!(&found, expected);
    }

    fn settled(low: f64, high: f64) -> ScaleFound {
        ScaleFound::Settled((low, high), String::new())
    }

    #[test]
    fn a_recommendation_outside_zero_to_ten_is_a_code_to_ask_about() {
        check(
            ScoreQuestion::Nps,
            &[0.0, 5.0, 10.0, 11.0],
            &[],
            &ScaleFound::Codes((0.0, 10.0), vec![11.0]),
        );
        check(
            ScoreQuestion::Nps,
            &[0.0, 5.0, 10.0, 11.0],
            &[11.0],
            &settled(0.0, 10.0),
        );
        check(ScoreQuestion::Nps, &[9.0, 10.0], &[], &settled(0.0, 10.0));
    }

    #[test]
    fn satisfaction_scales_are_told_by_their_highest_answer() {
        check(
            ScoreQuestion::Csat,
            &[1.0, 3.0, 5.0],
            &[],
            &settled(1.0, 5.0),
        );
        check(
            ScoreQuestion::Csat,
            &[1.0, 4.0, 7.0],
            &[],
            &settled(1.0, 7.0),
        );
        check(
            ScoreQuestion::Csat,
            &[2.0, 8.0, 9.0],
            &[],
            &settled(1.0, 10.0),
        );
        check(
            ScoreQuestion::Csat,
            &[0.0, 1.0, 5.0],
            &[],
            &ScaleFound::Codes((1.0, 5.0), vec![0.0]),
        );
        check(
            ScoreQuestion::Csat,
            &[0.0, 1.0, 5.0, 6.0],
            &[0.0, 6.0],
            &settled(1.0, 5.0),
        );
        check(
            ScoreQuestion::Csat,
            &[1.0, 5.0, 99.0],
            &[],
            &ScaleFound::Codes((1.0, 5.0), vec![99.0]),
        );
    }

    #[test]
    fn six_as_the_highest_answer_cannot_be_decided() {
        check(
            ScoreQuestion::Csat,
            &[1.0, 5.0, 6.0],
            &[],
            &ScaleFound::Undecided(vec![(1.0, 5.0), (1.0, 6.0), (1.0, 7.0)]),
        );
    }
}
