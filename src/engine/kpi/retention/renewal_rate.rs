//! Renewal rate: how many of the contracts that could end were renewed?

use crate::engine::kpi::on_renewals::{
    Contract, Fate, RENEWAL_NEEDS, amounts_missing, by_customer, decided, due, nothing_due,
};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "renewal_rate",
    edition: 1,
    name: "Renewal rate",
    short: None,
    family: "retention",
    question: "How many of the contracts that came up for renewal were renewed?",
    definition: "Contracts renewed, divided by the contracts that were due for renewal in the period and are decided. Contracts that were not due are in neither number.",
    formula: "contracts renewed ÷ contracts due and decided",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: RENEWAL_NEEDS,
    covers: Covers::Everything,
    rules: &[
        Rule {
            id: "contracts",
            name: "Contracts, by due date",
            rule: "Every contract counts once, in the period in which it was due, whenever it was decided; those still open count in neither number.",
            source: "“What are Top Customer Success KPIs?”: customers renewed ÷ customers due for renewal",
            estimates: &[
                (Basis::Renewals, contracts),
                (Basis::Typed, typed_contracts),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "money",
            name: "Money, without anything beyond the amount due",
            rule: "What was renewed of the amounts due, each contract with at most its amount due, divided by the amounts due.",
            source: "Gainsight, Renewal Center Metric Calculations: value above the target amount is cut off",
            estimates: &[(Basis::Renewals, in_money)],
            ledger: &[],
            path: Some(to_money),
            unit: None,
        },
        Rule {
            id: "by_close_date",
            name: "Contracts, by the day of the decision",
            rule: "Every contract counts in the period in which it was decided, whenever it was due; where that day is empty, in the period in which it was due.",
            source: "Salesforce, Opportunity Fields: reports by Close Date, which closing moves to the day of closing",
            estimates: &[(Basis::Renewals, by_close_date)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "open_as_lost",
            name: "Open ones count as not renewed",
            rule: "As contracts by due date, and a contract that is not decided counts as due and not renewed: the least that the rate can become.",
            source: "Gainsight, Renewal Center Metric Calculations: all renewals due are the denominator",
            estimates: &[
                (Basis::Renewals, open_as_lost),
                (Basis::Typed, typed_open_as_lost),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "open_as_renewed",
            name: "Open ones count as renewed",
            rule: "As contracts by due date, and a contract that is not decided counts as renewed: the most that the rate can become.",
            source: "Kept; the other bound to counting open renewals as lost",
            estimates: &[
                (Basis::Renewals, open_as_renewed),
                (Basis::Typed, typed_open_as_renewed),
            ],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "term_weighted",
            name: "Contracts, weighted by their term",
            rule: "Every contract counts with the months of its term, so a contract of three years counts three times one of a year; contracts without a term are left out.",
            source: "Kept; the common answer to contracts of several years",
            estimates: &[(Basis::Renewals, term_weighted)],
            ledger: &[],
            path: Some(to_term_weighted),
            unit: None,
        },
    ],
    settings: &[Setting {
        name: "grace_days",
        takes: Takes::Number,
        default: "no limit: a renewal counts whenever it was decided",
        says: "So many days after the due day a renewal still counts; what is renewed later, or still open then, counts as not renewed.",
    }],
    parts: &[
        Part {
            name: "renewed",
            unit: Unit::Count,
            says: "contracts renewed",
        },
        Part {
            name: "lost",
            unit: Unit::Count,
            says: "contracts not renewed, late ones among them where there is a limit",
        },
        Part {
            name: "open",
            unit: Unit::Count,
            says: "contracts due that are not decided",
        },
        Part {
            name: "due",
            unit: Unit::Count,
            says: "contracts due, decided or not",
        },
        Part {
            name: "late",
            unit: Unit::Count,
            says: "contracts renewed after the days of grace",
        },
        Part {
            name: "if_open_lost",
            unit: Unit::Ratio,
            says: "the rate if none of the open ones is renewed",
        },
        Part {
            name: "if_open_renewed",
            unit: Unit::Ratio,
            says: "the rate if all of the open ones are renewed",
        },
        Part {
            name: "numerator",
            unit: Unit::Count,
            says: "renewed: contracts, money or months, as the rule counts",
        },
        Part {
            name: "denominator",
            unit: Unit::Count,
            says: "due and decided: contracts, money or months, as the rule counts",
        },
    ],
    limits: &[
        "Customers who leave in the middle of a term, or whose contract was not due, are not seen: see customer churn.",
        "Contracts that renew by themselves count as renewed although nobody decided.",
        "Contracts due after the last day of the data do not count, also if they were renewed early.",
    ],
    examples: &[
        Example {
            name: "three_of_four_decided_were_renewed_and_one_is_open",
            pasted: "customer,renewal date,amount due,outcome,amount renewed,closed at\nA,2025-01-10,100,Renewed,100,2025-01-08\nB,2025-01-15,200,Churned,,2025-01-15\nC,2025-02-01,100,Renewed,150,2025-03-05\nD,2025-02-20,400,Renewed,300,2025-02-20\nE,2025-03-01,100,Open,,\n",
            options: "",
            gives: Gives::Value(
                0.75,
                &[
                    ("renewed", 3.0),
                    ("lost", 1.0),
                    ("open", 1.0),
                    ("due", 5.0),
                    ("if_open_lost", 0.6),
                    ("if_open_renewed", 0.8),
                ],
            ),
        },
        Example {
            name: "money_counts_no_more_than_was_due",
            pasted: "customer,renewal date,amount due,outcome,amount renewed,closed at\nA,2025-01-10,100,Renewed,100,2025-01-08\nB,2025-01-15,200,Churned,,2025-01-15\nC,2025-02-01,100,Renewed,150,2025-03-05\nD,2025-02-20,400,Renewed,300,2025-02-20\nE,2025-03-01,100,Open,,\n",
            options: r#"{"variants":{"renewal_rate":"money"}}"#,
            gives: Gives::Value(
                500.0 / 800.0,
                &[("numerator", 500.0), ("denominator", 800.0)],
            ),
        },
        Example {
            name: "by_the_day_of_the_decision_a_late_one_belongs_to_march",
            pasted: "customer,renewal date,amount due,outcome,amount renewed,closed at\nA,2025-03-10,100,Renewed,100,2025-03-08\nB,2025-03-15,200,Churned,,2025-03-15\nC,2025-02-01,100,Renewed,150,2025-03-05\nD,2025-02-20,400,Renewed,300,2025-02-20\n",
            options: r#"{"as_of":"2025-03-31","period":{"unit":"month"},"variants":{"renewal_rate":"by_close_date"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[("denominator", 3.0)]),
        },
        Example {
            name: "open_ones_as_lost",
            pasted: "customer,renewal date,amount due,outcome\nA,2025-01-10,100,Renewed\nB,2025-01-15,200,Lost\nC,2025-02-01,100,Pending\n",
            options: r#"{"variants":{"renewal_rate":"open_as_lost"}}"#,
            gives: Gives::Value(1.0 / 3.0, &[("open", 1.0)]),
        },
        Example {
            name: "open_ones_as_renewed",
            pasted: "customer,renewal date,amount due,outcome\nA,2025-01-10,100,Renewed\nB,2025-01-15,200,Lost\nC,2025-02-01,100,Pending\n",
            options: r#"{"variants":{"renewal_rate":"open_as_renewed"}}"#,
            gives: Gives::Value(2.0 / 3.0, &[("open", 1.0)]),
        },
        Example {
            name: "a_contract_of_three_years_weighs_three_times",
            pasted: "customer,renewal date,amount due,outcome,term months\nA,2025-01-10,100,Renewed,36\nB,2025-01-15,200,Lost,12\nC,2025-02-01,100,Lost,12\n",
            options: r#"{"variants":{"renewal_rate":"term_weighted"}}"#,
            gives: Gives::Value(0.6, &[("numerator", 36.0), ("denominator", 60.0)]),
        },
        Example {
            name: "after_thirty_days_of_grace_a_renewal_is_late",
            pasted: "customer,renewal date,amount due,outcome,amount renewed,closed at\nA,2025-01-10,100,Renewed,100,2025-01-08\nC,2025-02-01,100,Renewed,150,2025-03-05\nD,2025-02-20,400,Renewed,300,2025-03-20\nE,2025-02-01,100,Open,,\n",
            options: r#"{"settings":{"renewal_rate.grace_days":30}}"#,
            gives: Gives::Value(0.5, &[("late", 1.0), ("lost", 2.0), ("open", 0.0)]),
        },
        Example {
            name: "eighty_of_a_hundred_typed",
            pasted: "due,renewed\n100,80\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.8, &[("renewed", 80.0), ("due", 100.0)]),
        },
        Example {
            name: "more_renewed_than_due_is_refused",
            pasted: "due,renewed\n80,100\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Refusal("not_a_count"),
        },
        Example {
            name: "nothing_decided_is_refused",
            pasted: "customer,renewal date,amount due,outcome\nA,2025-01-10,100,Open\nB,2025-01-15,200,Pending\n",
            options: "",
            gives: Gives::Refusal("nothing_due"),
        },
    ],
};

const RENEWED: &str = "renewed";
const LATE: &str = "renewed after the days of grace";
const LOST: &str = "not renewed";
const OVERDUE: &str = "still open after the days of grace";
const OPEN: &str = "not decided yet";
const ONLY_DUE: &str = "due in the period and decided outside it";
const ONLY_DECIDED: &str = "decided in the period and due outside it";

const CLASSES: [&str; 7] = [RENEWED, LATE, LOST, OVERDUE, OPEN, ONLY_DUE, ONLY_DECIDED];

/// What an open contract adds to the numerator and the denominator.
type Undecided = (i128, i128);

const LEFT_OUT: Undecided = (0, 0);
const AS_LOST: Undecided = (0, 1);
const AS_RENEWED: Undecided = (1, 1);

fn grace(scope: &Scope<'_>) -> Option<f64> {
    scope.setting("renewal_rate.grace_days")
}

/// A contract's class, and what it adds.
const fn weight(fate: Fate, open: Undecided) -> (&'static str, i128, i128) {
    match fate {
        Fate::Renewed => (RENEWED, 1, 1),
        Fate::Late => (LATE, 0, 1),
        Fate::Lost => (LOST, 0, 1),
        Fate::Overdue => (OVERDUE, 0, 1),
        Fate::Open => (OPEN, open.0, open.1),
    }
}

/// The classes of the contracts due in the period.
fn tally(scope: &Scope<'_>, contracts: &[Contract], open: Undecided) -> Tally {
    let mut tally = Tally::ratio(Counted::Heads, &CLASSES, scope.names_customers());
    for contract in contracts {
        let (class, numerator, denominator) = weight(contract.fate, open);
        tally.add(class, contract.row, numerator, denominator);
    }
    tally
}

/// The terms that every rule on rows tells.
fn counts(contracts: &[Contract]) -> Vec<(&'static str, f64)> {
    let of = |fates: &[Fate]| {
        let those = contracts.iter().filter(|it| fates.contains(&it.fate));
        those.count() as f64
    };
    let (renewed, open, all) = (of(&[Fate::Renewed]), of(&[Fate::Open]), contracts.len());
    let mut parts = vec![
        ("renewed", renewed),
        ("lost", of(&[Fate::Lost, Fate::Late, Fate::Overdue])),
        ("open", open),
        ("due", all as f64),
        ("late", of(&[Fate::Late])),
    ];
    parts.extend(bounds(renewed, open, all as f64));
    parts
}

/// The rate if no open contract is renewed, and if all are.
fn bounds(renewed: f64, open: f64, all: f64) -> Vec<(&'static str, f64)> {
    if all <= 0.0 {
        return Vec::new();
    }
    vec![
        ("if_open_lost", renewed / all),
        ("if_open_renewed", (renewed + open) / all),
    ]
}

fn rate(contracts: &[Contract], tally: Tally) -> Outcome<Estimate> {
    let (numerator, denominator) = (tally.numerator() as u64, tally.denominator() as u64);
    if denominator == 0 {
        return Err(nothing_due());
    }
    let mut parts = counts(contracts);
    parts.push(("numerator", numerator as f64));
    parts.push(("denominator", denominator as f64));
    Ok(Estimate::share(numerator, denominator)
        .with_parts(parts)
        .with_tally(tally))
}

fn by_due_date(scope: &Scope<'_>, open: Undecided) -> Outcome<Estimate> {
    let contracts = due(scope, grace(scope))?;
    rate(&contracts, tally(scope, &contracts, open))
}

fn contracts(scope: &Scope<'_>) -> Outcome<Estimate> {
    by_due_date(scope, LEFT_OUT)
}

fn open_as_lost(scope: &Scope<'_>) -> Outcome<Estimate> {
    by_due_date(scope, AS_LOST)
}

fn open_as_renewed(scope: &Scope<'_>) -> Outcome<Estimate> {
    by_due_date(scope, AS_RENEWED)
}

fn by_close_date(scope: &Scope<'_>) -> Outcome<Estimate> {
    let were_due = due(scope, grace(scope))?;
    let were_decided = decided(scope, grace(scope))?;
    // From the contracts due: without those decided outside the period, with those due outside it.
    let mut tally = tally(scope, &were_due, LEFT_OUT);
    let is_among = |list: &[Contract], one: &Contract| {
        list.binary_search_by_key(&one.row, |it| it.row).is_ok()
    };
    for contract in were_due.iter().filter(|it| !is_among(&were_decided, it)) {
        let (_, numerator, denominator) = weight(contract.fate, LEFT_OUT);
        tally.add(ONLY_DUE, contract.row, -numerator, -denominator);
    }
    for contract in were_decided.iter().filter(|it| !is_among(&were_due, it)) {
        let (_, numerator, denominator) = weight(contract.fate, LEFT_OUT);
        tally.add(ONLY_DECIDED, contract.row, numerator, denominator);
    }
    rate(&were_decided, tally)
}

/// The decided contracts whose amount due is known, with that amount.
fn amounts(contracts: &[Contract]) -> Outcome<Vec<(Contract, i128)>> {
    let known = contracts.iter().filter(|it| it.fate.is_decided());
    let known: Vec<(Contract, i128)> = known
        .filter_map(|contract| Some((*contract, contract.due?)))
        .collect();
    if known.is_empty() {
        return Err(amounts_missing());
    }
    Ok(known)
}

fn in_money(scope: &Scope<'_>) -> Outcome<Estimate> {
    let contracts = due(scope, grace(scope))?;
    let known = amounts(&contracts)?;
    let numerator = money(known.iter().map(|(it, _)| it.kept()).sum());
    let denominator = money(known.iter().map(|(_, due)| due).sum());
    let weights = known
        .iter()
        .map(|(it, due)| (it.customer, money(it.kept()), money(*due)))
        .collect();
    Ok(weighted(
        scope,
        &contracts,
        weights,
        (numerator, denominator),
    ))
}

/// A rate of weights with what stands beside it.
fn weighted(
    scope: &Scope<'_>,
    contracts: &[Contract],
    weights: Vec<(u32, f64, f64)>,
    (numerator, denominator): (f64, f64),
) -> Estimate {
    let n = weights.len() as u64;
    let (above, below) = by_customer(weights);
    let (ends, spread) = scope.ratio_spread(above.into_iter().zip(below));
    let mut parts = counts(contracts);
    parts.push(("numerator", numerator));
    parts.push(("denominator", denominator));
    Estimate {
        interval: ends,
        ..Estimate::of(numerator / denominator, n, spread)
    }
    .with_parts(parts)
}

fn term_weighted(scope: &Scope<'_>) -> Outcome<Estimate> {
    let contracts = due(scope, grace(scope))?;
    let weights = terms(&contracts)?;
    let sums = (
        math::sum(weights.iter().map(|(_, renewed, _)| *renewed)),
        math::sum(weights.iter().map(|(_, _, months)| *months)),
    );
    Ok(weighted(scope, &contracts, weights, sums))
}

/// The customer, the months renewed and the months due of each decided contract whose term is
/// known.
fn terms(contracts: &[Contract]) -> Outcome<Vec<(u32, f64, f64)>> {
    let known = contracts.iter().filter(|it| it.fate.is_decided());
    let weights: Vec<(u32, f64, f64)> = known
        .filter_map(|contract| {
            let months = contract.term_months?;
            let renewed = contract.fate == Fate::Renewed;
            Some((
                contract.customer,
                if renewed { months } else { 0.0 },
                months,
            ))
        })
        .collect();
    if weights.is_empty() {
        return Err(Refusal::new(
            "rule_not_applicable",
            "No column says how long a term is.",
            "Add the months of the term to the export, or choose another rule.",
        ));
    }
    Ok(weights)
}

/// The share renewed of some contracts; all of them are decided.
fn share<'a>(contracts: impl Iterator<Item = &'a Contract> + Clone) -> f64 {
    let renewed = contracts.clone().filter(|it| it.fate == Fate::Renewed);
    renewed.count() as f64 / contracts.count() as f64
}

fn to_money(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let contracts = due(scope, grace(scope))?;
    let known = amounts(&contracts)?;
    let unknown = contracts
        .iter()
        .filter(|it| it.fate.is_decided() && it.due.is_none());
    let all = money(known.iter().map(|(_, due)| due).sum());
    let renewed = known.iter().filter(|(it, _)| it.fate == Fate::Renewed);
    let in_full = money(renewed.clone().map(|(_, due)| due).sum());
    let smaller = renewed.filter(|(it, due)| it.kept() < *due);
    Ok(vec![
        PathStep::new(
            "contracts without an amount due are left out",
            share(known.iter().map(|(it, _)| it)),
            unknown.map(|it| it.row).collect(),
        ),
        PathStep::new(
            "every contract counts with its amount due",
            in_full / all,
            known.iter().map(|(it, _)| it.row).collect(),
        ),
        PathStep::new(
            "contracts that were renewed at less count with what was renewed",
            in_money(scope)?.value,
            smaller.map(|(it, _)| it.row).collect(),
        ),
    ])
}

fn to_term_weighted(scope: &Scope<'_>) -> Outcome<Vec<PathStep>> {
    let contracts = due(scope, grace(scope))?;
    let is_decided = |it: &&Contract| it.fate.is_decided();
    let known = contracts
        .iter()
        .filter(is_decided)
        .filter(|it| it.term_months.is_some());
    let unknown = contracts
        .iter()
        .filter(is_decided)
        .filter(|it| it.term_months.is_none());
    let value = term_weighted(scope)?.value;
    Ok(vec![
        PathStep::new(
            "contracts without a term are left out",
            share(known.clone()),
            unknown.map(|it| it.row).collect(),
        ),
        PathStep::new(
            "every contract counts with the months of its term",
            value,
            known.map(|it| it.row).collect(),
        ),
    ])
}

fn typed(scope: &Scope<'_>, open_counts: (f64, f64)) -> Outcome<Estimate> {
    let (all, renewed) = (scope.figure("due")?, scope.figure("renewed")?);
    let open = scope.figure_or_nothing("open");
    let numerator = heads(renewed + open * open_counts.0);
    let denominator = heads(all - open + open * open_counts.1);
    let (Some(numerator), Some(denominator), Some(_)) = (numerator, denominator, heads(open))
    else {
        return Err(not_heads());
    };
    if denominator == 0 {
        return Err(nothing_due());
    }
    if numerator > denominator {
        return Err(not_heads());
    }
    let mut parts = vec![
        ("renewed", renewed),
        ("lost", all - open - renewed),
        ("open", open),
        ("due", all),
    ];
    parts.extend(bounds(renewed, open, all));
    parts.push(("numerator", numerator as f64));
    parts.push(("denominator", denominator as f64));
    Ok(Estimate::share(numerator, denominator).with_parts(parts))
}

fn typed_contracts(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed(scope, (0.0, 0.0))
}

fn typed_open_as_lost(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed(scope, (0.0, 1.0))
}

fn typed_open_as_renewed(scope: &Scope<'_>) -> Outcome<Estimate> {
    typed(scope, (1.0, 1.0))
}
