//! Weights that would have told the lost from the kept better, measured on accounts that the fit
//! had not seen, so that nobody is told a better score than was shown.

use super::judge::{self, Tested, figure};
use super::refusals;
use crate::engine::base::Refusal;
use crate::engine::kpi::usage::health_scores::Scoring;
use crate::engine::report::{BacktestWeight, BacktestWeights, Verdict};
use crate::engine::stats::logistic::{self, Fit, NoFit};
use crate::engine::stats::{calibration, roc_difference};

/// By which the accounts are dealt into parts: the same report everywhere.
const SEED: u64 = 6;

/// Suggested weights beside those in force.
///
/// Each measure counts with its points, 0 to 100, more being healthier, so that no weight can be
/// below nothing; a missing one counts as the mean of its measure.
///
/// # Errors
/// `backtest_too_few_for_weights`, `backtest_no_weights`.
pub fn suggest(scoring: &Scoring<'_>, tested: &Tested) -> Result<BacktestWeights, Refusal> {
    let measures = &scoring.health().measures;
    let points = measures.iter().map(|measure| {
        let mut points = vec![f64::NAN; tested.rows.len()];
        scoring.points(measure, &tested.rows, &mut points);
        points
    });
    let columns: Vec<Vec<f64>> = points.collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let kept: Vec<bool> = tested.lost.iter().map(|lost| !lost).collect();
    let fit = logistic::fit(&columns, &kept, SEED).map_err(|reason| match reason {
        NoFit::TooFew { lost, kept } => refusals::no_weights(lost, kept, logistic::FEWEST_OUTCOMES),
        NoFit::NothingVaries | NoFit::NotCases => refusals::no_better_weights(),
    })?;
    told(scoring, tested, &fit).ok_or_else(refusals::no_better_weights)
}

fn told(scoring: &Scoring<'_>, tested: &Tested, fit: &Fit) -> Option<BacktestWeights> {
    let shares = fit.shares()?;
    let lost = &tested.lost;
    let all = lost.len() as f64;
    let chances: Vec<f64> = fit.told.iter().map(|kept| 1.0 - kept).collect();
    let off = roc_difference::difference(&fit.told, &tested.scores, lost);
    let verdict = match &off {
        None => Verdict::TooLittleData,
        Some(off) if off.low > 0.0 || off.high < 0.0 => Verdict::Real,
        Some(_) => Verdict::CouldBeNoise,
    };
    let share = lost.iter().filter(|lost| **lost).count() as f64 / all;
    let measures = scoring.health().measures.iter().enumerate();
    let measures = measures.zip(shares).zip(&fit.weights);
    Some(BacktestWeights {
        method: logistic::METHOD.to_owned(),
        measures: measures
            .map(|(((at, measure), suggested), weight)| BacktestWeight {
                measure: measure.name.clone(),
                own: scoring.share(at),
                suggested,
                accounts: lost.len() as u64 - weight.missing,
            })
            .collect(),
        own: judge::area(&tested.scores, lost)?,
        suggested: judge::area(&fit.told, lost)?,
        difference: off.map(|it| figure(it.value, (it.low, it.high), roc_difference::METHOD)),
        verdict,
        bins: judge::bins(&chances, lost),
        brier: calibration::brier(&chances, lost),
        brier_of_share: share * (1.0 - share),
    })
}
