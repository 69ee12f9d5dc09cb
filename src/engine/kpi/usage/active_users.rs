//! Active users: how many people use it?

use crate::engine::kpi::on_activity::ACTIVITY_NEED;
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "active_users",
    edition: 1,
    name: "Active users",
    short: Some("DAU, WAU, MAU"),
    family: "usage",
    question: "How many people use it?",
    definition: "Different users with at least one event in the period: daily, weekly (Monday to Sunday) or monthly active users, as the period is a day, a week or a month.",
    formula: "number of different users with an event in the period",
    unit: Unit::Count,
    better: Better::Higher,
    needs: &[ACTIVITY_NEED, TYPED_NEED],
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "calendar",
            name: "Users of the period",
            rule: "Every user with an event in the day, week or month counts once.",
            source: "Common definition of DAU, WAU and MAU; Amplitude, Event Segmentation: uniques",
            estimates: &[(Basis::Activity, calendar), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "rolling_7_days",
            name: "Users of the last 7 days",
            rule: "Every user with an event in the 7 days that end with the last day of the period counts once.",
            source: "PostHog, Trends: weekly active users; Amplitude, rolling windows",
            estimates: &[(Basis::Activity, rolling_7_days)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "rolling_30_days",
            name: "Users of the last 30 days",
            rule: "Every user with an event in the 30 days that end with the last day of the period counts once, so that months of different length compare.",
            source: "PostHog, Trends: monthly active users; Amplitude, rolling windows",
            estimates: &[(Basis::Activity, rolling_30_days)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "mean_daily",
            name: "Mean users a day",
            rule: "The users of every day of the period, added up and divided by its days.",
            source: "Common definition of average DAU, the numerator of DAU ÷ MAU",
            estimates: &[(Basis::Activity, mean_daily)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "customers",
            name: "Customers with an active user",
            rule: "Every customer one of whose users has an event in the period counts once.",
            source: "Pendo, active accounts",
            estimates: &[(Basis::Activity, customers)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        part("users", "users with an event in the period"),
        part("new_users", "of them, users who had never come before"),
        part(
            "returning_users",
            "of them, users who came in the period before, too",
        ),
        part(
            "resurrected_users",
            "of them, users who came earlier, but not in the period before",
        ),
        part("opening_users", "users of the period before"),
        part(
            "dormant_users",
            "users of the period before who did not come in this one",
        ),
        part("mean_daily_users", "users a day, on average over all days"),
        part("events", "events of the period"),
        part("events_per_user", "events per user of the period"),
        part("customers", "customers with an active user"),
    ],
    limits: &[
        "Robots, shared logins and users who are several ids count as they stand.",
        "Who came before the table begins looks new; in the period in which it begins, new and returning users are not told apart.",
        "An event is an event: whether it was of use is not seen.",
        "The day begins at midnight in the report's time zone.",
    ],
    examples: &[
        Example {
            name: "february_has_one_new_one_returning_and_one_resurrected_user",
            pasted: "user_id,event_time,event\nu1,2024-12-05T10:00:00Z,login\nu2,2025-01-07T10:00:00Z,login\nu3,2025-01-09T10:00:00Z,login\nu1,2025-02-01T12:00:00Z,save\nu2,2025-02-28T10:00:00Z,login\nu2,2025-02-28T11:00:00Z,save\nu4,2025-02-14T11:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Value(
                3.0,
                &[
                    ("new_users", 1.0),
                    ("returning_users", 1.0),
                    ("resurrected_users", 1.0),
                    ("opening_users", 2.0),
                    ("dormant_users", 1.0),
                    ("mean_daily_users", 3.0 / 28.0),
                    ("events", 4.0),
                ],
            ),
        },
        Example {
            name: "the_last_30_days_reach_into_january",
            pasted: "user_id,event_time,event\nu1,2025-01-29T10:00:00Z,login\nu2,2025-01-30T10:00:00Z,login\nu3,2025-02-20T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28","variants":{"active_users":"rolling_30_days"}}"#,
            gives: Gives::Value(2.0, &[("users", 2.0)]),
        },
        Example {
            name: "the_last_7_days_of_the_month",
            pasted: "user_id,event_time,event\nu1,2025-02-21T10:00:00Z,login\nu2,2025-02-22T10:00:00Z,login\nu3,2025-02-28T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28","variants":{"active_users":"rolling_7_days"}}"#,
            gives: Gives::Value(2.0, &[]),
        },
        Example {
            name: "users_a_day_over_all_days_of_a_week",
            pasted: "user_id,event_time,event\nu1,2025-03-03T10:00:00Z,login\nu1,2025-03-04T10:00:00Z,login\nu2,2025-03-04T11:00:00Z,login\nu2,2025-03-09T11:00:00Z,login\n",
            options: r#"{"as_of":"2025-03-09","period":{"unit":"week"},"variants":{"active_users":"mean_daily"}}"#,
            gives: Gives::Value(4.0 / 7.0, &[("users", 2.0)]),
        },
        Example {
            name: "two_users_of_one_customer_are_one_active_customer",
            pasted: "user_id,customer_id,event_time,event\nu1,A,2025-02-03T10:00:00Z,login\nu2,A,2025-02-04T10:00:00Z,login\nu3,B,2025-01-04T11:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28","variants":{"active_users":"customers"}}"#,
            gives: Gives::Value(1.0, &[("users", 2.0), ("customers", 1.0)]),
        },
        Example {
            name: "typed_movements_add_up",
            pasted: "new users,returning users,resurrected users\n20,70,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(100.0, &[("new_users", 20.0)]),
        },
        Example {
            name: "a_period_before_the_first_event_is_refused",
            pasted: "user_id,event_time\nu1,2025-03-10\nu2,2025-03-12\n",
            options: r#"{"as_of":"2025-03-12"}"#,
            gives: Gives::Refusal("no_rows_count"),
        },
    ],
};

