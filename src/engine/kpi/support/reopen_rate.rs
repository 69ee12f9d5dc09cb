//! Reopen rate: how many solved tickets come back?

use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "reopen_rate",
    edition: 1,
    name: "Reopen rate",
    short: None,
    family: "support",
    question: "How many solved tickets come back?",
    definition: "Solved tickets that had been opened again at least once, divided by all solved tickets.",
    formula: "solved tickets with reopenings ÷ solved tickets",
    unit: Unit::Ratio,
    better: Better::Lower,
    needs: &[
        Need {
            kind: Kind::Ticket,
            roles: &[
                &[Role::Reopens],
                &[
                    Role::Status,
                    Role::ResolvedAt,
                    Role::ResolutionMinutes,
                    Role::FirstResolvedAt,
                    Role::FirstResolutionMinutes,
                ],
            ],
            basis: Basis::Reopens,
            expected: Expected::Sometimes,
            beside: Beside::Nothing,
        },
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        Rule {
            id: "of_solved",
            name: "Of the tickets that are solved",
            rule: "A ticket that is open again now does not count until it is solved.",
            source: "Zendesk, reopens of solved tickets, help article 4408834848154",
            estimates: &[(Basis::Reopens, of_solved), (Basis::Typed, typed_of_solved)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "ever_solved",
            name: "Of the tickets that were ever solved",
            rule: "A ticket that is open again now counts as well, because it was solved before.",
            source: "Kept; a ticket can only be opened again after it was solved",
            estimates: &[
                (Basis::Reopens, ever_solved),
                (Basis::Typed, typed_ever_solved),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "reopened",
            unit: Unit::Count,
            says: "solved tickets that had been opened again",
        },
        Part {
            name: "solved",
            unit: Unit::Count,
            says: "solved tickets",
        },
        Part {
            name: "open_again",
            unit: Unit::Count,
            says: "tickets that were opened again and are not solved now",
        },
        Part {
            name: "times",
            unit: Unit::Count,
            says: "times that tickets were opened again, added up over the reopened ones",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "reopened tickets that count",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "tickets that it is divided by",
        },
    ],
    limits: &[
        "A customer who writes a new ticket about the old matter opens nothing again.",
        "A thank-you that opens a ticket again counts like a complaint.",
        "Tickets that were merged, deleted or marked as spam do not count as solved.",
        "Young tickets have had less time to come back.",
    ],
    examples: &[
        Example {
            name: "one_of_four_solved_tickets_came_back",
            pasted: FIVE,
            options: "",
            gives: Gives::Value(
                0.25,
                &[
                    ("reopened", 1.0),
                    ("solved", 4.0),
                    ("open_again", 1.0),
                    ("times", 3.0),
                ],
            ),
        },
        Example {
            name: "with_the_one_that_is_open_again",
            pasted: FIVE,
            options: r#"{"variants":{"reopen_rate":"ever_solved"}}"#,
            gives: Gives::Value(0.4, &[("denominator", 5.0)]),
        },
        Example {
            name: "yes_and_no_instead_of_times",
            pasted: "Ticket ID,Created at,Resolved at,Reopened\n1,2025-01-01,2025-01-02,no\n2,2025-01-02,2025-01-03,yes\n3,2025-01-03,2025-01-04,no\n4,2025-01-04,2025-01-05,no\n5,2025-01-05,,no\n",
            options: "",
            gives: Gives::Value(0.25, &[("solved", 4.0)]),
        },
        Example {
            name: "typed_figures",
            pasted: "reopened,solved\n12,150\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.08, &[("numerator", 12.0), ("denominator", 150.0)]),
        },
        Example {
            name: "nothing_solved_is_refused",
            pasted: "Id,Status,Created at,Reopens,Priority\n1,open,2025-01-01,0,low\n2,pending,2025-01-02,0,high\n",
            options: "",
            gives: Gives::Refusal("no_rows_count"),
        },
        Example {
            name: "more_reopened_than_solved_tickets_are_refused",
            pasted: "reopened,solved\n12,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("part_above_whole"),
        },
    ],
};

const FIVE: &str = "Id,Status,Created at,Reopens,Priority\n1,solved,2025-01-01,0,low\n2,closed,2025-01-02,2,high\n3,solved,2025-01-03,0,low\n4,open,2025-01-04,1,low\n5,solved,2025-01-05,0,high\n6,open,2025-01-06,0,high\n";

/// Tickets by what became of them.
#[derive(Clone, Copy, Default)]
struct Counts {
    reopened: u64,
    solved: u64,
    open_again: u64,
    times: f64,
}

fn counts(scope: &Scope<'_>) -> Outcome<Counts> {
    let facts = scope.reopens()?;
    let mut counts = Counts::default();
    for &row in scope.rows {
        let times = facts.times[row as usize];
        let is_solved = facts.solved[row as usize];
        let came_back = times > 0.0;
        counts.solved += u64::from(is_solved);
        counts.reopened += u64::from(is_solved && came_back);
        counts.open_again += u64::from(!is_solved && came_back);
        counts.times += times;
    }
    Ok(counts)
}

fn typed(scope: &Scope<'_>) -> Outcome<Counts> {
    let count = |figure: f64| heads(figure).ok_or_else(not_heads);
    let counts = Counts {
        reopened: count(scope.figure("reopened")?)?,
        solved: count(scope.figure("solved")?)?,
        open_again: count(scope.figure_or_nothing("open_again"))?,
        times: f64::NAN,
    };
    if counts.reopened > counts.solved {
        return Err(Refusal::new(
            "part_above_whole",
            "More tickets are said to be reopened than solved.",
            "Look whether the two figures are of the same tickets.",
        ));
    }
    Ok(counts)
}

fn rate(counts: Counts, numerator: u64, denominator: u64) -> Outcome<Estimate> {
    at_least_one(denominator, "solved tickets")?;
    let mut parts = vec![
        ("reopened", counts.reopened as f64),
        ("solved", counts.solved as f64),
        ("open_again", counts.open_again as f64),
        ("numerator", numerator as f64),
        ("denominator", denominator as f64),
    ];
    if counts.times.is_finite() {
        parts.push(("times", counts.times));
    }
    Ok(Estimate::share(numerator, denominator).with_parts(parts))
}

fn among_solved(counts: Counts) -> Outcome<Estimate> {
    rate(counts, counts.reopened, counts.solved)
}

fn among_ever_solved(counts: Counts) -> Outcome<Estimate> {
    let again = counts.open_again;
    rate(counts, counts.reopened + again, counts.solved + again)
}

fn of_solved(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = counts(scope)?;
    let other = ("ever_solved", among_ever_solved(counts));
    Ok(beside(scope, among_solved(counts)?, other))
}

fn ever_solved(scope: &Scope<'_>) -> Outcome<Estimate> {
    let counts = counts(scope)?;
    let other = ("of_solved", among_solved(counts));
    Ok(beside(scope, among_ever_solved(counts)?, other))
}

/// A headline tells the figure of the other rule too.
fn beside(
    scope: &Scope<'_>,
    mut estimate: Estimate,
    (id, other): (&'static str, Outcome<Estimate>),
) -> Estimate {
    if scope.detail == Detail::Headline {
        estimate.others.extend(other.ok().map(|other| (id, other)));
    }
    estimate
}

fn typed_of_solved(scope: &Scope<'_>) -> Outcome<Estimate> {
    among_solved(typed(scope)?)
}

fn typed_ever_solved(scope: &Scope<'_>) -> Outcome<Estimate> {
    among_ever_solved(typed(scope)?)
}
