//! How well the scores of a past day told who would leave.

use super::refusals;
use crate::engine::facts::health::Band;
use crate::engine::report::{BacktestFigure, BacktestHorizon, BacktestPart, Verdict};
use crate::engine::stats::calibration::{self, Bin};
use crate::engine::stats::lift::{self, Share};
use crate::engine::stats::{fisher, proportion, roc};

/// Name of the method of intervals of shares.
const WILSON: &str = "Wilson score";
/// Name of the method of the interval of a difference of shares.
const NEWCOMBE: &str = "Newcombe, method 10";
/// The share of accounts whose lift is told.
const LOWEST: f64 = 0.1;
/// From so many accounts on they are told in ten groups, below in five.
const TEN_GROUPS: usize = 100;
/// Chance alone makes such a difference less often than this where it is called real.
const RARE: f64 = 0.05;

/// The accounts of a test, side by side.
#[derive(Clone, Debug, Default)]
pub struct Tested {
    /// The row of each in the list.
    pub rows: Vec<u32>,
    /// The account of each.
    pub accounts: Vec<u32>,
    /// Their scores on the day.
    pub scores: Vec<f64>,
    /// The bands of these scores.
    pub bands: Vec<Band>,
    /// Whether each had left by the last day that counts.
    pub lost: Vec<bool>,
}

/// Tells how well the scores did, or why that cannot be told.
pub fn judge(tested: &Tested, told: &mut BacktestHorizon) {
    let (scores, lost) = (&tested.scores, &tested.lost);
    told.accounts = scores.len() as u64;
    told.lost = lost.iter().filter(|lost| **lost).count() as u64;
    let kept = told.accounts - told.lost;
    told.bands = [Band::Red, Band::Yellow, Band::Green]
        .map(|band| part(band.id(), tested, |own| own == band))
        .into();
    if told.lost < refusals::FEWEST || kept < refusals::FEWEST {
        told.refusal = Some(refusals::too_few(told.accounts, told.lost));
        return;
    }
    if scores
        .windows(2)
        .all(|pair| (pair[0] - pair[1]).abs() <= 0.0)
    {
        told.refusal = Some(refusals::constant());
        return;
    }
    told.auc = area(scores, lost);
    told.lift = lift::of_lowest(scores, lost, LOWEST).map(|it| share(it.lift));
    let red: Vec<bool> = tested.bands.iter().map(|it| *it == Band::Red).collect();
    let count_red = red.iter().filter(|red| **red).count() as u64;
    told.caught = match lift::of_marked(&red, lost) {
        Some(it) => Some(share(it.caught)),
        // Nobody was red, so none of the lost was.
        None => proportion::wilson(0, told.lost, 0.95).map(|ends| figure(0.0, ends, WILSON)),
    };
    let others = part("others", tested, |own| own != Band::Red);
    compare((&told.bands[0].clone(), &others), count_red, told);
    told.others = Some(others);
    told.bins = bins(scores, lost);
}

/// Whether red accounts were lost more often than the others.
fn compare((red, others): (&BacktestPart, &BacktestPart), count: u64, told: &mut BacktestHorizon) {
    if count == 0 || others.accounts == 0 {
        told.verdict = Some(Verdict::TooLittleData);
        return;
    }
    let ends =
        proportion::newcombe_difference(red.lost, red.accounts, others.lost, others.accounts);
    let off = red.share.zip(others.share).map(|(red, other)| red - other);
    told.difference = off.zip(ends).map(|(off, ends)| figure(off, ends, NEWCOMBE));
    told.p_value = fisher::exact_p(red.lost, red.accounts, others.lost, others.accounts);
    told.verdict = told.p_value.map(|p| {
        if p < RARE {
            Verdict::Real
        } else {
            Verdict::CouldBeNoise
        }
    });
}

/// The area under the curve of scores, where it can be told.
pub fn area(scores: &[f64], lost: &[bool]) -> Option<BacktestFigure> {
    roc::auc(scores, lost).map(|it| figure(it.value, (it.low, it.high), it.method))
}

/// A figure with its interval.
pub fn figure(value: f64, (low, high): (f64, f64), method: &str) -> BacktestFigure {
    BacktestFigure {
        value,
        low,
        high,
        method: method.to_owned(),
    }
}

fn share(share: Share) -> BacktestFigure {
    figure(share.value, (share.low, share.high), WILSON)
}

