//! Net renewal rate: what do the contracts that came up for renewal pay after it?

use crate::engine::kpi::on_renewals::{
    Contract, Fate, RENEWAL_MONEY_NEEDS, amounts_missing, by_customer, decided, due, nothing_due,
};
use crate::engine::kpi::prelude::*;

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "net_renewal_rate",
    edition: 1,
    name: "Net renewal rate",
    short: None,
    family: "retention",
    question: "Do the contracts that came up for renewal bring more or less than before?",
    definition: "The amounts renewed, upsell at the renewal among them, divided by the amounts that were due for renewal in the period and are decided. New customers never count.",
    formula: "amounts renewed with upsell ÷ amounts due and decided",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: RENEWAL_MONEY_NEEDS,
    covers: Covers::Everything,
    rules: &[
        Rule {
            id: "decided",
            name: "Decided contracts, by due date",
            rule: "Every contract counts in the period in which it was due, whenever it was decided; those still open count in neither number.",
            source: "Gainsight, Renewal Center Metric Calculations: renewed with upsell ÷ renewals due, here without those still open",
            estimates: &[(Basis::Renewals, of_decided), (Basis::Typed, typed)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "all_due",
            name: "All contracts due",
            rule: "As decided contracts, and the amount of a contract that is not decided counts as due and not renewed.",
            source: "Gainsight, Renewal Center Metric Calculations: all target amounts due in the period are the denominator",
            estimates: &[(Basis::Renewals, of_all_due)],
            ledger: &[],
            path: None,
            unit: None,
        },
        Rule {
            id: "by_close_date",
            name: "By the day of the decision",
            rule: "Every contract counts in the period in which it was decided, whenever it was due; where that day is empty, in the period in which it was due.",
            source: "Salesforce, Opportunity Fields: reports by Close Date, which closing moves to the day of closing",
            estimates: &[(Basis::Renewals, by_close_date)],
            ledger: &[],
            path: None,
            unit: None,
        },
    ],
    settings: &[],
    parts: &[
        Part {
            name: "due",
            unit: Unit::Money,
            says: "amounts due and decided",
        },
        Part {
            name: "kept",
            unit: Unit::Money,
            says: "of it renewed, without anything beyond the amount due",
        },
        Part {
            name: "upsell",
            unit: Unit::Money,
            says: "renewed beyond the amount due",
        },
        Part {
            name: "open",
            unit: Unit::Money,
            says: "amounts due that are not decided",
        },
        Part {
            name: "contracts",
            unit: Unit::Count,
            says: "contracts with an amount due that are decided",
        },
        Part {
            name: "gross",
            unit: Unit::Ratio,
            says: "the same without upsell",
        },
        Part {
            name: "numerator",
            unit: Unit::Money,
            says: "renewed with upsell",
        },
        Part {
            name: "denominator",
            unit: Unit::Money,
            says: "due, as the rule counts it",
        },
    ],
    limits: &[
        "Upsell between two renewals is not seen: see net revenue retention.",
        "Amounts of contracts of one year and of three stand side by side as the table has them.",
        "Contracts without an amount due are left out.",
    ],
    examples: &[
        Example {
            name: "upsell_makes_up_for_a_part_of_the_loss",
            pasted: "customer,renewal date,amount due,outcome,amount renewed,closed at\nA,2025-01-10,100,Renewed,100,2025-01-08\nB,2025-01-15,200,Churned,,2025-01-15\nC,2025-02-01,100,Renewed,150,2025-03-05\nD,2025-02-20,400,Renewed,300,2025-02-20\nE,2025-03-01,100,Open,,\n",
            options: "",
            gives: Gives::Value(
                550.0 / 800.0,
                &[
                    ("due", 800.0),
                    ("kept", 500.0),
                    ("upsell", 50.0),
                    ("open", 100.0),
                    ("gross", 0.625),
                    ("contracts", 4.0),
                ],
            ),
        },
        Example {
            name: "all_that_was_due",
            pasted: "customer,renewal date,amount due,outcome,amount renewed,closed at\nA,2025-01-10,100,Renewed,130,2025-01-08\nE,2025-03-01,100,Open,,\nB,2025-01-15,200,Lost,,2025-03-02\n",
            options: r#"{"variants":{"net_renewal_rate":"all_due"}}"#,
            gives: Gives::Value(130.0 / 400.0, &[("denominator", 400.0)]),
        },
        Example {
            name: "by_the_day_of_the_decision",
            pasted: "customer,renewal date,amount due,outcome,amount renewed,closed at\nA,2025-03-10,100,Renewed,100,2025-03-08\nC,2025-02-01,100,Renewed,150,2025-03-05\nD,2025-02-20,400,Renewed,300,2025-02-20\n",
            options: r#"{"as_of":"2025-03-31","period":{"unit":"month"},"variants":{"net_renewal_rate":"by_close_date"}}"#,
            gives: Gives::Value(1.25, &[("denominator", 200.0)]),
        },
        Example {
            name: "typed_amounts",
            pasted: "amount due,amount renewed\n1000,1040\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(1.04, &[]),
        },
        Example {
            name: "nothing_decided_is_refused",
            pasted: "customer,renewal date,amount due,outcome\nA,2025-01-10,100,Open\nB,2025-01-15,200,Pending\n",
            options: "",
            gives: Gives::Refusal("nothing_due"),
        },
    ],
};

