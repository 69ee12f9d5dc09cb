//! Time to value: how long until a customer gets what they came for?

use super::waits::Waits;
use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};
use stats::ranked::Ranked;
use stats::{quantile, survival};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "time_to_value",
    edition: 1,
    name: "Time to value",
    short: Some("TTV"),
    family: "usage",
    question: "How long until a customer gets what they came for?",
    definition: "Median days from the start (of the trial, else of the customer) to the first value (else the first payment). In a log it is the time from a user's first event to the first one that a setting names. Who has not got there yet counts as not yet, for as long as they have been watched.",
    formula: "days after which half of all have reached their first value (Kaplan–Meier)",
    unit: Unit::Days,
    better: Better::Lower,
    needs: &[
        Need {
            kind: Kind::Account,
            roles: &[
                &[Role::Customer],
                &[Role::TrialStartedAt, Role::StartedAt],
                &[Role::ValueAt, Role::PaidAt],
            ],
            basis: Basis::FirstValues,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        Need {
            kind: Kind::Event,
            roles: &[
                &[Role::User],
                &[Role::OccurredAt],
                &[Role::Event, Role::Feature],
            ],
            basis: Basis::Activity,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        Rule {
            id: "with_waiting",
            name: "Median, with those who still wait",
            rule: "The days after which half of all have reached their first value; who has not yet is watched to the last day that counts.",
            source: "Kaplan and Meier (1958), Nonparametric estimation from incomplete observations",
            estimates: &[
                (Basis::FirstValues, with_waiting),
                (Basis::Activity, with_waiting),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "reached_only",
            name: "Median of those who got there",
            rule: "The median of those who have reached their first value; who has not is left out, which makes it too short.",
            source: "Common reading of onboarding reports",
            estimates: &[
                (Basis::FirstValues, reached_only),
                (Basis::Activity, reached_only),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "mean_reached",
            name: "Mean of those who got there",
            rule: "The days of those who have reached their first value, added up and divided by their number; who has not is left out, which makes it too short.",
            source: "“What are Top Customer Success KPIs?”: time from the start of the trial to payment or to a key action",
            estimates: &[
                (Basis::FirstValues, mean_reached),
                (Basis::Activity, mean_reached),
                (Basis::Typed, typed_mean),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[Setting {
        name: "value_event",
        takes: Takes::Words,
        default: "none: a log is not looked at",
        says: "In a log: the events that show value; the first of them counts.",
    }],
    parts: &[
        part("reached", Unit::Count, "who have reached their first value"),
        part("waiting", Unit::Count, "who have not yet"),
        part(
            "median_with_waiting",
            Unit::Days,
            "median that counts those who wait as “not yet”; absent until half have got there",
        ),
        part("median", Unit::Days, "median of those who got there"),
        part("mean", Unit::Days, "mean of those who got there"),
        part(
            "total_days",
            Unit::Days,
            "days of those who got there, added up",
        ),
        part(
            "by_day_7",
            Unit::Ratio,
            "share who got there within 7 days, with those who wait as “not yet”",
        ),
        part("by_day_30", Unit::Ratio, "the same within 30 days"),
        part("by_day_90", Unit::Ratio, "the same within 90 days"),
        part(
            "numerator",
            Unit::Days,
            "for the mean: days of those who got there",
        ),
        part("denominator", Unit::Count, "for the mean: who got there"),
    ],
    limits: &[
        "What counts as value is what the column or the setting says; a login is seldom it.",
        "Who left without value counts as waiting, as if it could still come.",
        "A customer that stands twice counts with the first row.",
        "In a log the start is the first event in it: who came before the log begins looks faster or slower than they were.",
    ],
    examples: &[
        Example {
            name: "those_who_wait_lift_the_median_from_3_to_5_days",
            pasted: "customer,trial_started_at,first_value_at\nA,2025-01-01,2025-01-02\nB,2025-01-01,2025-01-04\nC,2025-01-01,2025-01-06\nD,2025-01-01,\nE,2025-01-05,\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Value(
                5.0,
                &[
                    ("reached", 3.0),
                    ("waiting", 2.0),
                    ("median", 3.0),
                    ("median_with_waiting", 5.0),
                    ("mean", 3.0),
                    ("by_day_7", 0.6),
                ],
            ),
        },
        Example {
            name: "the_median_of_those_who_got_there",
            pasted: "customer,trial_started_at,paid_at\nA,2025-01-01,2025-01-02\nB,2025-01-01,2025-01-04\nC,2025-01-01,2025-01-06\nD,2025-01-01,\nE,2025-01-05,\n",
            options: r#"{"as_of":"2025-01-31","variants":{"time_to_value":"reached_only"}}"#,
            gives: Gives::Value(3.0, &[]),
        },
        Example {
            name: "value_before_the_start_is_left_out",
            pasted: "customer,started_at,first_value_at\nA,2025-01-10,2025-01-02\nB,2025-01-01,2025-01-04\nC,2025-01-01,2025-01-06\n",
            options: r#"{"variants":{"time_to_value":"mean_reached"}}"#,
            gives: Gives::Value(4.0, &[("reached", 2.0), ("total_days", 8.0)]),
        },
        Example {
            name: "from_the_first_event_to_the_first_export",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-02T22:00:00Z,export\nu1,2025-02-03T22:00:00Z,export\nu2,2025-02-02T10:00:00Z,login\nu2,2025-02-04T10:00:00Z,export\nu3,2025-02-09T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-15","settings":{"time_to_value.value_event":"export"}}"#,
            gives: Gives::Value(2.0, &[("reached", 2.0), ("waiting", 1.0), ("median", 1.75)]),
        },
        Example {
            name: "a_typed_mean",
            pasted: "total days,reached\n250,20\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"time_to_value":"mean_reached"}}"#,
            gives: Gives::Value(12.5, &[("reached", 20.0)]),
        },
        Example {
            name: "less_than_half_have_got_there",
            pasted: "customer,trial_started_at,first_value_at\nA,2025-01-01,2025-01-02\nB,2025-01-01,\nC,2025-01-01,\n",
            options: r#"{"as_of":"2025-01-31"}"#,
            gives: Gives::Refusal("median_not_reached"),
        },
        Example {
            name: "which_event_is_value_must_be_said",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-02T22:00:00Z,export\n",
            options: "",
            gives: Gives::Refusal("value_event_missing"),
        },
    ],
};

const fn part(name: &'static str, unit: Unit, says: &'static str) -> Part {
    Part { name, unit, says }
}

/// What the rules share; where two rules are compared, no more than the value.
fn beside(scope: &Scope<'_>, waits: &Waits) -> Outcome<Estimate> {
    if scope.detail == Detail::Bridge {
        return value_alone(waits);
    }
    let all = (waits.reached.len() + waits.waiting.len()) as u64;
    let (durations, happened) = waits.together();
    let curve = survival::kaplan_meier(&durations, &happened).ok_or_else(too_long)?;
    let mut ranked = Ranked::of(&waits.reached).ok_or_else(too_long)?;
    let mut parts = vec![
        ("reached", waits.reached.len() as f64),
        ("waiting", waits.waiting.len() as f64),
    ];
    let with_waiting = survival::median(&curve);
    parts.extend(with_waiting.map(|median| ("median_with_waiting", median)));
    let median = quantile::select_quantiles(&mut ranked, &[0.5]);
    let median = median.and_then(|found| found.first().copied());
    if let Some(median) = median {
        let total = math::sum(waits.reached.iter().copied());
        parts.extend([
            ("median", median),
            ("mean", total / waits.reached.len() as f64),
            ("total_days", total),
        ]);
    }
    for (name, day) in [("by_day_7", 7.0), ("by_day_30", 30.0), ("by_day_90", 90.0)] {
        let there = survival::survival_at(&curve, day);
        // Once everybody got there, nobody is watched any more, and the share stays.
        let all_there = curve.points.last().filter(|last| last.survival <= 0.0);
        let point = there.or_else(|| all_there.filter(|last| last.at <= day));
        parts.extend(point.map(|point| (name, 1.0 - point.survival)));
    }
    let mut estimate = Estimate::of(
        with_waiting.unwrap_or(f64::NAN),
        all,
        Spread::StandardError(None),
    )
    .with_parts(parts);
    if let Some((low, Some(high))) = survival::median_interval(&curve) {
        estimate.interval = Some(interval((low, high), BROOKMEYER_CROWLEY));
        let error = (high - low) / (2.0 * stats::normal::Z_95);
        estimate.spread = Spread::StandardError(Some(error).filter(|error| *error > 0.0));
    }
    if scope.detail == Detail::Headline && !waits.reached.is_empty() {
        estimate.chart = Some(waits.chart(&mut ranked, median, with_waiting));
    }
    Ok(estimate)
}

/// Name of the interval of a median with those who still wait.
const BROOKMEYER_CROWLEY: &str = "Brookmeyer-Crowley, log(-log) curve";

fn too_long() -> Refusal {
    Refusal::new(
        "not_finite",
        "Some times are too long to be counted.",
        "Look for dates far in the past or in the future.",
    )
}

fn with_waiting(scope: &Scope<'_>) -> Outcome<Estimate> {
    let waits = Waits::of(scope)?;
    let estimate = beside(scope, &waits)?;
    if estimate.value.is_nan() {
        return Err(Refusal::new(
            "median_not_reached",
            format!(
                "{} of {} have reached their first value so far, which is too few for the time after which half have.",
                waits.reached.len(),
                estimate.n
            ),
            "Wait, choose an earlier period, or look at the median of those who got there, which is too short.",
        ));
    }
    Ok(estimate)
}

/// The median with those who still wait, without the curve that leads to it: the same number.
fn value_alone(waits: &Waits) -> Outcome<Estimate> {
    let mut ranked = Ranked::of(&waits.reached).ok_or_else(too_long)?;
    let median = survival::median_with_open(&mut ranked, &waits.waiting);
    Ok(Estimate::of(
        median.unwrap_or(f64::NAN),
        (waits.reached.len() + waits.waiting.len()) as u64,
        Spread::StandardError(None),
    ))
}

fn got_there(waits: &Waits) -> Outcome<()> {
    at_least_one(waits.reached.len() as u64, "first values")
}

fn reached_only(scope: &Scope<'_>) -> Outcome<Estimate> {
    let waits = Waits::of(scope)?;
    got_there(&waits)?;
    let estimate = beside(scope, &waits)?;
    let mut ranked = Ranked::of(&waits.reached).ok_or_else(too_long)?;
    let median = quantile::select_quantiles(&mut ranked, &[0.5]);
    let value = median.and_then(|found| found.first().copied());
    let ends = quantile::select_median_interval(&mut ranked, LEVEL);
    Ok(Estimate {
        value: value.ok_or_else(too_long)?,
        n: waits.reached.len() as u64,
        interval: ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS)),
        spread: Spread::Median(quantile::select_median(&mut ranked)),
        ..estimate
    }
    .with_values(scope, 0.5, waits.reached))
}

fn mean_reached(scope: &Scope<'_>) -> Outcome<Estimate> {
    let waits = Waits::of(scope)?;
    got_there(&waits)?;
    let mut estimate = beside(scope, &waits)?;
    let moments = Moments::from_values(&waits.reached);
    let (total, count) = (
        math::sum(waits.reached.iter().copied()),
        waits.reached.len() as f64,
    );
    estimate.parts.push(("numerator", total));
    estimate.parts.push(("denominator", count));
    let ends = moments.t_interval();
    Ok(Estimate {
        value: total / count,
        n: waits.reached.len() as u64,
        interval: ends.map(|(low, high)| interval((low.max(0.0), high), mean::STUDENT)),
        spread: Spread::Mean(moments),
        ..estimate
    })
}

fn typed_mean(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (total, reached) = (scope.figure("total_days")?, scope.figure("reached")?);
    let Some(count) = heads(reached) else {
        return Err(not_heads());
    };
    at_least_one(count, "first values")?;
    if total < 0.0 {
        return Err(Refusal::new(
            "term_not_positive",
            "The typed figure “total days” is less than nothing.",
            "Look whether it is written with a minus.",
        ));
    }
    Ok(
        Estimate::of(total / reached, count, Spread::StandardError(None)).with_parts(vec![
            ("reached", reached),
            ("mean", total / reached),
            ("total_days", total),
            ("numerator", total),
            ("denominator", reached),
        ]),
    )
}
