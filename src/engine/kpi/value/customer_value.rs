//! Customer value: do customers get what they paid for?

use crate::engine::facts::Measure;
use crate::engine::kpi::on_counts::{counted, part, ratio, row_count, rule, share, sums};
use crate::engine::kpi::prelude::*;

const GOALS: Basis = Basis::Counts(Measure::Goals);

/// The KPI.
pub const KPI: Kpi = Kpi {
    id: "customer_value",
    edition: 1,
    name: "Customer value",
    short: None,
    family: "value",
    question: "Do customers get what they came for?",
    definition: "Goals of customers that were met, divided by the goals set with them. There is no common definition of the value that customers get: this one is yours, and stands on what you call a goal, a benefit and a price.",
    formula: "goals met ÷ goals set",
    unit: Unit::Ratio,
    better: Better::Higher,
    needs: &[
        counted(
            Kind::Account,
            &[&[Role::GoalsMet, Role::Benefit]],
            Measure::Goals,
            Expected::Sometimes,
        ),
        TYPED_NEED,
    ],
    covers: Covers::Everything,
    rules: &[
        rule(
            "goals",
            "Goals met",
            "Goals met ÷ goals set, added up over customers; each row is one goal where a column only says yes or no.",
            "User-defined; no source has a formula (“Top 12 Customer Success Metrics” speaks of benefits against costs)",
            &[(GOALS, goals), (Basis::Typed, goals)],
        ),
        rule(
            "return_on_price",
            "Benefit for the price",
            "Benefit ÷ price, both added up over the customers of whom both are known: 3 is a benefit of three times the price.",
            "User-defined; return on investment as benefit ÷ price",
            &[(GOALS, return_on_price), (Basis::Typed, return_on_price)],
        ),
        rule(
            "net_return",
            "Benefit beyond the price",
            "(Benefit − price) ÷ price, both added up: 0 is a customer who got back what was paid.",
            "User-defined; return on investment as in finance",
            &[(GOALS, net_return), (Basis::Typed, net_return)],
        ),
    ],
    settings: &[],
    parts: &[
        part("goals_met", Unit::Count, "goals met"),
        part("goals_set", Unit::Count, "goals set"),
        part("benefit", Unit::Money, "what customers gained"),
        part("price", Unit::Money, "what they paid"),
        part(
            "numerator",
            Unit::Count,
            "goals met, benefit, or benefit less price, as the rule counts",
        ),
        part("denominator", Unit::Count, "goals set, or price"),
    ],
    limits: &[
        "It is as good as what was written down: goals set low are all met.",
        "Who sets the goals and who says that they are met should not be one and the same.",
        "A sum over customers is carried by the largest ones.",
    ],
    examples: &[
        Example {
            name: "seven_of_ten_goals",
            pasted: "customer,goals set,goals met\nA,4,4\nB,3,2\nC,3,1\n",
            options: "",
            gives: Gives::Value(0.7, &[("goals_met", 7.0), ("goals_set", 10.0)]),
        },
        Example {
            name: "three_times_the_price",
            pasted: "customer,goals set,goals met,benefit,price\nA,4,4,500,100\nB,3,2,300,100\nC,3,1,100,100\n",
            options: r#"{"variants":{"customer_value":"return_on_price"}}"#,
            gives: Gives::Value(3.0, &[("benefit", 900.0), ("price", 300.0)]),
        },
        Example {
            name: "beyond_the_price",
            pasted: "benefit,price\n900,300\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}},"variants":{"customer_value":"net_return"}}"#,
            gives: Gives::Value(2.0, &[]),
        },
        Example {
            name: "typed_figures",
            pasted: "goals met,goals set\n7,10\n",
            options: r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#,
            gives: Gives::Value(0.7, &[]),
        },
        Example {
            name: "more_goals_met_than_set_are_refused",
            pasted: "customer,goals set,goals met\nA,4,5\nB,3,6\n",
            options: "",
            gives: Gives::Refusal("part_above_whole"),
        },
    ],
};

fn goals(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [met, set] = sums(scope, ["goals_met", "goals_set"])?;
    share(("goals_met", met), ("goals_set", set))
}

/// Benefit ÷ price with the interval of a ratio of sums over customers.
fn return_on_price(scope: &Scope<'_>) -> Outcome<Estimate> {
    let [benefit, price] = sums(scope, ["benefit", "price"])?;
    let mut found = ratio(("benefit", benefit), ("price", price), row_count(scope))?;
    let Ok(counts) = scope.counts() else {
        return Ok(found);
    };
    if let (Some(benefits), Some(prices)) = (counts.column("benefit"), counts.column("price")) {
        let rows = scope.rows.iter().map(|row| *row as usize);
        let known = rows.filter(|row| !benefits[*row].is_nan() && !prices[*row].is_nan());
        let (above, below): (Vec<f64>, Vec<f64>) =
            known.map(|row| (benefits[row], prices[row])).unzip();
        found.n = above.len() as u64;
        (found.interval, found.spread) =
            scope.ratio_spread(above.iter().copied().zip(below.iter().copied()));
    }
    Ok(found)
}

fn net_return(scope: &Scope<'_>) -> Outcome<Estimate> {
    let mut found = return_on_price(scope)?;
    found.value -= 1.0;
    if let Some(ends) = &mut found.interval {
        ends.low -= 1.0;
        ends.high -= 1.0;
    }
    let price = found.parts.iter().find(|(name, _)| *name == "price");
    let price = price.map_or(0.0, |(_, price)| *price);
    for (name, value) in &mut found.parts {
        if *name == "numerator" {
            *value -= price;
        }
    }
    Ok(found)
}