const KEPT: &str = "renewed, up to the amount due";
const MORE: &str = "renewed beyond the amount due";
const LOST: &str = "due and not renewed";
const OPEN: &str = "not decided yet";
const ONLY_DUE: &str = "due in the period and decided outside it";
const ONLY_DECIDED: &str = "decided in the period and due outside it";

const CLASSES: [&str; 6] = [KEPT, MORE, LOST, OPEN, ONLY_DUE, ONLY_DECIDED];

/// Adds a contract to its classes. What is renewed of the amount due and what is not are one class
/// each, so that they add up to it.
fn add(tally: &mut Tally, contract: &Contract, due: i128, open_counts: bool) {
    let row = contract.row;
    if contract.fate == Fate::Open {
        tally.add(OPEN, row, 0, if open_counts { due } else { 0 });
        return;
    }
    let kept = contract.kept();
    tally.add(KEPT, row, kept, kept);
    if contract.renewed > kept {
        tally.add(MORE, row, contract.renewed - kept, 0);
    }
    if kept < due {
        tally.add(LOST, row, 0, due - kept);
    }
}

/// Contracts whose amount due is known, with it.
fn known(contracts: &[Contract]) -> impl Iterator<Item = (&Contract, i128)> {
    contracts.iter().filter_map(|it| Some((it, it.due?)))
}

fn rate(
    scope: &Scope<'_>,
    contracts: &[Contract],
    tally: Tally,
    open_counts: bool,
) -> Outcome<Estimate> {
    let counts = |contract: &Contract| open_counts || contract.fate.is_decided();
    if !contracts.iter().any(counts) {
        return Err(nothing_due());
    }
    let counted: Vec<(&Contract, i128)> = known(contracts).filter(|(it, _)| counts(it)).collect();
    if counted.is_empty() || tally.denominator() <= 0 {
        return Err(amounts_missing());
    }
    let decided = || known(contracts).filter(|(it, _)| it.fate.is_decided());
    let open = known(contracts).filter(|(it, _)| !it.fate.is_decided());
    let all: i128 = decided().map(|(_, due)| due).sum();
    let kept: i128 = decided().map(|(it, _)| it.kept()).sum();
    let renewed: i128 = decided().map(|(it, _)| it.renewed).sum();
    let mut parts = vec![
        ("due", money(all)),
        ("kept", money(kept)),
        ("upsell", money(renewed - kept)),
        ("open", money(open.map(|(_, due)| due).sum())),
        ("contracts", decided().count() as f64),
    ];
    let (numerator, denominator) = (money(tally.numerator()), money(tally.denominator()));
    parts.push(("gross", money(kept) / denominator));
    parts.push(("numerator", numerator));
    parts.push(("denominator", denominator));
    let n = counted.len() as u64;
    let weights = counted
        .iter()
        .map(|(it, due)| (it.customer, money(it.renewed), money(*due)))
        .collect();
    let (above, below) = by_customer(weights);
    let (ends, spread) = scope.ratio_spread(above.into_iter().zip(below));
    Ok(Estimate {
        interval: ends,
        ..Estimate::of(numerator / denominator, n, spread)
    }
    .with_parts(parts)
    .with_tally(tally))
}

fn by_due_date(scope: &Scope<'_>, open_counts: bool) -> Outcome<Estimate> {
    let contracts = due(scope, None)?;
    let tally = of_due(scope, &contracts, open_counts);
    rate(scope, &contracts, tally, open_counts)
}

fn of_due(scope: &Scope<'_>, contracts: &[Contract], open_counts: bool) -> Tally {
    let mut tally = Tally::ratio(Counted::Money, &CLASSES, scope.names_customers());
    for (contract, due) in known(contracts) {
        add(&mut tally, contract, due, open_counts);
    }
    tally
}

fn of_decided(scope: &Scope<'_>) -> Outcome<Estimate> {
    by_due_date(scope, false)
}

fn of_all_due(scope: &Scope<'_>) -> Outcome<Estimate> {
    by_due_date(scope, true)
}

fn by_close_date(scope: &Scope<'_>) -> Outcome<Estimate> {
    let were_due = due(scope, None)?;
    let were_decided = decided(scope, None)?;
    // From the contracts due: without those decided outside the period, with those due outside it.
    let mut tally = of_due(scope, &were_due, false);
    let is_among = |list: &[Contract], one: &Contract| {
        list.binary_search_by_key(&one.row, |it| it.row).is_ok()
    };
    let is_decided = |(it, _): &(&Contract, i128)| it.fate.is_decided();
    let elsewhere = known(&were_due).filter(|(it, _)| !is_among(&were_decided, it));
    for (contract, due) in elsewhere.filter(is_decided) {
        tally.add(ONLY_DUE, contract.row, -contract.renewed, -due);
    }
    let from_elsewhere = known(&were_decided).filter(|(it, _)| !is_among(&were_due, it));
    for (contract, due) in from_elsewhere.filter(is_decided) {
        tally.add(ONLY_DECIDED, contract.row, contract.renewed, due);
    }
    rate(scope, &were_decided, tally, false)
}

/// Typed figures: the amounts due and decided, and the amounts renewed with upsell.
fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let due = scope.figure("amount_due")?;
    let renewed = scope.figure("amount_renewed")?;
    if due <= 0.0 {
        return Err(nothing_due());
    }
    Ok(
        Estimate::of(renewed / due, 1, Spread::Exact).with_parts(vec![
            ("due", due),
            ("numerator", renewed),
            ("denominator", due),
        ]),
    )
}
