//! Engagement rate: how many users do enough of what matters?

use crate::engine::facts::active_days;
use crate::engine::kpi::on_activity::{ACTIVITY_NEED, chosen, typed_share};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "engagement_rate",
    edition: 1,
    name: "Customer engagement rate",
    short: None,
    family: "usage",
    question: "How many users do enough of what matters?",
    definition: "Engaged users divided by eligible users. Engaged is who did at least so many qualifying actions in the period; eligible is who was active in the period before. Which events qualify and how many it takes are settings; unless set, every event qualifies and one is enough.",
    formula: "eligible users with enough qualifying actions in the period ÷ eligible users",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[ACTIVITY_NEED, TYPED_NEED],
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "active_before",
            name: "Of the users of the period before",
            rule: "Eligible is every user with an event in the period before, which is as long as this one: who was active at the start.",
            source: "Kept: no standard formula exists; engaged ÷ customers who were active at the start",
            estimates: &[(Basis::Activity, active_before), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "known_before",
            name: "Of all users known at the start",
            rule: "Eligible is every user with any event before the period, however long ago.",
            source: "Kept: the same with registered users as the base",
            estimates: &[(Basis::Activity, known_before)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "of_active",
            name: "Of the users of the period",
            rule: "Eligible is every user with an event in the period; with one action of any sort being enough, that is all of them.",
            source: "Amplitude, Event Segmentation: share of active users who did the event",
            estimates: &[(Basis::Activity, of_active)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[
        Setting {
            name: "least_actions",
            takes: Takes::Number,
            default: "1",
            says: "So many qualifying actions in the period make a user engaged.",
        },
        Setting {
            name: "events",
            takes: Takes::Words,
            default: "every event",
            says: "Only events of these names qualify.",
        },
    ],
    parts: &[
        part("engaged", "eligible users with enough qualifying actions"),
        part("eligible", "users whom the rule looks at"),
        part("users", "users with any event in the period"),
        part("actions", "qualifying actions of the period, by anyone"),
        part(
            "depth",
            "qualifying actions per user with any event in the period",
        ),
        part(
            "frequency",
            "active days per user with any event in the period",
        ),
        part("numerator", "engaged users"),
        part("denominator", "eligible users"),
    ],
    limits: &[
        "GA4's engagement rate is another figure: sessions of 10 seconds, with a key event or with two views, divided by all sessions.",
        "Robots and shared logins count as users.",
        "Who joined within the period is not eligible by the first two rules.",
        "In the period in which the table begins nobody is known from before, so there is no figure by the first two rules.",
        "The day begins at midnight in the report's time zone.",
    ],
    examples: &[
        Example {
            name: "one_of_two_users_of_january_exported_twice_in_february",
            pasted: "user_id,event_time,event\nu1,2025-01-05T10:00:00Z,login\nu2,2025-01-07T10:00:00Z,login\nu1,2025-02-01T12:00:00Z,export\nu1,2025-02-02T12:00:00Z,export\nu2,2025-02-03T10:00:00Z,login\nu2,2025-02-03T11:00:00Z,export\nu3,2025-02-14T11:00:00Z,export\nu3,2025-02-15T11:00:00Z,export\n",
            options: r#"{"as_of":"2025-02-28","settings":{"engagement_rate.least_actions":2,"engagement_rate.events":["Export"]}}"#,
            gives: Gives::Value(
                0.5,
                &[
                    ("engaged", 1.0),
                    ("eligible", 2.0),
                    ("users", 3.0),
                    ("actions", 5.0),
                    ("depth", 5.0 / 3.0),
                    ("frequency", 5.0 / 3.0),
                ],
            ),
        },
        Example {
            name: "who_came_in_december_is_known_in_february",
            pasted: "user_id,event_time,event\nu1,2024-12-05T10:00:00Z,login\nu2,2025-01-07T10:00:00Z,login\nu1,2025-02-01T12:00:00Z,export\n",
            options: r#"{"as_of":"2025-02-28","variants":{"engagement_rate":"known_before"}}"#,
            gives: Gives::Value(0.5, &[("eligible", 2.0)]),
        },
        Example {
            name: "two_of_three_users_of_the_month_exported",
            pasted: "user_id,event_time,event\nu1,2025-02-01T12:00:00Z,export\nu2,2025-02-03T10:00:00Z,login\nu3,2025-02-14T11:00:00Z,export\n",
            options: r#"{"as_of":"2025-02-28","variants":{"engagement_rate":"of_active"},"settings":{"engagement_rate.events":"export, login"}}"#,
            gives: Gives::Value(1.0, &[("eligible", 3.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "engaged,eligible\n450,1000\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.45, &[("engaged", 450.0)]),
        },
        Example {
            name: "more_engaged_than_eligible_is_refused",
            pasted: "engaged,eligible\n1000,450\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("not_a_count"),
        },
        Example {
            name: "nobody_is_known_before_the_first_month",
            pasted: "user_id,event_time,event\nu1,2025-02-01T12:00:00Z,export\nu2,2025-02-03T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28"}"#,
            gives: Gives::Refusal("no_opening"),
        },
        Example {
            name: "an_event_that_nobody_did_is_refused",
            pasted: "user_id,event_time,event\nu1,2025-01-01T12:00:00Z,export\nu1,2025-02-03T10:00:00Z,login\n",
            options: r#"{"as_of":"2025-02-28","settings":{"engagement_rate.events":["import"]}}"#,
            gives: Gives::Refusal("name_unknown"),
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

/// Users with how many qualifying actions they did in the period, in the order of their numbers.
fn acted(scope: &Scope<'_>, window: Period) -> Outcome<Vec<(u32, u32)>> {
    let (activity, facts) = scope.log()?;
    let qualifies = chosen(scope, "engagement_rate.events", facts.events.as_ref())?;
    let actions = activity.actions(facts, Some(window));
    let people = match (&facts.events, &qualifies) {
        (Some(events), Some(marks)) => actions
            .filter(|(row, _)| marks[events.codes[*row] as usize])
            .map(|(_, person)| person)
            .collect(),
        _ => actions.map(|(_, person)| person).collect(),
    };
    Ok(active_days::counts(people, activity.users()))
}

/// The share of these users, in the order of their numbers, who did enough.
fn rate(scope: &Scope<'_>, eligible: &[u32]) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let least = scope.whole_setting("engagement_rate.least_actions", 1, 1);
    let acted = acted(scope, window)?;
    let actions: u64 = acted.iter().map(|(_, count)| u64::from(*count)).sum();
    let mut enough = acted.iter().filter(|(_, count)| *count >= least).peekable();
    let engaged = eligible
        .iter()
        .filter(|person| {
            while enough.next_if(|(other, _)| other < *person).is_some() {}
            enough.peek().is_some_and(|(other, _)| other == *person)
        })
        .count() as u64;
    let users = activity.people(window).count() as f64;
    let mut parts = vec![
        ("engaged", engaged as f64),
        ("eligible", eligible.len() as f64),
        ("users", users),
        ("actions", actions as f64),
    ];
    if users > 0.0 {
        parts.push(("depth", actions as f64 / users));
        parts.push(("frequency", activity.visits(window).len() as f64 / users));
    }
    parts.push(("numerator", engaged as f64));
    parts.push(("denominator", eligible.len() as f64));
    let chart = (scope.detail == Detail::Headline).then(|| chart(&acted));
    Ok(Estimate::share(engaged, eligible.len() as u64)
        .with_parts(parts)
        .with_chart(chart))
}

/// Users by how many qualifying actions they did.
fn chart(acted: &[(u32, u32)]) -> ChartSpec {
    const EDGES: [(u32, &str); 8] = [
        (1, "1"),
        (2, "2"),
        (3, "3–4"),
        (5, "5–9"),
        (10, "10–19"),
        (20, "20–49"),
        (50, "50–99"),
        (100, "100+"),
    ];
    let most = acted.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let ends = EDGES.iter().skip(1).map(|(from, _)| *from);
    let bars = EDGES
        .iter()
        .zip(ends.chain([u32::MAX]))
        .filter(|((from, _), _)| *from <= most)
        .map(|((from, label), to)| Bar {
            label: (*label).to_owned(),
            count: acted
                .iter()
                .filter(|(_, count)| *from <= *count && *count < to)
                .count() as f64,
            group: String::new(),
            tone: Tone::Gain,
        });
    ChartSpec {
        title: String::from("Users by qualifying actions"),
        summary: String::new(),
        plot: Plot::Distribution {
            bars: bars.collect(),
        },
        footnotes: Vec::new(),
    }
}

fn sorted(people: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut people: Vec<u32> = people.collect();
    people.sort_unstable();
    people
}

fn active_before(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let eligible = sorted(activity.people(window.before()));
    if eligible.is_empty() {
        return Err(nobody_before());
    }
    rate(scope, &eligible)
}

fn known_before(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    // Users are numbered in the order of their first day.
    let known = activity.firsts().iter();
    let known = known.take_while(|first| **first < window.start.0).count();
    let eligible: Vec<u32> = (0..known as u32).collect();
    if eligible.is_empty() {
        return Err(nobody_before());
    }
    rate(scope, &eligible)
}

fn of_active(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (activity, window) = scope.activity()?;
    let eligible = sorted(activity.people(window));
    at_least_one(eligible.len() as u64, "users with events")?;
    rate(scope, &eligible)
}

fn nobody_before() -> Refusal {
    Refusal::new(
        "no_opening",
        "Nobody was active before the period, so there is nobody to compare with.",
        "Add rows from before the period, choose a later one, or choose the rule with the users of the period.",
    )
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (engaged, eligible) = typed_share(scope, "engaged", "eligible")?;
    Ok(Estimate::share(engaged, eligible).with_parts(vec![
        ("engaged", engaged as f64),
        ("eligible", eligible as f64),
        ("numerator", engaged as f64),
        ("denominator", eligible as f64),
    ]))
}
