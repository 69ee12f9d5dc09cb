//! Customer health score: how are the accounts doing, by all that is measured of them?

use super::health_examples::EXAMPLES;
use super::health_scores::{Scores, Scoring};
use super::health_terms::{PARTS, typed_score, typed_share};
use super::health_weights::Method;
use crate::engine::facts::HealthChoices;
use crate::engine::kpi::definition::Estimator;
use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_health_score",
    edition: 1,
    name: "Customer health score",
    short: None,
    family: "usage",
    question: "How are the accounts doing, by all that is measured of them?",
    definition: "Each measure of an account (logins, open tickets, days since the last login, …) becomes points from 0 to 100; the score of the account is their weighted mean, and the figure is the mean of all accounts that have one. Unless the settings say otherwise, answers count on their scale, other measures in a straight line between the 5th and the 95th percentile of the accounts, and all measures weigh the same.",
    formula: "Σ weight × points ÷ Σ weight for each account, then the mean over accounts",
    unit: Unit::Score,
    better: Better::Higher,
    needs: &[
        list(Kind::Account),
        list(Kind::Subscription),
        list(Kind::RevenueMonth),
        list(Kind::RevenueMovement),
        list(Kind::Renewal),
        list(Kind::Order),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "weighted_mean",
            "Weighted mean of points",
            "Weights are any numbers from 0 up and are shares of their sum, within groups and between them; a missing measure is left out and the others count for more, unless a setting says otherwise.",
            "Gainsight, Measure Weights in Scorecards and Scorecard FAQs (bands 0–50, 51–75, 76–100)",
            &[(Basis::Health, weighted_mean), (Basis::Typed, typed_score)],
        ),
        rule(
            "three_levels",
            "Poor, concerning or healthy",
            "Each measure counts nothing, half or all, by the band in which its points lie; a missing one is ignored. Told out of 100: ten times the mean of 0, 5 and 10.",
            "Vitally, Health scores (0, 5 and 10 points, null ignored)",
            &[(Basis::Health, three_levels)],
        ),
        rule(
            "components",
            "Weighted components, equal inside",
            "Groups are components with weights; the measures of a component weigh the same within it, whatever weight they have.",
            "Natero, Calculation of Account Health Score, article 204446145",
            &[(Basis::Health, components), (Basis::Typed, typed_score)],
        ),
        rule(
            "fresh_only",
            "Only what is fresh",
            "A value older than 90 days, or than the limit set for its measure, is dropped and its weight goes to the others; only measures count so that a column dates.",
            "Zudo, Health score config (a pulse older than 90 days is dropped and its weight redistributed)",
            &[(Basis::Health, fresh_only)],
        ),
        Rule {
            unit: Some(Unit::Ratio),
            ..rule(
                "share_healthy",
                "Share of healthy accounts",
                "Accounts in green ÷ accounts with a score, each scored by the weighted mean.",
                "Gainsight, Scorecard FAQs (bands)",
                &[(Basis::Health, share_healthy), (Basis::Typed, typed_share)],
            )
        },
    ],
    settings: &[
        setting(
            "measures",
            Takes::Objects,
            "those that the headers tell",
            "The measures: column, direction, points, weight, group, what a missing value counts, and how long a value is fresh.",
        ),
        setting(
            "weights",
            Takes::NumberByName,
            "1 each",
            "Weights of measures by their header.",
        ),
        setting(
            "groups",
            Takes::NumberByName,
            "1 each",
            "Weights of groups of measures by their name.",
        ),
        setting(
            "missing",
            Takes::OneOf(&[
                ("leave_out", "it is left out and the others count for more"),
                ("neutral", "it counts 50 points"),
                ("zero", "it counts no points"),
                ("withhold", "the account has no score"),
            ]),
            "leave_out",
            "What a missing measure counts.",
        ),
        setting(
            "least_coverage",
            Takes::Number,
            "0.5",
            "Share of the weight for which an account must have measures, 0 to 1; with less its score is withheld.",
        ),
        setting(
            "yellow_above",
            Takes::Number,
            "50",
            "Scores above this are yellow.",
        ),
        setting(
            "green_above",
            Takes::Number,
            "75",
            "Scores above this are green.",
        ),
        setting(
            "edge",
            Takes::OneOf(&[
                ("lower_band", "it is in the lower band"),
                ("upper_band", "it is in the upper band"),
            ]),
            "lower_band",
            "Where a score stands that is at the edge of two bands.",
        ),
        setting(
            "overrides",
            Takes::Objects,
            "none",
            "Cells that set the score of their account, or keep it from being higher or lower.",
        ),
        setting(
            "lost_accounts",
            Takes::OneOf(&[
                ("left_out", "they are left out"),
                ("scored", "they are scored too"),
            ]),
            "left_out",
            "What becomes of accounts that have left.",
        ),
        setting(
            "lowest_accounts",
            Takes::Number,
            "0",
            "How many accounts with the lowest scores the report lists with what each measure adds, at most 200.",
        ),
        setting(
            "backtest_days",
            Takes::Number,
            "90",
            "Days that the test of the score against what happened goes back first of all; 30, 90 and 180 are tested beside it.",
        ),
    ],
    parts: PARTS,
    limits: &[
        "It is a guess about who stays. Only a test against accounts that left shows whether it is a good one.",
        "Points between percentiles compare accounts with each other: where all get worse together, the score does not move.",
        "An account that stands twice counts with its first row.",
        "A measure that is left out where it is missing lets an account look better than it is.",
        "Equal weights are no finding; they say that nobody has decided yet.",
    ],
    examples: EXAMPLES,
};

