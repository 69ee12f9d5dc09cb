//! Stickiness: on how many days of the month do users come?

use crate::engine::base::Date;
use crate::engine::facts::active_days;
use crate::engine::kpi::on_activity::ACTIVITY_NEED;
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
    needs: &[ACTIVITY_NEED, TYPED_NEED],
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "all_days",
            name: "All days of the period",
            rule: "Days on which nobody came count as days with no users.",
            source: "Common DAU ÷ MAU; Vortex IQ, stickiness card",
            estimates: &[(Basis::Activity, all_days), (Basis::Typed, typed)],
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
        Rule {
            id: "weekdays",
            name: "Monday to Friday",
            rule: "Only Mondays to Fridays count as days, and only what was done on them; the users of the period are all, those of its weekends too.",
            source: "Common reading for software that is used at work",
            estimates: &[(Basis::Activity, weekdays)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "rolling_30_days",
            name: "Last day ÷ last 30 days",
            rule: "The users of the last day of the period, divided by the users of the 30 days that end with it.",
            source: "Common DAU ÷ MAU of a day; PostHog, Trends: DAU, and MAU as the 30 days before",
            estimates: &[(Basis::Activity, rolling_30_days)],
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
        "The figure of one day moves with the weekday: do not compare a Sunday with a Monday.",
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
            name: "a_saturday_is_no_weekday",
            pasted: "user_id,event_time,event\nu1,2025-02-03T10:00:00Z,login\nu1,2025-02-04T12:00:00Z,save\nu1,2025-02-08T10:00:00Z,login\nu2,2025-02-09T11:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28","variants":{"stickiness":"weekdays"}}"#,
            gives: Gives::Value(
                2.0 / 40.0,
                &[("users", 2.0), ("user_days", 2.0), ("days", 20.0)],
            ),
        },
        Example {
            name: "one_of_two_users_of_30_days_came_on_the_last_one",
            pasted: "user_id,event_time,event\nu1,2025-01-20T10:00:00Z,login\nu2,2025-02-01T10:00:00Z,login\nu3,2025-02-28T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28","variants":{"stickiness":"rolling_30_days"}}"#,
            gives: Gives::Value(0.5, &[("users", 2.0), ("numerator", 1.0)]),
        },
        Example {
            name: "nine_of_thirty_days_from_typed_figures",
            pasted: "mean daily users,users\n300,1000\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.3, &[("numerator", 300.0)]),
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
    let (activity, window) = scope.activity()?;
    let per_user = activity.days_per_user(window);
    over(scope, &per_user, f64::from(window.days()))
}

fn active_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let per_user = activity.days_per_user(window);
    over(scope, &per_user, f64::from(activity.active_days(window)))
}

fn weekdays(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let is_weekday = |day: i32| Date(day).weekday() < 5;
    let visits = activity.visits(window).iter();
    let people = visits.filter(|visit| is_weekday(visit.day));
    let people = people.map(|visit| visit.person).collect();
    let mut per_user: Vec<u32> = active_days::counts(people, activity.users())
        .into_iter()
        .map(|(_, days)| days)
        .collect();
    // Who came at weekends only is a user of the period, with no day that counts.
    per_user.resize(activity.people(window).count(), 0);
    let days = (window.start.0..window.end.0).filter(|day| is_weekday(*day));
    let days = days.count();
    at_least_one(days as u64, "weekdays")?;
    over(scope, &per_user, days as f64)
}

fn rolling_30_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let users = activity.people(window.last_days(30)).count() as u64;
    at_least_one(users, "users with events in these 30 days")?;
    let daily = activity.people(window.last_days(1)).count() as u64;
    Ok(Estimate::share(daily, users).with_parts(vec![
        ("users", users as f64),
        ("mean_daily_users", daily as f64),
        ("days", 1.0),
        ("user_days", daily as f64),
        ("numerator", daily as f64),
        ("denominator", users as f64),
    ]))
}

/// Without the users one by one, there is no interval.
fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (daily, users) = (scope.figure("mean_daily_users")?, scope.figure("users")?);
    let Some(whole) = heads(users).filter(|_| (0.0..=users).contains(&daily)) else {
        return Err(not_heads());
    };
    at_least_one(whole, "users")?;
    let value = daily / users;
    Ok(
        Estimate::of(value, whole, Spread::StandardError(None)).with_parts(vec![
            ("users", users),
            ("mean_daily_users", daily),
            ("numerator", daily),
            ("denominator", users),
        ]),
    )
}

/// The mean share of these days on which a user came.
fn over(scope: &Scope<'_>, per_user: &[u32], days: f64) -> Outcome<Estimate> {
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
        interval: ends.map(|ends| interval(ends, mean::STUDENT)),
        ..Estimate::of(daily / users, per_user.len() as u64, Spread::Mean(moments))
    }
    .with_parts(vec![
        ("users", users),
        ("mean_daily_users", daily),
        ("days", days),
        ("user_days", user_days),
        ("numerator", daily),
        ("denominator", users),
    ])
    .with_chart((scope.detail == Detail::Headline).then(|| chart(per_user))))
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
