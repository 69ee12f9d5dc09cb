//! What a warning would have caught: of the accounts lost, the share that was marked before.

use super::proportion;
use super::roc;

/// How many of the lost were among those marked.
///
/// Counts may be broken: where equal scores straddle the end of the lowest tenth, each of them
/// counts with the same share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Caught {
    /// How many accounts were marked; above 0.
    pub marked: f64,
    /// How many of these were lost.
    pub marked_lost: f64,
    /// How many accounts were lost, marked or not; at least 1.
    pub lost: u64,
    /// `marked_lost` ÷ `lost`, 0 to 1, with its 95 % interval (Wilson).
    pub caught: Share,
    /// `marked_lost` ÷ `marked`, 0 to 1, with its 95 % interval (Wilson).
    pub right: Share,
    /// How many times as often a marked account was lost as any account; 1 is chance. The interval
    /// is that of `caught`, over the share of accounts marked.
    pub lift: Share,
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share found.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What the lowest `share` of the scores caught: a tenth is 0.1.
///
/// The lowest tenth of 25 accounts is 2.5 of them. Where it ends among equal scores, all of these
/// count with the same fraction, so the order of rows decides nothing; with all scores equal the
/// lift is exactly 1. The intervals take the mark as given, which makes them a little wide where
/// many accounts are lost.
/// `None` when nobody was lost, when the slices differ in length, when a score is no number, and
/// unless 0 < share < 1.
///
/// # Source
/// Ling & Li (1998), "Data mining for direct marketing" (lift); Wilson (1927).
pub fn of_lowest(scores: &[f64], was_lost: &[bool], share: f64) -> Option<Caught> {
    if !(share > 0.0 && share < 1.0) {
        return None;
    }
    let steps = roc::steps(scores, was_lost)?;
    let all = scores.len() as f64;
    let marked = share * all;
    let (mut room, mut marked_lost, mut lost) = (marked, 0.0, 0_u64);
    for step in steps {
        let here = (step.lost + step.kept) as f64;
        let counts = (room / here).clamp(0.0, 1.0);
        marked_lost += counts * step.lost as f64;
        room -= here;
        lost += step.lost;
    }
    caught((marked, marked_lost), lost, all)
}

/// What a mark of one's own caught, such as a band of a score.
///
/// `None` when nobody was lost or nobody was marked, and when the slices differ in length.
///
/// # Source
/// As [`of_lowest`].
pub fn of_marked(marked: &[bool], was_lost: &[bool]) -> Option<Caught> {
    if marked.len() != was_lost.len() {
        return None;
    }
    let both = marked.iter().zip(was_lost);
    let marked_lost = both.filter(|(marked, lost)| **marked && **lost).count();
    let lost = was_lost.iter().filter(|lost| **lost).count() as u64;
    let count = marked.iter().filter(|marked| **marked).count();
    let counts = (count as f64, marked_lost as f64);
    caught(counts, lost, marked.len() as f64)
}

fn caught((marked, marked_lost): (f64, f64), lost: u64, all: f64) -> Option<Caught> {
    if lost == 0 || marked <= 0.0 {
        return None;
    }
    let caught = share(marked_lost, lost as f64)?;
    let times = all / marked;
    Some(Caught {
        marked,
        marked_lost,
        lost,
        caught,
        right: share(marked_lost, marked)?,
        lift: Share {
            value: caught.value * times,
            low: caught.low * times,
            high: caught.high * times,
        },
    })
}

/// A share with Wilson's interval, where counts may be broken.
fn share(part: f64, whole: f64) -> Option<Share> {
    // Fractions are added up step by step: a part may be some 1e-16 more than the whole.
    let part = part.min(whole);
    let (low, high) = proportion::wilson_of_shares(part, whole)?;
    Some(Share {
        value: part / whole,
        low,
        high,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::super::rng::Rng;
    use super::*;

    /// 100 accounts, 20 lost, 8 of them among the lowest ten.
    #[test]
    fn a_tenth_that_caught_eight_of_twenty_lifts_four_times() {
        let scores: Vec<f64> = (0..100).map(f64::from).collect();
        let was_lost: Vec<bool> = (0..100)
            .map(|row| row < 8 || (50..62).contains(&row))
            .collect();
        let found = of_lowest(&scores, &was_lost, 0.1).unwrap();
        assert_close(found.marked, 10.0, 1e-12);
        assert_close(found.marked_lost, 8.0, 1e-12);
        assert_close(found.caught.value, 0.4, 1e-12);
        assert_close(found.right.value, 0.8, 1e-12);
        assert_close(found.lift.value, 4.0, 1e-12);
        let (low, high) = proportion::wilson(8, 20, 0.95).unwrap();
        assert_close(found.caught.low, low, 1e-15);
        assert_close(found.lift.high, 10.0 * high, 1e-12);
        assert_close(found.lift.low, 10.0 * low, 1e-12);
        let marked: Vec<bool> = (0..100).map(|row| row < 10).collect();
        let by_hand = of_marked(&marked, &was_lost).unwrap();
        assert_close(by_hand.lift.value, found.lift.value, 1e-12);
        assert_close(by_hand.right.low, found.right.low, 1e-15);
    }

    /// The mean over every order of the rows in which equal scores could have stood.
    #[test]
    fn equal_scores_count_as_the_mean_of_all_their_orders() {
        let mut rng = Rng::from_seed(3);
        let scores: Vec<f64> = (0..40).map(|_| f64::from(rng.below(5))).collect();
        let was_lost: Vec<bool> = (0..40).map(|_| rng.below(4) == 0).collect();
        let found = of_lowest(&scores, &was_lost, 0.1).unwrap();
        let (mut total, draws) = (0_u32, 40_000);
        let mut order: Vec<usize> = (0..40).collect();
        for _ in 0..draws {
            for last in (1..order.len()).rev() {
                order.swap(last, rng.below(last as u32 + 1) as usize);
            }
            order.sort_by(|one, other| scores[*one].total_cmp(&scores[*other]));
            total += order[..4]
                .iter()
                .map(|row| u32::from(was_lost[*row]))
                .sum::<u32>();
        }
        let mean = f64::from(total) / f64::from(draws);
        assert_close(found.marked_lost, mean, 0.02);
        assert!(found.caught.low < found.caught.value && found.caught.value < found.caught.high);
    }

    #[test]
    fn a_score_that_is_the_same_for_all_lifts_nothing() {
        let was_lost = [true, false, false, true, false, false, false];
        let found = of_lowest(&[5.0; 7], &was_lost, 0.1).unwrap();
        assert_close(found.lift.value, 1.0, 1e-15);
        assert_close(found.right.value, 2.0 / 7.0, 1e-15);
        assert!(found.caught.low <= 0.1 && found.caught.high < 1.0);
    }

    #[test]
    fn nothing_is_caught_where_nobody_was_lost_or_marked() {
        assert_eq!(of_lowest(&[1.0, 2.0], &[false, false], 0.1), None);
        assert_eq!(of_lowest(&[1.0, 2.0], &[true], 0.1), None);
        assert_eq!(of_lowest(&[1.0, f64::NAN], &[true, false], 0.1), None);
        for share in [0.0, 1.0, f64::NAN] {
            assert_eq!(of_lowest(&[1.0, 2.0], &[true, false], share), None);
        }
        assert_eq!(of_marked(&[false, false], &[true, false]), None);
        assert_eq!(of_marked(&[true, true], &[false, false]), None);
        assert_eq!(of_marked(&[true], &[false, false]), None);
        assert_eq!(of_marked(&[], &[]), None);
    }
}