/// A table that lists accounts: with measures of its own, or beside tables that speak of them.
const fn list(kind: Kind) -> Need {
    Need {
        kind,
        roles: &[&[Role::Customer]],
        basis: Basis::Health,
        expected: Expected::Sometimes,
        beside: Beside::Nothing,
    }
}

const fn rule(
    id: &'static str,
    name: &'static str,
    rule: &'static str,
    source: &'static str,
    estimates: &'static [(Basis, Estimator)],
) -> Rule {
    Rule {
        id,
        name,
        rule,
        source,
        estimates,
        ledger: &[],
        path: None,
        unit: None,
    }
}

const fn setting(
    name: &'static str,
    takes: Takes,
    default: &'static str,
    says: &'static str,
) -> Setting {
    Setting {
        name,
        takes,
        default,
        says,
    }
}

/// After how many days a value is no longer fresh.
const FRESH_DAYS: f64 = 90.0;

/// How a rule scores one account; a rule without a score of one account scores by the first rule.
pub fn method(rule: &str) -> Method {
    match rule {
        "three_levels" => Method {
            in_levels: true,
            ..Method::default()
        },
        "components" => Method {
            equal_inside: true,
            ..Method::default()
        },
        "fresh_only" => Method {
            fresh_days: Some(FRESH_DAYS),
            ..Method::default()
        },
        _ => Method::default(),
    }
}

fn weighted_mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    mean_score(scope, Method::default())
}

fn three_levels(scope: &Scope<'_>) -> Outcome<Estimate> {
    mean_score(scope, method("three_levels"))
}

fn components(scope: &Scope<'_>) -> Outcome<Estimate> {
    mean_score(scope, method("components"))
}

fn fresh_only(scope: &Scope<'_>) -> Outcome<Estimate> {
    let method = method("fresh_only");
    if !Scoring::new(scope.health()?, method)?.is_dated() {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column says how old the values of a measure are.",
            "Name the column under “dated_by” of the measure, or choose another rule.",
        ));
    }
    mean_score(scope, method)
}

/// The scores of the accounts that count; at least one.
fn scores(scope: &Scope<'_>, scoring: &Scoring<'_>) -> Outcome<Scores> {
    let found = scoring.all(scope.rows, scope.detail == Detail::Headline);
    at_least_one(scope.rows.len() as u64, "accounts")?;
    if found.values.is_empty() {
        return Err(Refusal::new(
            "measures_missing",
            format!(
                "None of {} accounts has enough of the measures for a score.",
                scope.rows.len()
            ),
            "Look for empty columns, or lower the share of the weight that an account must have measures for.",
        ));
    }
    Ok(found)
}

