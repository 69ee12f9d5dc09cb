//! Open backlog: how many tickets are open?

use crate::engine::base::Date;
use crate::engine::facts::NO_DAY;
use crate::engine::kpi::prelude::*;
use stats::quantile;
use stats::ranked::Ranked;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "open_backlog",
    edition: 1,
    name: "Open backlog",
    short: None,
    family: "support",
    question: "How many tickets are open?",
    definition: "Tickets created and not solved by the end of the last day that counts, or of the period. Where no column says when tickets were solved, those whose status says that they are open.",
    formula: "tickets created so far − tickets solved so far",
    unit: Unit::Count,
    better: Better::Lower,
    needs: &[
        Need {
            kind: Kind::Ticket,
            roles: &[
                &[Role::CreatedAt],
                &[
                    Role::ResolvedAt,
                    Role::ResolutionMinutes,
                    Role::FirstResolvedAt,
                    Role::FirstResolutionMinutes,
                    Role::Status,
                ],
            ],
            basis: Basis::Backlog,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::LastDay,
    rules: &[
        Rule {
            id: "by_dates",
            name: "By dates",
            rule: "A ticket is open from the day of its creation until the day of its (last) solution; where no column tells that day, its status tells.",
            source: "Zendesk backlog, a count at the end of a day; Fivetran, dbt_zendesk decision log",
            estimates: &[(Basis::Backlog, by_dates), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "by_status",
            name: "By status",
            rule: "A ticket is open when its status says so; this is known for the last day alone.",
            source: "Common count of the tickets in an open state",
            estimates: &[(Basis::Backlog, by_status)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "open",
            unit: Unit::Count,
            says: "tickets open at the end",
        },
        Part {
            name: "median_age_days",
            unit: Unit::Days,
            says: "half of the open tickets are younger, in whole days",
        },
        Part {
            name: "p90_age_days",
            unit: Unit::Days,
            says: "nine of ten open tickets are younger",
        },
        Part {
            name: "oldest_age_days",
            unit: Unit::Days,
            says: "age of the oldest open ticket",
        },
        Part {
            name: "opening_backlog",
            unit: Unit::Count,
            says: "typed figures: tickets open before",
        },
        Part {
            name: "created",
            unit: Unit::Count,
            says: "tickets created so far; typed figures: since then",
        },
        Part {
            name: "solved",
            unit: Unit::Count,
            says: "tickets solved so far; typed figures: since then",
        },
    ],
    limits: &[
        "A ticket that was opened again counts as solved before its last solution only if the export says so.",
        "Tickets that the export leaves out, such as deleted ones, are not in it.",
        "A count says nothing of how much work a ticket is.",
    ],
    examples: &[
        Example {
            name: "two_of_four_are_open_on_the_last_day",
            pasted: FOUR,
            options: "",
            gives: Gives::Value(
                2.0,
                &[
                    ("created", 4.0),
                    ("solved", 2.0),
                    ("median_age_days", 9.0),
                    ("oldest_age_days", 18.0),
                ],
            ),
        },
        Example {
            name: "three_were_open_at_the_end_of_january",
            pasted: FOUR,
            options: r#"{"as_of":"2025-02-10","period":{"unit":"month"}}"#,
            gives: Gives::Value(3.0, &[("created", 3.0), ("solved", 0.0)]),
        },
        Example {
            name: "a_status_says_what_is_open_where_no_date_does",
            pasted: "Ticket ID,Created at,Status,Priority\n1,2025-01-01,Open,low\n2,2025-01-02,Closed,low\n3,2025-01-05,Pending,high\n",
            options: "",
            gives: Gives::Value(2.0, &[("oldest_age_days", 4.0)]),
        },
        Example {
            name: "by_status_although_there_are_dates",
            pasted: "Ticket ID,Created at,Resolved at,Status,Priority\n1,2025-01-01,2025-01-03,Open,low\n2,2025-01-02,2025-01-04,Closed,low\n3,2025-01-05,,Pending,high\n",
            options: r#"{"variants":{"open_backlog":"by_status"}}"#,
            gives: Gives::Value(2.0, &[("open", 2.0)]),
        },
        Example {
            name: "a_status_is_not_known_for_the_month_before",
            pasted: "Ticket ID,Created at,Status,Priority\n1,2025-01-01,Open,low\n2,2025-01-02,Closed,low\n3,2025-02-05,Pending,high\n",
            options: r#"{"period":{"unit":"month"}}"#,
            gives: Gives::Refusal("status_is_of_now"),
        },
        Example {
            name: "typed_figures",
            pasted: "opening,created,solved\n40,120,110\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(50.0, &[("open", 50.0)]),
        },
    ],
};

const FOUR: &str = "ticket_id,created_at,resolved_at\n1,2025-01-10T09:00:00Z,2025-02-01T10:00:00Z\n2,2025-01-23T22:00:00Z,\n3,2025-01-31T23:00:00Z,2025-02-03T01:00:00Z\n4,2025-02-10T08:00:00Z,\n";

/// The last day of the window that counts.
fn last_day(scope: &Scope<'_>) -> Outcome<Date> {
    let of_window = scope.window.map(|window| window.end.plus_days(-1));
    let days = of_window.into_iter().chain(scope.as_of);
    days.min().ok_or_else(|| {
        Refusal::new(
            "no_dates",
            "No column says when, so no period can be chosen.",
            "Say on the check page which column holds the date of creation.",
        )
    })
}

fn by_dates(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (backlog, open) = scope.backlog()?;
    let Some(solved) = &backlog.solved else {
        return by_status(scope);
    };
    let day = last_day(scope)?;
    let (count, created) = open.at_end_of(day);
    at_least_one(created, "tickets created so far")?;
    let mut estimate = of(count, created);
    if scope.detail == Detail::Headline {
        describe(&mut estimate, scope, day, |row| {
            let solved = solved[row];
            backlog.created[row] <= day.0 && (solved == NO_DAY || solved > day.0)
        })?;
    }
    Ok(estimate)
}

fn by_status(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (backlog, _) = scope.backlog()?;
    let day = last_day(scope)?;
    let Some(open_now) = &backlog.open_now else {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column holds a status.",
            "Add the status to the export, or choose another rule.",
        ));
    };
    if scope.as_of.is_some_and(|last| day < last) {
        return Err(Refusal::new(
            "status_is_of_now",
            "A status says what is open now, and not what was open at the end of an earlier period.",
            "Add the date of the solution to the export, or choose all rows.",
        ));
    }
    let rows = || scope.all_rows.iter().map(|row| *row as usize);
    let created = rows().count() as u64;
    at_least_one(created, "tickets created so far")?;
    let mut estimate = of(rows().filter(|row| open_now[*row]).count() as u64, created);
    if scope.detail == Detail::Headline {
        describe(&mut estimate, scope, day, |row| open_now[row])?;
    }
    Ok(estimate)
}

fn of(open: u64, created: u64) -> Estimate {
    let parts = vec![
        ("open", open as f64),
        ("created", created as f64),
        ("solved", (created - open) as f64),
    ];
    Estimate::of(open as f64, created, Spread::Exact).with_parts(parts)
}

/// Adds how old the open tickets are.
fn describe(
    estimate: &mut Estimate,
    scope: &Scope<'_>,
    day: Date,
    is_open: impl Fn(usize) -> bool,
) -> Outcome<()> {
    let (backlog, _) = scope.backlog()?;
    let rows = scope.all_rows.iter().map(|row| *row as usize);
    let open = rows.filter(|row| is_open(*row));
    let ages: Vec<f64> = open
        .map(|row| f64::from(day.0 - backlog.created[row]))
        .collect();
    if let Some(mut ranked) = Ranked::of(&ages)
        && let Some(found) = quantile::select_quantiles(&mut ranked, &[0.5, 0.9, 1.0])
        && let [median, p90, oldest] = found[..]
    {
        estimate.parts.extend([
            ("median_age_days", median),
            ("p90_age_days", p90),
            ("oldest_age_days", oldest),
        ]);
        estimate.chart = Some(picture(&ages));
    }
    Ok(())
}

fn picture(ages: &[f64]) -> ChartSpec {
    /// Ages in days, up to and with the last one of each class.
    const CLASSES: [(&str, f64); 7] = [
        ("today", 0.0),
        ("1 day", 1.0),
        ("2–3 days", 3.0),
        ("4–7 days", 7.0),
        ("8–30 days", 30.0),
        ("31–90 days", 90.0),
        ("older", f64::INFINITY),
    ];
    let mut from = f64::NEG_INFINITY;
    let bars = CLASSES.iter().map(|(label, to)| {
        let count = ages
            .iter()
            .filter(|age| **age > from && **age <= *to)
            .count();
        from = *to;
        Bar {
            label: (*label).to_owned(),
            count: count as f64,
            group: String::new(),
            tone: Tone::Loss,
        }
    });
    ChartSpec {
        title: String::from("Open tickets by age"),
        summary: String::new(),
        plot: Plot::Distribution {
            bars: bars.collect(),
        },
        footnotes: Vec::new(),
    }
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (opening, created, solved) = (
        scope.figure("opening_backlog")?,
        scope.figure("created")?,
        scope.figure("solved")?,
    );
    let open = opening + created - solved;
    let counts = [opening, created, solved].into_iter().map(heads);
    let Some(open) = heads(open).filter(|_| counts.into_iter().all(|count| count.is_some())) else {
        return Err(not_heads());
    };
    let parts = vec![
        ("open", open as f64),
        ("opening_backlog", opening),
        ("created", created),
        ("solved", solved),
    ];
    Ok(Estimate::of(open as f64, open, Spread::Exact).with_parts(parts))
}
