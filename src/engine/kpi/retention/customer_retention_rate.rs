//! Customer retention rate: how many customers stay?

use crate::engine::base::Date;
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::start_cohorts;
use crate::engine::kpi::stay_curve::{STAY_PARTS, Stay};

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_retention_rate",
    edition: 1,
    name: "Customer retention rate",
    short: None,
    family: "retention",
    question: "How many of our customers stay?",
    definition: "Customers who paid at the start of the period and still pay at its end, divided by all who paid at its start. A list of customers without dates gives the share who have not left.",
    formula: "customers of the start who are still there ÷ customers at the start",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: CUSTOMER_NEEDS,
    covers: Covers::Months(1),
    rules: &[
        Rule {
            id: "base",
            name: "Kept from the opening base",
            rule: "The customers of the start who pay at the end: 1 − the standard churn rate. Typed figures without departures are read as end − new.",
            source: "ChartMogul, Churn rate formulas, help article 207340419: what its churn rate leaves",
            estimates: &[
                (Basis::Customers, base),
                (Basis::Accounts, share_kept),
                (Basis::Typed, typed_base),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "end_minus_new",
            name: "(End − new) ÷ start",
            rule: "Customers at the end without those who paid for the first time in the period; who came back counts as kept, and who joined and left is taken off.",
            source: "Common definition: (customers at end − customers acquired) ÷ customers at start",
            estimates: &[
                (Basis::Customers, end_minus_new),
                (Basis::Typed, typed_end_minus_new),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "cohort",
            name: "Kept from the period's new customers",
            rule: "Of the customers who paid for the first time in the period, those who still pay at its end.",
            source: "“What are Top Customer Success KPIs?”: customers still there at the end ÷ customers who started in the period",
            estimates: &[(Basis::Customers, cohort)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "kept",
            unit: Unit::Count,
            says: "customers of the start who are there at the end",
        },
        Part {
            name: "opening",
            unit: Unit::Count,
            says: "customers at the start",
        },
        Part {
            name: "new",
            unit: Unit::Count,
            says: "customers who paid for the first time within the period",
        },
        Part {
            name: "closing",
            unit: Unit::Count,
            says: "customers at the end",
        },
        STAY_PARTS[0],
        STAY_PARTS[1],
        STAY_PARTS[2],
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "customers who count as kept",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "customers it is divided by",
        },
    ],
    limits: &[
        "Yearly contracts cannot end in eleven months of twelve: a monthly rate looks too good.",
        "Whether those who stay pay less is not seen: see gross revenue retention.",
        "A table of months does not say when the customers of its first month began: they are in the first cohort, and not in the curve.",
    ],
    examples: &[
        Example {
            name: "three_of_four_stayed",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15,10\nC,2025-01-01,,10\nD,2025-01-01,,10\nE,2025-03-02,2025-03-20,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Value(
                0.75,
                &[
                    ("kept", 3.0),
                    ("opening", 4.0),
                    ("new", 1.0),
                    ("closing", 3.0),
                    ("denominator", 4.0),
                ],
            ),
        },
        Example {
            name: "who_came_back_and_who_passed_through_change_end_minus_new",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-01-01,2025-03-15,10\nC,2025-01-01,2025-02-10,10\nC,2025-03-05,,10\nD,2025-01-01,,10\nE,2025-03-02,2025-03-20,10\nF,2025-03-02,2025-03-21,10\nG,2025-01-01,,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_retention_rate":"end_minus_new"}}"#,
            gives: Gives::Value(2.0 / 4.0, &[("kept", 3.0), ("closing", 4.0), ("new", 2.0)]),
        },
        Example {
            name: "the_periods_own_cohort",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-01-01,,10\nB,2025-03-02,,10\nC,2025-03-02,2025-03-20,10\nD,2025-03-09,,10\n",
            options: r#"{"as_of":"2025-03-31","variants":{"customer_retention_rate":"cohort"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[("new", 3.0), ("numerator", 2.0)]),
        },
        Example {
            name: "typed_figures_of_a_month_give_ninety_percent_and_never_129",
            pasted: "start,new,churned,reactivated,joined and left,end\n100,40,12,1,1,129\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.9, &[("kept", 90.0), ("opening", 100.0)]),
        },
        Example {
            name: "the_same_figures_as_end_minus_new",
            pasted: "start,new,churned,reactivated,joined and left,end\n100,40,12,1,1,129\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_retention_rate":"end_minus_new"}}"#,
            gives: Gives::Value(0.89, &[("numerator", 89.0)]),
        },
        Example {
            name: "a_list_of_customers_gives_the_share_who_stayed_and_their_median",
            pasted: "customerID,tenure,Churn\nA,12,No\nB,3,Yes\nC,40,No\nD,1,Yes\nE,2,Yes\n",
            options: "",
            gives: Gives::Value(
                0.4,
                &[
                    ("kept", 2.0),
                    ("opening", 5.0),
                    ("median", 3.0),
                    ("horizon", 40.0),
                    ("restricted_mean", 1.0 + 0.8 + 0.6 + 0.4 * 37.0),
                ],
            ),
        },
        Example {
            name: "nobody_at_the_start_is_refused",
            pasted: "customer,started_on,ended_on,mrr\nA,2025-03-02,,10\nB,2025-03-03,,10\n",
            options: r#"{"as_of":"2025-03-31"}"#,
            gives: Gives::Refusal("no_opening"),
        },
    ],
};

const KEPT: &str = "there at the start and at the end";
const LOST: &str = "at the start and gone at the end";
const RETURNED: &str = "had left before the period and came back within it";
const PASSED: &str = "joined and left within the period";
const STAYED_NEW: &str = "joined within the period and stayed";

