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