/// The terms that all rules share.
fn parts(scores: &Scores) -> Vec<(&'static str, f64)> {
    let (scored, withheld) = (scores.values.len() as f64, scores.withheld as f64);
    let [red, yellow, green] = scores.bands.map(|count| count as f64);
    vec![
        ("accounts", scored + withheld),
        ("scored", scored),
        ("withheld", withheld),
        ("green", green),
        ("yellow", yellow),
        ("red", red),
        ("coverage", scores.coverage / (scored + withheld)),
    ]
}

fn mean_score(scope: &Scope<'_>, method: Method) -> Outcome<Estimate> {
    let health = scope.health()?;
    let scoring = Scoring::new(health, method)?;
    let scores = scores(scope, &scoring)?;
    let moments = Moments::from_values(&scores.values);
    let count = scores.values.len() as u64;
    let value = moments.mean().unwrap_or(f64::NAN);
    let mut parts = parts(&scores);
    parts.push(("numerator", math::sum(scores.values.iter().copied())));
    parts.push(("denominator", count as f64));
    let mut found = Estimate::of(value, count, Spread::Mean(moments)).with_parts(parts);
    found.interval = moments
        .t_interval()
        .map(|(low, high)| interval((low.max(0.0), high.min(100.0)), mean::STUDENT));
    tell(scope, &scoring, &scores, &mut found);
    Ok(found)
}

fn share_healthy(scope: &Scope<'_>) -> Outcome<Estimate> {
    let scoring = Scoring::new(scope.health()?, Method::default())?;
    let scores = scores(scope, &scoring)?;
    let (green, scored) = (scores.bands[2], scores.values.len() as u64);
    let mut parts = parts(&scores);
    parts.push(("numerator", green as f64));
    parts.push(("denominator", scored as f64));
    let mut found = Estimate::share(green, scored).with_parts(parts);
    tell(scope, &scoring, &scores, &mut found);
    Ok(found)
}

/// What only a headline tells: the measures, the lowest accounts, and how scores are spread.
fn tell(scope: &Scope<'_>, scoring: &Scoring<'_>, scores: &Scores, found: &mut Estimate) {
    let (Detail::Headline, Ok(health)) = (scope.detail, scope.health()) else {
        return;
    };
    found.measures = scoring.told(scores);
    found.offered = scoring.offered();
    found.accounts = scoring.lowest(scores);
    found.chart = Some(chart(scores, &health.choices));
}

/// Points that one bar of the chart spans.
const BAR: f64 = 5.0;

/// Accounts by score and band: in steps of five points where the edges of the bands allow, else by
/// band alone.
fn chart(scores: &Scores, choices: &HealthChoices) -> ChartSpec {
    let edges = [choices.yellow_above, choices.green_above];
    let fits = edges.iter().all(|edge| (edge / BAR).fract() <= 0.0);
    let names = ["Red", "Yellow", "Green"];
    let tones = [Tone::Loss, Tone::Neutral, Tone::Gain];
    let bars = if fits {
        let count = (100.0 / BAR) as usize;
        let mut counts = vec![0_u64; count];
        for score in &scores.values {
            let place = if choices.edge_is_upper {
                (score / BAR).floor()
            } else {
                (score / BAR).ceil() - 1.0
            };
            counts[(place.max(0.0) as usize).min(count - 1)] += 1;
        }
        let bars = counts.into_iter().enumerate().map(|(place, count)| {
            let low = place as f64 * BAR;
            // The middle of a bar lies within its band.
            let band = choices.band(low + BAR / 2.0) as usize;
            Bar {
                label: format!("{low}–{}", low + BAR),
                count: count as f64,
                group: names[band].to_owned(),
                tone: tones[band],
            }
        });
        bars.collect()
    } else {
        let bands = scores.bands.iter().zip(names).zip(tones);
        let bars = bands.map(|((count, name), tone)| Bar {
            label: name.to_owned(),
            count: *count as f64,
            group: name.to_owned(),
            tone,
        });
        bars.collect()
    };
    let mut footnotes = Vec::new();
    if scores.withheld > 0 {
        footnotes.push(format!(
            "{} accounts have too few measures for a score and are not drawn.",
            scores.withheld
        ));
    }
    ChartSpec {
        title: String::from("Accounts by score"),
        summary: String::new(),
        plot: Plot::Distribution { bars },
        footnotes,
    }
}
