//! How strong the penalty is: the one whose fits tell best what they have not seen.

use super::FOLDS;
use super::newton::{self, Rows};
use crate::engine::stats::rng::Rng;

/// Among so many cases the penalty is chosen. It is a belief about the weights, so it does not grow
/// with the cases, and more of them hardly move it.
const ENOUGH: usize = 5_000;

/// The penalties tried, the strongest first, because each fit starts where the last one ended.
const PENALTIES: [f64; 9] = [
    16_384.0, 4_096.0, 1_024.0, 256.0, 64.0, 16.0, 4.0, 1.0, 0.25,
];

/// Who belongs to which part, and who takes part in the choice.
pub(super) struct Dealt {
    /// The part of each row, from 0 to [`FOLDS`] − 1; each part has its share of the lost.
    pub(super) folds: Vec<u8>,
    /// The rows by which the penalty is chosen, in order.
    drawn: Vec<u32>,
}

/// Deals the rows into parts, the lost and the kept each by themselves.
pub(super) fn deal(kept: &[bool], rng: &mut Rng) -> Dealt {
    let mut folds = vec![0; kept.len()];
    let mut drawn = Vec::new();
    for side in [false, true] {
        let of_side = |row: &u32| kept.get(*row as usize) == Some(&side);
        let mut rows: Vec<u32> = (0..kept.len() as u32).filter(of_side).collect();
        for last in (1..rows.len()).rev() {
            rows.swap(last, rng.below(last as u32 + 1) as usize);
        }
        for (place, row) in rows.iter().enumerate() {
            if let Some(fold) = folds.get_mut(*row as usize) {
                *fold = (place % FOLDS) as u8;
            }
        }
        // Half of those drawn are of each side, where there are enough of both.
        let others = kept.len() - rows.len();
        rows.truncate((ENOUGH.div_euclid(2)).max(ENOUGH.saturating_sub(others)));
        drawn.extend(rows);
    }
    drawn.sort_unstable();
    Dealt { folds, drawn }
}

/// The penalty under which cases that a fit has not seen surprise it least; of equals the strongest.
pub(super) fn penalty(rows: &Rows<'_>, dealt: &Dealt) -> f64 {
    let mut surprise = [0.0; PENALTIES.len()];
    for fold in 0..FOLDS as u8 {
        let in_fold = |row: &u32| dealt.folds.get(*row as usize) == Some(&fold);
        let (unseen, seen): (Vec<u32>, Vec<u32>) = dealt.drawn.iter().partition(|row| in_fold(row));
        let mut search = newton::start(rows, &seen);
        for (surprise, penalty) in surprise.iter_mut().zip(PENALTIES) {
            newton::fit(rows, &seen, penalty, &mut search);
            *surprise += newton::surprise(rows, &unseen, &search.at);
        }
    }
    let least = surprise.iter().copied().fold(f64::INFINITY, f64::min);
    let mut all = surprise.iter().zip(PENALTIES);
    let best = all.find(|(found, _)| **found <= least);
    best.map_or(PENALTIES[0], |(_, penalty)| penalty)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where one side is small, all of it takes part and the other fills up what is enough.
    #[test]
    fn so_many_take_part_as_are_enough() {
        for (lost, all, of_lost) in [(100, 8_000, 100), (3_000, 8_000, 2_500), (10, 500, 10)] {
            let kept: Vec<bool> = (0..all).map(|row| row >= lost).collect();
            let dealt = deal(&kept, &mut Rng::from_seed(1));
            let drawn_lost = dealt.drawn.iter().filter(|row| **row < lost).count();
            assert_eq!(drawn_lost, of_lost, "{lost} of {all} lost");
            assert_eq!(dealt.drawn.len(), ENOUGH.min(all as usize));
            assert!(dealt.drawn.is_sorted_by(|one, next| one < next));
            for side in [0..lost as usize, lost as usize..all as usize] {
                let mut parts = [0; FOLDS];
                for row in side {
                    parts[usize::from(dealt.folds[row])] += 1;
                }
                let (least, most) = (parts.iter().min(), parts.iter().max());
                assert!(most.unwrap() - least.unwrap() <= 1, "{parts:?}");
            }
        }
    }

    /// Every row may come to stand anywhere, its own place too.
    #[test]
    fn rows_are_dealt_without_a_rule() {
        let kept = [true; 3];
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..200 {
            seen.insert(deal(&kept, &mut Rng::from_seed(seed)).folds);
        }
        assert_eq!(seen.len(), 6, "the orders of three rows");
    }

    /// What tells nothing is penalised with all there is, what tells much with little.
    #[test]
    fn the_penalty_follows_what_the_numbers_tell() {
        let mut rng = Rng::from_seed(9);
        let mut values = Vec::new();
        let (mut by_chance, mut by_number) = (Vec::new(), Vec::new());
        for _ in 0..400 {
            let number = 4.0 * rng.unit() - 2.0;
            values.extend([1.0, number]);
            by_chance.push(rng.below(2) == 0);
            by_number.push(rng.unit() < newton::chance(3.0 * number));
        }
        let chosen = |kept: &[bool]| {
            let rows = Rows {
                values: &values,
                width: 2,
                kept,
            };
            penalty(&rows, &deal(kept, &mut Rng::from_seed(1)))
        };
        assert!(chosen(&by_number) <= 16.0, "{}", chosen(&by_number));
        assert!(chosen(&by_chance) >= 256.0, "{}", chosen(&by_chance));
    }
}