const fn part(name: &'static str, says: &'static str) -> Part {
    Part {
        name,
        unit: Unit::Count,
        says,
    }
}

/// What makes the users of the period before those of this one.
const FLOWS: &[Flow] = &[
    Flow {
        part: "new_users",
        label: "New",
        adds: true,
    },
    Flow {
        part: "resurrected_users",
        label: "Came back",
        adds: true,
    },
    Flow {
        part: "dormant_users",
        label: "Did not return",
        adds: false,
    },
];

/// Users by what they did in the period and in the one before.
#[derive(Clone, Copy, Default)]
struct Lifecycle {
    opening: u64,
    new: u64,
    returning: u64,
    resurrected: u64,
}

/// The users of the period as the lifecycle of `PostHog` parts them, but new by the first event in the
/// table instead of the day on which the person was made.
fn lifecycle(scope: &Scope<'_>, window: Period) -> Outcome<Lifecycle> {
    let (activity, _) = scope.log()?;
    let before = window.before();
    let mut found = Lifecycle {
        opening: activity.people(before).count() as u64,
        ..Lifecycle::default()
    };
    let visits = activity.visits(window).iter();
    for first in visits.filter(|visit| visit.before < window.start.0) {
        if first.before >= before.start.0 {
            found.returning += 1;
        } else if activity.firsts()[first.person as usize] == first.day {
            found.new += 1;
        } else {
            found.resurrected += 1;
        }
    }
    Ok(found)
}

