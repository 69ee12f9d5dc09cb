//! Stickiness: on how many days of the month do users come?

use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "stickiness",
    edition: 1,
    name: "Stickiness",
    short: Some("DAU/MAU"),
    family: "usage",
    question: "On what share of days does a user come?",
    definition: "Mean number of users a day divided by the number of users in the whole period (usually a month). It is the share of days on which the average user was active.",
    formula: "mean daily users ÷ users of the period",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[Need {
        kind: Kind::Event,
        roles: &[&[Role::User], &[Role::OccurredAt]],
        basis: Basis::Activity,
        expected: Expected::Usually,
        beside: Beside::Nothing,
    }],
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "all_days",
            name: "All days of the period",
            rule: "Days on which nobody came count as days with no users.",
            source: "Common DAU ÷ MAU; Vortex IQ, stickiness card",
            estimates: &[(Basis::Activity, all_days)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "active_days",
            name: "Days with any activity",
            rule: "Only days on which someone came count as days.",
            source: "Common reading for products that close on some days",
            estimates: &[(Basis::Activity, active_days)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "users",
            unit: Unit::Count,
            says: "users of the period",
        },
        Part {
            name: "mean_daily_users",
            unit: Unit::Count,
            says: "users a day, on average over the days counted",
        },
        Part {
            name: "days",
            unit: Unit::Count,
            says: "days counted",
        },
        Part {
            name: "user_days",
            unit: Unit::Count,
            says: "days of activity, added up over users",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "mean daily users",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "users of the period",
        },
    ],
    limits: &[
        "Robots and shared logins count as users.",
        "Users who joined within the period had fewer days to come.",
        "The day begins at midnight in the report's time zone.",
    ],
    examples: &[
        Example {
            name: "three_user_days_of_two_users_in_a_month_of_28_days",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-01T12:00:00Z,save\nu1,2025-02-28T10:00:00Z,login\nu2,2025-02-28T11:00:00Z,login\n",
            options: "",
            gives: Gives::Value(
                3.0 / 56.0,
                &[("users", 2.0), ("user_days", 3.0), ("days", 28.0)],
            ),
        },
        Example {
            name: "a_month_without_events_is_refused",
            pasted: "user_id,event_time\nu1,2025-01-10\nu2,2025-03-02\n",
            options: r#"{"as_of":"2025-03-02"}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

fn all_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    over(scope, f64::from(window.days()))
}

fn active_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    over(scope, f64::from(activity.active_days(window)))
}

fn over(scope: &Scope<'_>, days: f64) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let per_user = activity.days_per_user(window);
    let users = per_user.len() as f64;
    at_least_one(per_user.len() as u64, "users with events")?;
    let user_days: f64 = per_user.iter().map(|days| f64::from(*days)).sum();
    // The mean over users of their share of days is the same number as DAU ÷ MAU, which gives it
    // an interval: users are the sample.
    let shares: Vec<f64> = per_user
        .iter()
        .map(|active| f64::from(*active) / days)
        .collect();
    let moments = Moments::from_values(&shares);
    let ends = moments
        .t_interval()
        .map(|(low, high)| (low.max(0.0), high.min(1.0)));
    let daily = user_days / days;
    Ok(Estimate {
        value: daily / users,
        n: per_user.len() as u64,
        interval: ends.map(|ends| interval(ends, mean::STUDENT)),
        parts: vec![
            ("users", users),
            ("mean_daily_users", daily),
            ("days", days),
            ("user_days", user_days),
            ("numerator", daily),
            ("denominator", users),
        ],
        spread: Spread::Mean(moments),
        chart: (scope.detail == Detail::Headline).then(|| chart(&per_user)),
        tally: None,
        curve: Vec::new(),
        stays: None,
        cohorts: Vec::new(),
    })
}

fn chart(per_user: &[u32]) -> ChartSpec {
    const EDGES: [(u32, u32); 7] = [
        (1, 1),
        (2, 2),
        (3, 4),
        (5, 9),
        (10, 14),
        (15, 21),
        (22, u32::MAX),
    ];
    let most = per_user.iter().copied().max().unwrap_or(0);
    let bars = EDGES
        .iter()
        .filter(|(from, _)| *from <= most)
        .map(|(from, to)| Bar {
            label: match (from, *to) {
                (from, u32::MAX) => format!("{from}+"),
                (from, to) if *from == to => from.to_string(),
                (from, to) => format!("{from}–{to}"),
            },
            count: per_user
                .iter()
                .filter(|days| (*from..=*to).contains(days))
                .count() as f64,
            group: String::new(),
            tone: Tone::Gain,
        })
        .collect();
    ChartSpec {
        title: String::from("Users by active days"),
        summary: String::new(),
        plot: Plot::Distribution { bars },
        footnotes: Vec::new(),
    }
}
