//! Conversion rate: what share of visits ends in a purchase, or of trials in a paying customer?

use crate::engine::base::Date;
use crate::engine::facts::Measure;
use crate::engine::kpi::funnel_stages;
use crate::engine::kpi::on_counts::{counted, nothing, part, rule, share, sums};
use crate::engine::kpi::prelude::*;

const VISITS: Basis = Basis::Counts(Measure::Visits);
const TRIALS: Basis = Basis::Counts(Measure::Trials);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "conversion_rate",
    edition: 1,
    name: "Conversion rate",
    short: None,
    family: "business",
    question: "What share of visits ends in a purchase?",
    definition: "Purchases divided by visits, both added up over the rows of the period. With a yes or no a row, each row is one visit. In a list of customers with trials it is the trials that became paying, divided by the trials begun in the period.",
    formula: "purchases ÷ visits, or trials paid ÷ trials begun",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        counted(
            Kind::Funnel,
            &[&[Role::Purchases]],
            Measure::Visits,
            Expected::Usually,
        ),
        counted(
            Kind::Operations,
            &[&[Role::Purchases], &[Role::Visitors]],
            Measure::Visits,
            Expected::Sometimes,
        ),
        counted(
            Kind::Account,
            &[&[Role::TrialStartedAt], &[Role::PaidAt]],
            Measure::Trials,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "standard",
            "Of all visits, or of all trials begun",
            "Purchases ÷ visits of the same rows; of trials those that have been paid for by the last day, however long it took.",
            "Common definition (orders ÷ sessions); for trials the cohort of those begun in the period",
            &[(VISITS, visits), (TRIALS, trials), (Basis::Typed, visits)],
        ),
        rule(
            "same_period",
            "Trials paid for in the period in which they began",
            "Trials that began and were paid for in the period ÷ trials begun in it; the youngest trials had hardly time to be paid for.",
            "Baremetrics, changelog: trial conversion within one window",
            &[(TRIALS, same_period), (Basis::Typed, trials)],
        ),
        rule(
            "within_days",
            "Trials paid for within 30 days",
            "Trials paid for within 30 days of their begin (a setting) ÷ trials begun at least so long before the last day.",
            "Baremetrics, changelog: trial conversion over a sliding window of 30 days",
            &[(TRIALS, within_days)],
        ),
    ],
    settings: &[Setting {
        name: "days",
        takes: Takes::Number,
        default: "30",
        says: "For trials paid for within so many days: how many.",
    }],
    parts: &[
        part("purchases", Unit::Count, "purchases, or visits with one"),
        part("visits", Unit::Count, "visits"),
        part("paid", Unit::Count, "trials paid for"),
        part("trials", Unit::Count, "trials begun"),
        part(
            "too_young",
            Unit::Count,
            "trials begun too late to be judged",
        ),
        part("numerator", Unit::Count, "purchases, or trials paid for"),
        part("denominator", Unit::Count, "visits, or trials begun"),
    ],
    limits: &[
        "Sessions and visitors are different things: one visitor may come several times, and the rate of visitors is higher.",
        "Several orders in one visit, and orders without a visit (by telephone), count as purchases.",
        "Robots count as visits. Who buys weeks later counts with the visit of that day.",
    ],
    examples: &[
        Example {
            name: "sums_of_the_months_not_the_mean_of_their_rates",
            pasted: "month,sessions,purchases\n2025-01,1000,20\n2025-02,3000,90\n",
            options: "",
            gives: Gives::Value(110.0 / 4000.0, &[("purchases", 110.0), ("visits", 4000.0)]),
        },
        Example {
            name: "one_visit_a_row",
            pasted: "session_id,visitor type,bounce rate,purchased\ns1,new,0.1,yes\ns2,new,0.5,no\ns3,returning,0.2,no\ns4,returning,0.1,yes\ns5,new,0.9,no\n",
            options: "",
            gives: Gives::Value(0.4, &[("purchases", 2.0), ("visits", 5.0)]),
        },
        Example {
            name: "two_of_four_trials_are_paid_for",
            pasted: "customer id,trial started at,first paid at,plan\na,2025-01-05,2025-01-19,team\nb,2025-01-10,,solo\nc,2025-01-20,2025-03-05,team\nd,2025-02-01,,solo\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(0.5, &[("paid", 2.0), ("trials", 4.0)]),
        },
        Example {
            name: "one_of_them_within_thirty_days",
            pasted: "customer id,trial started at,first paid at,plan\na,2025-01-05,2025-01-19,team\nb,2025-01-10,,solo\nc,2025-01-20,2025-03-05,team\nd,2025-03-20,2025-03-21,solo\n",
            options: r#"{"as_of":"2025-03-31","variants":{"conversion_rate":"within_days"}}"#,
            gives: Gives::Value(1.0 / 3.0, &[("too_young", 1.0)]),
        },
        Example {
            name: "paid_for_in_the_month_in_which_it_began",
            pasted: "customer id,trial started at,first paid at,plan\na,2025-01-05,2025-01-19,team\nb,2025-01-10,,solo\nc,2025-01-20,2025-03-05,team\nd,2025-03-20,2025-03-21,solo\n",
            options: r#"{"as_of":"2025-01-31","period":{"unit":"month"},"variants":{"conversion_rate":"same_period"}}"#,
            gives: Gives::Value(1.0 / 3.0, &[("trials", 3.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "visits,purchases\n12330,1908\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(1908.0 / 12330.0, &[]),
        },
        Example {
            name: "typed_trials",
            pasted: "trials,paid\n40,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"conversion_rate":"same_period"}}"#,
            gives: Gives::Value(0.25, &[]),
        },
        Example {
            name: "more_purchases_than_visits_are_refused",
            pasted: "month,sessions,purchases\n2025-01,10,20\n2025-02,20,30\n",
            options: "",
            gives: Gives::Refusal("part_above_whole"),
        },
    ],
};

fn visits(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [purchases, visits] = sums(scope, ["purchases", "visits"])?;
    let found = share(("purchases", purchases), ("visits", visits))?;
    Ok(found.with_chart(funnel_stages::picture(scope)))
}

fn trials(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [paid, trials] = sums(scope, ["paid", "trials"])?;
    share(("paid", paid), ("trials", trials))
}

/// For each trial that counts, the day of its begin and the days until it was paid for.
fn begun<'a>(scope: &Scope<'a>) -> Outcome<impl Iterator<Item = (i32, f64)> + use<'a>> {
    let counts = scope.counts()?;
    let (Some(days_to_pay), Some(days)) = (counts.column("days_to_pay"), counts.days.as_ref())
    else {
        return Err(nothing("trials"));
    };
    let rows = scope.rows.iter().map(|row| *row as usize);
    Ok(rows.map(|row| (days[row], days_to_pay[row])))
}

fn same_period(scope: &Scope<'_>) -> Outcome<Estimate> {
    let end = scope.window.map(|window| window.end);
    let (mut paid, mut all) = (0_u64, 0_u64);
    for (day, to_pay) in begun(scope)? {
        all += 1;
        let is_within = end.is_none_or(|end| f64::from(day) + to_pay < f64::from(end.0));
        paid += u64::from(!to_pay.is_nan() && is_within);
    }
    share(("paid", paid as f64), ("trials", all as f64))
}

fn within_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let limit = scope.setting("conversion_rate.days").unwrap_or(30.0);
    let last = scope.as_of.unwrap_or(Date(i32::MAX));
    let (mut paid, mut all, mut young) = (0_u64, 0_u64, 0_u64);
    for (day, to_pay) in begun(scope)? {
        if f64::from(day) + limit > f64::from(last.0) {
            young += 1;
            continue;
        }
        all += 1;
        paid += u64::from(to_pay <= limit);
    }
    let mut estimate = share(("paid", paid as f64), ("trials", all as f64))?;
    estimate.parts.push(("too_young", young as f64));
    Ok(estimate)
}