const CLASSES: [&str; 5] = [KEPT, LOST, RETURNED, PASSED, STAYED_NEW];

/// The classes of a rule. Each customer is in at most one of them; the weights say what a customer
/// of the class adds to the numerator and to the denominator.
fn tally(scope: &Scope<'_>, weights: [(i128, i128); 5]) -> Outcome<Tally> {
    let (ledger, window) = scope.ledger()?;
    let (before, after) = ledger.ends(window)?;
    let mut tally = Tally::ratio(Counted::Heads, &CLASSES, scope.names_customers());
    for (customer, first) in ledger.first_starts().iter().enumerate() {
        let is_new = window.contains(Date(*first));
        let class = match (before[customer] > 0, after[customer] > 0) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) if !is_new => 2,
            (false, false) if is_new => 3,
            (false, true) => 4,
            (false, false) => continue,
        };
        let (numerator, denominator) = weights[class];
        if (numerator, denominator) != (0, 0) {
            tally.add_at(class, customer as u32, numerator, denominator);
        }
    }
    Ok(tally)
}

/// The rate of some classes, with what stands beside it.
fn rate(scope: &Scope<'_>, tally: Tally) -> Outcome<Estimate> {
    let (ledger, window) = scope.ledger()?;
    let (numerator, denominator) = (tally.numerator(), tally.denominator());
    let moved = ledger.movements(window)?.customers;
    let mut parts = vec![
        ("kept", (moved.opening - moved.churn) as f64),
        ("opening", moved.opening as f64),
        ("new", ledger.first_timers(window) as f64),
        ("closing", moved.closing as f64),
    ];
    let mut estimate = share_or_ratio(numerator as f64, denominator as f64);
    if scope.tells_courses()
        && let Some(as_of) = scope.as_of
    {
        let stay = Stay::of_ledger(ledger, as_of);
        parts.extend(stay.parts);
        estimate.curve = stay.points;
        estimate.stays = Some(stay.stays);
        if scope.detail == Detail::Headline {
            estimate.cohorts = start_cohorts::of_ledger(ledger, as_of)?;
        }
    }
    parts.push(("numerator", numerator as f64));
    parts.push(("denominator", denominator as f64));
    Ok(estimate.with_parts(parts).with_tally(tally))
}

/// A share with its interval; where returns outnumber losses, or losses of new customers all that
/// was kept, it is no share and has none.
fn share_or_ratio(numerator: f64, denominator: f64) -> Estimate {
    if (0.0..=denominator).contains(&numerator) {
        Estimate::share(numerator as u64, denominator as u64)
    } else {
        let value = numerator / denominator;
        Estimate::of(value, denominator as u64, Spread::StandardError(None))
    }
}

fn of_opening(scope: &Scope<'_>, weights: [(i128, i128); 5]) -> Outcome<Estimate> {
    let tally = tally(scope, weights)?;
    if tally.denominator() == 0 {
        return Err(no_opening());
    }
    rate(scope, tally)
}

fn base(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_opening(scope, [(1, 1), (0, 1), (0, 0), (0, 0), (0, 0)])
}

fn end_minus_new(scope: &Scope<'_>) -> Outcome<Estimate> {
    of_opening(scope, [(1, 1), (0, 1), (1, 0), (-1, 0), (0, 0)])
}

fn cohort(scope: &Scope<'_>) -> Outcome<Estimate> {
    let tally = tally(scope, [(0, 0), (0, 0), (0, 0), (0, 1), (1, 1)])?;
    if tally.denominator() == 0 {
        return Err(no_new_customers());
    }
    rate(scope, tally)
}

/// The share of a list of customers who have not left, and how long they stay.
fn share_kept(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (left, all) = scope.departures()?;
    at_least_one(all, "customers")?;
    let kept = all - left;
    let mut estimate = Estimate::share(kept, all);
    let mut parts = vec![
        ("kept", kept as f64),
        ("opening", all as f64),
        ("closing", kept as f64),
    ];
    if scope.tells_courses()
        && let Some(tenures) = scope.tenures
    {
        let stay = Stay::of_tenures(tenures, scope.rows);
        parts.extend(stay.parts);
        estimate.curve = stay.points;
        estimate.stays = Some(stay.stays);
    }
    parts.push(("numerator", kept as f64));
    parts.push(("denominator", all as f64));
    Ok(estimate.with_parts(parts))
}

fn typed_rate(scope: &Scope<'_>, kept: f64) -> Outcome<Estimate> {
    let opening = scope.figure("opening")?;
    let (Some(whole), true) = (heads(opening), (kept - kept.round()).abs() < 1e-9) else {
        return Err(not_heads());
    };
    if whole == 0 {
        return Err(no_opening());
    }
    let mut parts = vec![("kept", kept), ("opening", opening)];
    for term in ["new", "closing"] {
        if let Ok(figure) = scope.figure(term) {
            parts.push((term, figure));
        }
    }
    parts.push(("numerator", kept));
    parts.push(("denominator", opening));
    Ok(share_or_ratio(kept.round(), opening.round()).with_parts(parts))
}

fn typed_base(scope: &Scope<'_>) -> Outcome<Estimate> {
    let Ok(departures) = scope.figure("departures") else {
        return typed_end_minus_new(scope);
    };
    let lost = departures - scope.figure_or_nothing("returned") - scope.figure_or_nothing("passed");
    let kept = scope.figure("opening")? - lost;
    if lost < 0.0 || kept < 0.0 {
        return Err(not_heads());
    }
    typed_rate(scope, kept)
}

fn typed_end_minus_new(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed_rate(scope, scope.figure("closing")? - scope.figure("new")?)
}