/// The users of a window, with what stands beside them.
fn users(scope: &Scope<'_>, window: Period) -> Outcome<Estimate> {
    let (activity, facts) = scope.log()?;
    if window.end.0 <= activity.begins() {
        at_least_one(0, "events")?;
    }
    let found = lifecycle(scope, window)?;
    let users = found.new + found.returning + found.resurrected;
    let events = activity.actions(facts, Some(window)).count() as f64;
    let mut parts = vec![("users", users as f64)];
    // Where the table begins, who came for the first time is not known.
    let is_told = activity.begins() < window.start.0;
    if is_told {
        parts.extend([
            ("new_users", found.new as f64),
            ("returning_users", found.returning as f64),
            ("resurrected_users", found.resurrected as f64),
            ("opening_users", found.opening as f64),
            ("dormant_users", (found.opening - found.returning) as f64),
        ]);
    }
    parts.push(("mean_daily_users", daily(scope, window)?));
    parts.push(("events", events));
    if users > 0 {
        parts.push(("events_per_user", events / users as f64));
    }
    if scope.detail == Detail::Headline
        && let Some(customers) = active_customers(scope, window)?
    {
        parts.push(("customers", customers as f64));
    }
    let chart = (is_told && scope.detail == Detail::Headline).then(|| movements(&found));
    Ok(Estimate::of(users as f64, users, Spread::Exact)
        .with_parts(parts)
        .with_flows(FLOWS)
        .with_chart(chart))
}

fn movements(found: &Lifecycle) -> ChartSpec {
    let step = |label: &str, amount: f64, total: bool| WaterfallStep {
        label: label.to_owned(),
        amount,
        total,
    };
    let closing = found.new + found.returning + found.resurrected;
    let dormant = found.opening - found.returning;
    ChartSpec {
        title: String::from("From the users of the period before to those of this one"),
        summary: String::new(),
        plot: Plot::Waterfall {
            unit: Unit::Count,
            steps: vec![
                step("Period before", found.opening as f64, true),
                step("New", found.new as f64, false),
                step("Came back", found.resurrected as f64, false),
                step("Did not return", -(dormant as f64), false),
                step("This period", closing as f64, true),
            ],
        },
        footnotes: vec![String::from(
            "Bars show change only; the totals are not drawn to zero.",
        )],
    }
}

/// Users a day over all days of the window.
fn daily(scope: &Scope<'_>, window: Period) -> Outcome<f64> {
    let (activity, _) = scope.log()?;
    Ok(activity.visits(window).len() as f64 / f64::from(window.days().max(1)))
}

/// Customers one of whose users came; nothing where no column says whose user it is.
fn active_customers(scope: &Scope<'_>, window: Period) -> Outcome<Option<u64>> {
    let (activity, facts) = scope.log()?;
    let Some(codes) = &facts.customers else {
        return Ok(None);
    };
    let mut seen = vec![false; facts.customer_limit];
    for (row, _) in activity.actions(facts, Some(window)) {
        seen[codes[row] as usize] = true;
    }
    // The first stands for rows without a customer.
    let named = seen.iter().skip(1).filter(|seen| **seen);
    Ok(Some(named.count() as u64))
}

fn calendar(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    users(scope, window)
}

fn rolling_7_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    users(scope, window.last_days(7))
}

fn rolling_30_days(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    users(scope, window.last_days(30))
}

fn mean_daily(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    Ok(Estimate {
        value: daily(scope, window)?,
        ..users(scope, window)?
    })
}

fn customers(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (_, window) = scope.activity()?;
    let Some(customers) = active_customers(scope, window)? else {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column was taken for the customer whose user it is.",
            "Say on the check page which column it is, or choose another rule.",
        ));
    };
    Ok(Estimate {
        value: customers as f64,
        n: customers,
        ..users(scope, window)?
    })
}

/// The users as typed, or added up from new, returning and resurrected ones.
fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    // All are asked for, whichever decides, so that a form can offer them all.
    let told = scope.figure("users");
    let (new, returning) = (scope.figure("new_users"), scope.figure("returning_users"));
    let resurrected = scope.figure_or_nothing("resurrected_users");
    let mut parts = Vec::new();
    let users = match (told, new, returning) {
        (Ok(users), ..) => users,
        (Err(_), Ok(new), Ok(returning)) => {
            parts.extend([
                ("new_users", new),
                ("returning_users", returning),
                ("resurrected_users", resurrected),
            ]);
            new + returning + resurrected
        }
        (Err(missing), ..) => return Err(missing),
    };
    let Some(whole) = heads(users) else {
        return Err(not_heads());
    };
    parts.insert(0, ("users", users));
    Ok(Estimate::of(users, whole, Spread::Exact).with_parts(parts))
}
