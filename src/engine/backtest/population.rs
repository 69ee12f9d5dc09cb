//! Which accounts are tested, and why others are not.

use std::collections::BTreeMap;

use super::judge::Tested;
use super::outcomes::Fate;
use crate::engine::kpi::usage::health_scores::Scoring;
use crate::engine::report::BacktestCount;
use crate::engine::table::Reason;

/// The accounts whose score of the day can be held against what happened, and how many cannot, by
/// reason. `kept`: marks of the rows of the list that the filters keep.
pub fn tested(
    scoring: &Scoring<'_>,
    first_rows: &[u32],
    kept: Option<&[bool]>,
    fate: impl Fn(usize) -> Fate,
) -> (Tested, Vec<BacktestCount>) {
    let health = scoring.health();
    let mut found = Tested::default();
    let mut left_out: BTreeMap<&'static str, u64> = BTreeMap::new();
    let scores = scoring.values(first_rows);
    for (account, (row, score)) in first_rows.iter().zip(scores).enumerate() {
        let at = *row as usize;
        let is_kept = kept.is_none_or(|kept| kept.get(at) == Some(&true));
        let fate = match fate(account) {
            _ if !is_kept => Err("filtered_out"),
            Fate::LeftOut(reason) => Err(reason),
            _ if health.reasons.get(at) != Some(&Reason::Used) => Err("row_left_out"),
            _ if score.is_nan() => Err("score_withheld"),
            fate => Ok(fate),
        };
        match fate {
            Ok(fate) => {
                found.rows.push(*row);
                found.accounts.push(account as u32);
                found.scores.push(score);
                found.bands.push(health.choices.band(score));
                found.lost.push(fate == Fate::Lost);
            }
            Err(reason) => *left_out.entry(reason).or_default() += 1,
        }
    }
    let counts = left_out.into_iter().map(|(reason, count)| BacktestCount {
        name: reason.to_owned(),
        because: None,
        count,
    });
    (found, counts.collect())
}
