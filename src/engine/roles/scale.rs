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
            // So many different whole numbers fit on no shorter scale.
            Some((low, high))
                if low >= 0.0
                    && high <= 100.0
                    && profile.whole_numbers == profile.numbers()
                    && question != ScoreQuestion::Nps =>
            {
                ScaleFound::Settled((0.0, 100.0), String::from("All answers lie on it"))
            }
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
    if let Some(found) = of_a_hundred(question, &values) {
        return found;
    }
    if question == ScoreQuestion::Nps {
        let (low, high) = (values.first().copied(), values.last().copied());
        // So many answers would hold a zero or a high one, were they given from 0 to 10.
        if profile.filled() >= ENOUGH_ANSWERS
            && low.is_some_and(|low| low >= 1.0)
            && let Some(top) = [5.0, 7.0]
                .into_iter()
                .find(|top| high.is_some_and(|it| it <= *top))
            && values.len() > 2
        {
            return ScaleFound::Undecided(vec![(1.0, top), (0.0, 10.0)]);
        }
        return with_codes((0.0, 10.0), &values, "Recommendation is asked from 0 to 10");
    }
    let inside: Vec<f64> = values
        .iter()
        .copied()
        .filter(|value| (0.0..=10.0).contains(value))
        .collect();
    let Some(&high) = inside.last() else {
        // Nothing lies on any usual scale.
        return ScaleFound::Undecided(vec![(0.0, 10.0), (0.0, 100.0)]);
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

/// Numbers beyond ten that stand for "no answer" more often than for an answer.
const USUAL_CODES: [f64; 9] = [11.0, 12.0, 66.0, 77.0, 88.0, 96.0, 97.0, 98.0, 99.0];

/// The scale where several different answers lie between 10 and 100 that are no usual codes, or
/// where all answers are parts of one.
fn of_a_hundred(question: ScoreQuestion, values: &[f64]) -> Option<ScaleFound> {
    let count = |fits: &dyn Fn(f64) -> bool| values.iter().filter(|value| fits(**value)).count();
    let beyond = count(&|value| {
        value > 10.0
            && value <= 100.0
            && !USUAL_CODES.iter().any(|code| (code - value).abs() < 1e-9)
    });
    let parts = count(&|value| value > 0.0 && value < 1.0);
    if parts > 0 && count(&|value| (0.0..=1.0).contains(&value)) == values.len() {
        // Percentages, or a mean that was made small.
        return Some(ScaleFound::Undecided(vec![
            (0.0, 1.0),
            (0.0, 5.0),
            (0.0, 10.0),
        ]));
    }
    if beyond < 2 {
        return None;
    }
    let low = count(&|value| value > 0.0 && value < 10.0);
    let high = values
        .iter()
        .copied()
        .filter(|value| *value <= 100.0)
        .fold(0.0, f64::max);
    if question == ScoreQuestion::Nps || low > beyond {
        return Some(ScaleFound::Undecided(vec![(0.0, 10.0), (0.0, 100.0)]));
    }
    Some(if high > 50.0 {
        with_codes((0.0, 100.0), values, "Answers run from 0 to 100")
    } else if high > 20.0 {
        ScaleFound::Undecided(vec![(0.0, 50.0), (0.0, 100.0)])
    } else {
        ScaleFound::Undecided(vec![(0.0, 20.0), (0.0, 100.0)])
    })
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
    fn answers_up_to_a_hundred_are_told_from_codes() {
        use ScoreQuestion::{Csat, Nps};
        check(
            Csat,
            &[0.0, 25.0, 50.0, 75.0, 100.0],
            &[],
            &settled(0.0, 100.0),
        );
        check(Csat, &[60.0, 70.0, 80.0, 95.0], &[], &settled(0.0, 100.0));
        check(Csat, &[0.0, 5.0, 50.0, 90.0], &[], &settled(0.0, 100.0));
        let many: Vec<f64> = (0..40).map(|step| f64::from(step) * 2.0).collect();
        check(Csat, &many, &[], &settled(0.0, 100.0));
        check(
            Csat,
            &[40.0, 80.0, 999.0],
            &[],
            &ScaleFound::Codes((0.0, 100.0), vec![999.0]),
        );
        let long = ScaleFound::Undecided(vec![(0.0, 20.0), (0.0, 100.0)]);
        check(Csat, &[13.0, 15.0, 20.0], &[], &long);
        let either = ScaleFound::Undecided(vec![(0.0, 10.0), (0.0, 100.0)]);
        check(Csat, &[1.0, 2.0, 3.0, 4.0, 50.0, 60.0], &[], &either);
        check(Nps, &[0.0, 10.0, 70.0, 90.0], &[], &either);
        check(
            Csat,
            &[1.0, 5.0, 98.0, 99.0],
            &[],
            &ScaleFound::Codes((1.0, 5.0), vec![98.0, 99.0]),
        );
        check(Csat, &[150.0, 200.0], &[], &either);
        let parts = ScaleFound::Undecided(vec![(0.0, 1.0), (0.0, 5.0), (0.0, 10.0)]);
        check(Csat, &[0.6, 0.75, 1.0], &[], &parts);
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
