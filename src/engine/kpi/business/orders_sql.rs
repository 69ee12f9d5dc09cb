//! Orders as SQL: what each of them cost.

use crate::engine::facts::{Reading, orders};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{has_come, kept, leave_out, source};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Function, call, choose, least_of, name, number, only_if, sum, whole,
};
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule on the amounts of orders as they are written.
///
/// # Errors
/// Why there is none.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let rule = question.rule.id;
    let (beside, is): (&[(&'static str, Role)], _) = match rule {
        "net_of_refunds" => (
            &[("refunds", Role::Refunded)],
            "amount - greatest(refunds, 0.0 - refunds)",
        ),
        "without_tax" => (&[("tax", Role::Tax)], "amount - tax"),
        "without_shipping" => (&[("shipping", Role::Shipping)], "amount - shipping"),
        "without_tax_and_shipping" => (&BOTH, "amount - (tax + shipping)"),
        "with_tax_and_shipping" => (&BOTH, "amount + tax + shipping"),
        _ => (&[], "amount"),
    };
    let reading = Reading::new(
        question.source.table,
        question.source.mapping,
        question.source.frame.clone(),
    );
    let net = orders::read(&reading).is_some_and(|read| read.is_net);
    // What the header calls net holds neither, and what it does not holds both.
    let is = match rule {
        "without_tax" | "without_shipping" | "without_tax_and_shipping" if net => "amount",
        "with_tax_and_shipping" if !net => "amount",
        _ => is,
    };
    let mut plan = orders_of(question, beside, is)?;
    plan.terms = vec![
        ("orders", formula("count(counted)")),
        ("revenue", formula("sum(counted)")),
        ("mean", formula("mean(counted)")),
        ("median", formula("median(counted)")),
    ];
    plan.value = if rule == "median" {
        name("median")
    } else {
        name("mean")
    };
    plan.n = name("orders");
    plan.exists = Some(name("orders").above(whole(0)));
    plan.parts = ["orders", "revenue", "median"]
        .map(|part| (part, name(part)))
        .to_vec();
    Ok(plan)
}

const BOTH: [(&str, Role); 2] = [("tax", Role::Tax), ("shipping", Role::Shipping)];

/// Orders that cost something, the rows of each added up. `beside`: what else is added up, nothing
/// where it is not told; `is`: the amount that counts, from both.
fn orders_of(
    question: &Question<'_>,
    beside: &[(&'static str, Role)],
    is: &'static str,
) -> Result<Plan, Why> {
    let source = question.source;
    let day = question.day;
    let known = question.rule.id == "known_customers";
    let reading = Reading::new(source.table, source.mapping, source.frame.clone());
    let read = orders::read(&reading).ok_or(Why::NeedsColumn)?;
    let several = source.repeats(&[Role::Order]);
    if read.repeated || several && (source.segment.is_some() || !beside.is_empty()) {
        // Which line of an order counts is told by the order of the file.
        return Err(Why::NeedsRowOrder);
    }
    let day = day.filter(|role| source.has(*role));
    let mut amount = source.money(Role::Amount)?;
    if orders::is_of_one(&reading) && source.has(Role::Quantity) {
        amount = amount.times(source.number(Role::Quantity)?.or(number(1.0)));
    }
    let mut columns = vec![("amount", amount)];
    let mut filters = vec![name("amount").is_known()];
    let mut names = vec!["amount"];
    if let Some(role) = day {
        columns.push(("day", source.day(role)?));
        filters.push(has_come(name("day")));
        names.push("day");
    }
    leave_out(source, &mut columns, &mut filters)?;
    for (term, role) in beside {
        columns.push((term, source.money(*role)?.or(number(0.0))));
        names.push(term);
    }
    if known {
        // The others still say which period the rows cover.
        columns.push(("customer", source.text(Role::Customer)?));
        names.push("customer");
    }
    if several {
        columns.push(("order_id", source.text(Role::Order)?));
        names.push("order_id");
    }
    let mut counted = Select::from("source").keep(&kept(source, &names));
    for filter in filters {
        counted = counted.filter(filter);
    }
    let mut steps = vec![
        self::source(source, columns),
        Named::new(
            "lines",
            "rows of orders that came about, on a day that has come",
            counted,
        ),
    ];
    let mut fields = vec!["counted"];
    fields.extend(day.map(|_| "day"));
    if several {
        steps.extend(added_up((day.is_some(), known)));
    }
    let last = if several { "added_up" } else { "lines" };
    let mut positive = Select::from(last).filter(name("amount").above(whole(0)));
    let others: Vec<&'static str> = fields
        .iter()
        .copied()
        .filter(|it| *it != "counted")
        .collect();
    positive = positive
        .keep(&kept(source, &others))
        .column("counted", formula(is));
    if known {
        let known = positive.columns.pop().map(|(_, is)| is);
        let counted = only_if(name("customer").is_known(), known.unwrap_or(name("amount")));
        positive = positive.column("counted", counted);
    }
    steps.push(Named::new("orders", "orders that cost something", positive));
    Ok(Plan::of(steps, fields))
}

/// The lines of each order added up; lines without an order are orders themselves.
fn added_up((dated, known): (bool, bool)) -> [Named; 2] {
    let alone = call(Function::RowNumber, Vec::new())
        .within(vec![name("order_id")], vec![(name("amount"), false)]);
    let alone = choose(name("order_id").is_nothing(), alone, whole(0));
    let mut numbered = Select::from("lines")
        .keep(&["amount", "order_id"])
        .column("alone", alone);
    let mut sums = Select::from("numbered")
        .column("amount", sum(name("amount")))
        .group(vec![name("order_id"), name("alone")]);
    if dated {
        numbered = numbered.keep(&["day"]);
        sums = sums.column("day", least_of(name("day")));
    }
    if known {
        numbered = numbered.keep(&["customer"]);
        sums = sums.column("customer", least_of(name("customer")));
    }
    [
        Named::new("numbered", "lines without an order told apart", numbered),
        Named::new("added_up", "the lines of each order added up", sums),
    ]
}
