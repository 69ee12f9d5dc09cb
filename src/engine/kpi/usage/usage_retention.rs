//! Usage retention: how many users come back?

use crate::engine::kpi::activity_cohorts;
use crate::engine::kpi::on_activity::{ACTIVITY_NEED, typed_share};
use crate::engine::kpi::prelude::*;

use super::returns::{Days, Returns, When};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "usage_retention",
    edition: 1,
    name: "Usage retention",
    short: None,
    family: "usage",
    question: "How many users come back?",
    definition: "Of the users who came for the first time (in the period, where one is chosen; else ever), the share who came again a number of days later. Users for whom that day is not over yet count in neither number. Day 0 is the day of the first event.",
    formula: "users who came again on the day ÷ users for whom the day is over",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[ACTIVITY_NEED, TYPED_NEED],
    covers: Covers::Everything,
    rules: &[
        rule(
            "on_day",
            "On the day",
            "Users with an event exactly that many calendar days after the day of their first event.",
            "PostHog, Retention, calendar days; Amplitude, Retention Analysis: return on",
            &[(Basis::Activity, on_day), (Basis::Typed, typed)],
        ),
        rule(
            "on_day_24_hours",
            "On the day, days of 24 hours",
            "As on the day, but a day is 24 hours that begin with the hour of the user's first event; where the table holds days only, this cannot be told.",
            "Amplitude, Retention Analysis: 24-hour windows, times rounded down to the hour",
            &[(Basis::Activity, on_day_24_hours)],
        ),
        rule(
            "on_or_after",
            "On the day or later",
            "Users with an event that many calendar days after their first one, or at any time later: who has not left for good.",
            "Amplitude, Retention Analysis: return on or after (unbounded)",
            &[(Basis::Activity, on_or_after)],
        ),
        rule(
            "on_or_after_24_hours",
            "On the day or later, days of 24 hours",
            "As on the day or later, but a day is 24 hours that begin with the hour of the user's first event.",
            "Amplitude, Retention Analysis: return on or after, 24-hour windows",
            &[(Basis::Activity, on_or_after_24_hours)],
        ),
        rule(
            "bracket",
            "Within a range of days",
            "Users with an event on any day of the range, counted in calendar days from the day of their first event; the settings say from which day to which.",
            "Amplitude, Retention Analysis: return on (custom), brackets",
            &[(Basis::Activity, bracket)],
        ),
        rule(
            "bracket_24_hours",
            "Within a range of days of 24 hours",
            "As within a range of days, but a day is 24 hours that begin with the hour of the user's first event.",
            "Amplitude, Retention Analysis: brackets, 24-hour windows",
            &[(Basis::Activity, bracket_24_hours)],
        ),
    ],
    settings: &[
        Setting {
            name: "day",
            takes: Takes::Number,
            default: "7",
            says: "The day on which users must come again; day 0 is that of their first event.",
        },
        Setting {
            name: "from_day",
            takes: Takes::Number,
            default: "1",
            says: "For the rules with a range: its first day.",
        },
        Setting {
            name: "to_day",
            takes: Takes::Number,
            default: "the day above",
            says: "For the rules with a range: its last day.",
        },
    ],
    parts: &[
        part("returned_users", "users who came again"),
        part("cohort_users", "users for whom the day is over"),
        part(
            "too_young",
            "users for whom it is not over yet; they count in neither number",
        ),
        Part {
            name: "day",
            unit: Unit::Days,
            says: "the day, or the last day of the range",
        },
        part("numerator", "users who came again"),
        part("denominator", "users for whom the day is over"),
    ],
    limits: &[
        "Who came before the table begins looks like a new user in its first weeks.",
        "On the day is hard on products that are used weekly: the same users, seen on day 7 and on day 8, look kept and lost.",
        "On the day or later falls for late users, who had less time to come again.",
        "The cohorts below are by month: users of the first month who came in any day of a later one.",
        "Robots and shared logins count as users.",
    ],
    examples: &[
        Example {
            name: "one_of_two_users_came_on_day_seven_and_one_is_too_young",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-08T23:00:00Z,login\nu2,2025-02-02T10:00:00Z,login\nu2,2025-02-10T10:00:00Z,login\nu3,2025-02-09T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-15"}"#,
            gives: Gives::Value(
                0.5,
                &[
                    ("returned_users", 1.0),
                    ("cohort_users", 2.0),
                    ("too_young", 1.0),
                    ("day", 7.0),
                ],
            ),
        },
        Example {
            name: "the_next_morning_is_day_one_by_the_calendar",
            pasted: "user_id,event_time,event\nu1,2025-02-01T22:00:00Z,login\nu1,2025-02-02T08:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-15","settings":{"usage_retention.day":1}}"#,
            gives: Gives::Value(1.0, &[]),
        },
        Example {
            name: "and_still_day_nought_by_24_hours",
            pasted: "user_id,event_time,event\nu1,2025-02-01T22:00:00Z,login\nu1,2025-02-02T08:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-15","settings":{"usage_retention.day":1},"variants":{"usage_retention":"on_day_24_hours"}}"#,
            gives: Gives::Value(0.0, &[("cohort_users", 1.0)]),
        },
        Example {
            name: "day_eight_is_on_or_after_day_seven",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-08T10:00:00Z,login\nu2,2025-02-02T10:00:00Z,login\nu2,2025-02-10T10:00:00Z,login\nu3,2025-02-03T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-15","variants":{"usage_retention":"on_or_after"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[]),
        },
        Example {
            name: "on_or_after_seven_times_24_hours",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-08T09:59:00Z,login\nu2,2025-02-01T10:50:00Z,login\nu2,2025-02-08T10:10:00Z,login\n",
            options: r#"{"as_of":"2025-02-15","variants":{"usage_retention":"on_or_after_24_hours"}}"#,
            gives: Gives::Value(0.5, &[]),
        },
        Example {
            name: "days_two_to_four",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-03T10:00:00Z,login\nu1,2025-02-05T10:00:00Z,login\nu2,2025-02-02T10:00:00Z,login\nu2,2025-02-03T10:00:00Z,login\nu2,2025-02-07T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-15","variants":{"usage_retention":"bracket"},"settings":{"usage_retention.from_day":2,"usage_retention.to_day":4}}"#,
            gives: Gives::Value(0.5, &[("returned_users", 1.0), ("day", 4.0)]),
        },
        Example {
            name: "days_two_to_four_of_24_hours",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-03T09:00:00Z,login\nu2,2025-02-02T10:00:00Z,login\nu2,2025-02-07T09:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-15","variants":{"usage_retention":"bracket_24_hours"},"settings":{"usage_retention.from_day":2,"usage_retention.to_day":4}}"#,
            gives: Gives::Value(0.5, &[("returned_users", 1.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "returned users,cohort users\n38,100\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.38, &[("returned_users", 38.0)]),
        },
        Example {
            name: "nobody_is_old_enough",
            pasted: "user_id,event_time,event\nu1,2025-02-01T10:00:00Z,login\nu1,2025-02-04T10:00:00Z,login\n",
            options: "",
            gives: Gives::Refusal("too_early"),
        },
        Example {
            name: "days_without_times_have_no_24_hours",
            pasted: "user_id,event_date,event\nu1,2025-02-01,login\nu1,2025-02-14,login\n",
            options: r#"{"variants":{"usage_retention":"on_day_24_hours"}}"#,
            gives: Gives::Refusal("rule_not_applicable"),
        },
    ],
};

const fn rule(
    id: &'static str,
    name: &'static str,
    says: &'static str,
    source: &'static str,
    estimates: &'static [(Basis, crate::engine::kpi::definition::Estimator)],
) -> Rule {
    Rule {
        id,
        name,
        rule: says,
        source,
        estimates,
        ledger: &[],
        path: None,
        unit: None,
    }
}

const fn part(name: &'static str, says: &'static str) -> Part {
    Part {
        name,
        unit: Unit::Count,
        says,
    }
}

/// The days that the settings name: from, to.
fn range(scope: &Scope<'_>, is_bracket: bool) -> (u32, u32) {
    let day = scope.whole_setting("usage_retention.day", 0, 7);
    if !is_bracket {
        return (day, day);
    }
    let from = scope.whole_setting("usage_retention.from_day", 0, 1);
    let to = scope.whole_setting("usage_retention.to_day", 0, day);
    (from.min(to), to)
}

fn retention(scope: &Scope<'_>, when: When, days: Days) -> Outcome<Estimate> {
    let (activity, facts) = scope.log()?;
    let as_of = scope.as_of.ok_or_else(no_dates)?;
    let returns = Returns::new(activity, facts, scope.window, (as_of, days))?;
    at_least_one(returns.all(), "users who came for the first time")?;
    let found = returns.share(when);
    if found.reached == 0 {
        return Err(Refusal::new(
            "too_early",
            format!(
                "Day {} is not over for any of the users who came for the first time in this period.",
                when.last_day()
            ),
            "Choose an earlier day, or an earlier or longer period.",
        ));
    }
    let mut estimate = Estimate::share(found.returned, found.reached).with_parts(vec![
        ("returned_users", found.returned as f64),
        ("cohort_users", found.reached as f64),
        ("too_young", (returns.all() - found.reached) as f64),
        ("day", f64::from(when.last_day())),
        ("numerator", found.returned as f64),
        ("denominator", found.reached as f64),
    ]);
    if scope.detail == Detail::Headline {
        estimate.chart = Some(returns.chart(when));
        estimate.cohorts = activity_cohorts::of_activity(activity, as_of);
    }
    Ok(estimate)
}

fn no_dates() -> Refusal {
    Refusal::new(
        "no_dates",
        "No row says when, so nobody can be followed.",
        "Say on the check page which column holds the date.",
    )
}

fn on_day(scope: &Scope<'_>) -> Outcome<Estimate> {
    retention(scope, When::On(range(scope, false).0), Days::Calendar)
}

fn on_day_24_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    retention(scope, When::On(range(scope, false).0), Days::Of24Hours)
}

fn on_or_after(scope: &Scope<'_>) -> Outcome<Estimate> {
    retention(scope, When::From(range(scope, false).0), Days::Calendar)
}

fn on_or_after_24_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    retention(scope, When::From(range(scope, false).0), Days::Of24Hours)
}

fn bracket(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (from, to) = range(scope, true);
    retention(scope, When::Within(from, to), Days::Calendar)
}

fn bracket_24_hours(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (from, to) = range(scope, true);
    retention(scope, When::Within(from, to), Days::Of24Hours)
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (returned, reached) = typed_share(scope, "returned_users", "cohort_users")?;
    Ok(Estimate::share(returned, reached).with_parts(vec![
        ("returned_users", returned as f64),
        ("cohort_users", reached as f64),
        ("numerator", returned as f64),
        ("denominator", reached as f64),
    ]))
}