/// The accounts of some bands.
fn part(name: &str, tested: &Tested, takes: impl Fn(Band) -> bool) -> BacktestPart {
    let both = tested.bands.iter().zip(&tested.lost);
    let own: Vec<bool> = both
        .filter(|(band, _)| takes(**band))
        .map(|(_, lost)| *lost)
        .collect();
    let accounts = own.len() as u64;
    let lost = own.iter().filter(|lost| **lost).count() as u64;
    let ends = proportion::wilson(lost, accounts, 0.95);
    BacktestPart {
        band: name.to_owned(),
        accounts,
        lost,
        share: (accounts > 0).then(|| lost as f64 / accounts as f64),
        low: ends.map(|it| it.0),
        high: ends.map(|it| it.1),
        ..BacktestPart::default()
    }
}

/// Accounts in groups of about equal size by a score or a chance, the lowest first.
pub fn bins(told: &[f64], lost: &[bool]) -> Vec<BacktestPart> {
    let count = if told.len() < TEN_GROUPS { 5 } else { 10 };
    let bins = calibration::bins(told, lost, count).unwrap_or_default();
    let part = |bin: Bin| BacktestPart {
        from: Some(bin.from),
        to: Some(bin.to),
        told: Some(bin.told),
        accounts: bin.count,
        lost: bin.happened,
        share: Some(bin.observed),
        low: Some(bin.low),
        high: Some(bin.high),
        ..BacktestPart::default()
    };
    bins.into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::base::Date;

    fn judged(scores: &[f64], lost: &[bool]) -> BacktestHorizon {
        let band = |score: &f64| {
            if *score > 50.0 {
                Band::Green
            } else {
                Band::Red
            }
        };
        let tested = Tested {
            rows: (0..scores.len() as u32).collect(),
            accounts: (0..scores.len() as u32).collect(),
            scores: scores.to_vec(),
            bands: scores.iter().map(band).collect(),
            lost: lost.to_vec(),
        };
        let mut told = BacktestHorizon::of(90, Date(0));
        judge(&tested, &mut told);
        told
    }

    fn code(told: &BacktestHorizon) -> &str {
        told.refusal.as_ref().map_or("", |it| it.code.as_str())
    }

    #[test]
    fn the_share_of_the_red_that_left_stands_against_that_of_the_others() {
        // The design's own numbers: 6 of 27 red ones, 4 of 218 others.
        let mut scores = vec![20.0; 27];
        scores.extend([80.0; 218]);
        let mut lost = vec![false; 245];
        lost[..6].fill(true);
        lost[27..31].fill(true);
        let told = judged(&scores, &lost);
        let red = &told.bands[0];
        assert_eq!((red.accounts, red.lost), (27, 6));
        let ends = (red.low.unwrap(), red.high.unwrap());
        assert!(
            (ends.0 - 0.1061).abs() < 1e-3 && (ends.1 - 0.4076).abs() < 1e-3,
            "{ends:?}"
        );
        let others = told.others.as_ref().unwrap();
        assert_eq!((others.accounts, others.lost), (218, 4));
        assert_eq!(told.verdict, Some(Verdict::Real));
        assert!((told.caught.unwrap().value - 0.6).abs() < 1e-12);
    }

    #[test]
    fn too_few_of_either_side_and_a_constant_score_are_refused_with_their_counts() {
        let mut lost = vec![false; 40];
        let scores: Vec<f64> = (0..40).map(f64::from).collect();
        assert_eq!(code(&judged(&scores, &lost)), "backtest_too_few_lost");
        lost[..4].fill(true);
        let told = judged(&scores, &lost);
        let message = told.refusal.unwrap().message;
        assert!(message.contains("Of 40 accounts 4 had left"), "{message}");
        lost.fill(true);
        lost[7] = false;
        assert_eq!(code(&judged(&scores, &lost)), "backtest_too_few_kept");
        lost.fill(false);
        lost[..9].fill(true);
        assert_eq!(code(&judged(&[33.0; 40], &lost)), "backtest_score_constant");
        assert_eq!(code(&judged(&scores, &lost)), "");
    }

    #[test]
    fn where_nobody_is_red_none_of_the_lost_was_and_nothing_is_compared() {
        let scores: Vec<f64> = (60..100).map(f64::from).collect();
        let mut lost = vec![false; 40];
        lost[..9].fill(true);
        let told = judged(&scores, &lost);
        assert_eq!(told.caught.map(|it| it.value), Some(0.0));
        assert_eq!(told.verdict, Some(Verdict::TooLittleData));
        assert!(told.difference.is_none() && told.p_value.is_none());
    }
}
