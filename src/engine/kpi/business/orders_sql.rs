//! Orders as SQL: what each of them cost.

use crate::engine::facts::{Reading, orders};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{has_come, kept, source};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Function, call, choose, least_of, mean, name, rows, sum, whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Source, Why};

/// The plan of a rule on the amounts of orders as they are written.
///
/// # Errors
/// Why there is none.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let known_customers = question.rule.id == "known_customers";
    if !matches!(question.rule.id, "mean" | "median" | "known_customers") {
        return Err(Why::NotWritten);
    }
    let mut plan = orders_of(question.source, question.day, known_customers)?;
    plan.terms = vec![
        ("orders", rows()),
        ("revenue", sum(name("amount"))),
        ("mean", mean(name("amount"))),
        (
            "median",
            call(Function::Quantile(0.5), vec![name("amount")]),
        ),
    ];
    plan.value = if question.rule.id == "median" {
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

/// Orders that cost something, the rows of each added up.
fn orders_of(source: &Source<'_>, day: Option<Role>, known: bool) -> Result<Plan, Why> {
    let reading = Reading::new(source.table, source.mapping, source.frame.clone());
    let read = orders::read(&reading).ok_or(Why::NeedsColumn)?;
    let several = has_lines(source);
    if read.repeated || several && source.segment.is_some() {
        // Which line of an order counts is told by the order of the file.
        return Err(Why::NeedsRowOrder);
    }
    let day = day.filter(|role| source.has(*role));
    let mut columns = vec![("amount", source.money(Role::Amount)?)];
    let mut filters = vec![name("amount").is_known()];
    let mut names = vec!["amount"];
    if let Some(role) = day {
        columns.push(("day", source.day(role)?));
        filters.push(has_come(name("day")));
        names.push("day");
    }
    if source.has(Role::CancelledAt) {
        columns.push(("cancelled_on", source.day(Role::CancelledAt)?));
        filters.push(name("cancelled_on").is_nothing());
    }
    if let Ok(column) = source.column(Role::Status) {
        let keys = source.table.columns[column].keys();
        let complete = orders::completes(keys.texts.texts());
        let says = |word: &str| (!complete(word)).then(|| whole(1));
        let incomplete = source.words_at(column, says)?;
        columns.push(("is_incomplete", incomplete.or(whole(0))));
        filters.push(name("is_incomplete").equals(whole(0)));
    }
    if known {
        columns.push(("customer", source.text(Role::Customer)?));
        filters.push(name("customer").is_known());
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
    let mut fields = vec!["amount"];
    fields.extend(day.map(|_| "day"));
    if several {
        steps.extend(added_up(day.is_some()));
    }
    let last = if several { "added_up" } else { "lines" };
    let positive = Select::from(last)
        .keep(&kept(source, &fields))
        .filter(name("amount").above(whole(0)));
    steps.push(Named::new("orders", "orders that cost something", positive));
    Ok(Plan::of(steps, fields))
}

/// The lines of each order added up; lines without an order are orders themselves.
fn added_up(dated: bool) -> [Named; 2] {
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
    [
        Named::new("numbered", "lines without an order told apart", numbered),
        Named::new("added_up", "the lines of each order added up", sums),
    ]
}

/// Whether an order has several rows in the table.
fn has_lines(source: &Source<'_>) -> bool {
    let Some(column) = source.mapping.column_of(Role::Order) else {
        return false;
    };
    let keys = source.table.columns[column].keys();
    let mut seen = vec![false; keys.texts.len()];
    let mut codes = keys.codes.iter().filter(|code| **code != 0);
    codes.any(|code| std::mem::replace(&mut seen[*code as usize], true))
}
