//! Purchases of known customers as SQL: which order of a customer each one is, and when the next came.

use super::Question;
use super::parts::{kept, leave_out, scope, share, source_of_all, told};
use crate::engine::facts::{Reading, orders};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, call, choose, name, number, rows_where, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

/// The plan of a rule on orders of known customers.
///
/// # Errors
/// Where a column that it needs is not there, or the order of the file decides.
pub fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let rule = question.rule.id;
    let by_place = matches!(rule, "returning" | "within_days" | "orders");
    let mut plan = purchases(question, by_place)?;
    if rule == "within_days" {
        let limit = question.setting("days").unwrap_or(90.0);
        let old = || formula("as_number(days(day, as_of))").at_least(number(limit));
        let again = formula("as_number(days_to_next)").at_most(number(limit));
        plan.terms = vec![
            (
                "repeat_customers",
                rows_where(all(vec![formula("place = 1"), old(), again])),
            ),
            (
                "customers",
                rows_where(all(vec![formula("place = 1"), old()])),
            ),
            ("firsts", formula("rows(place = 1)")),
        ];
        plan.parts = told(&["repeat_customers", "customers"]);
        plan.parts
            .push(("too_young", formula("firsts - customers")));
        return Ok(share(plan, "repeat_customers", "customers"));
    }
    if rule == "orders" {
        plan.terms = formulas(&[("repeat_orders", "rows(place > 1)"), ("orders", "rows()")]);
        plan.parts = told(&["repeat_orders", "orders"]);
        return Ok(share(plan, "repeat_orders", "orders"));
    }
    let by_customer = Select::from("scoped")
        .keep(&SCOPE)
        .column("orders", formula("rows()"))
        .column("days", formula("different(day)"))
        .column("last_place", formula("max(place)"))
        .group([scope(), vec![name("customer")]].concat());
    plan.after = vec![Named::new(
        "customers",
        "the orders of each customer",
        by_customer,
    )];
    plan.terms = formulas(match rule {
        "two_days" => &[("repeat_customers", "rows(days > 1)")],
        "returning" => &[("repeat_customers", "rows(last_place > 1)")],
        _ => &[("repeat_customers", "rows(orders > 1)")],
    });
    plan.terms.extend(formulas(&[
        ("customers", "rows()"),
        ("orders", "sum(orders)"),
    ]));
    plan.parts = told(&["repeat_customers", "customers", "orders"]);
    plan.parts
        .push(("orders_per_customer", formula("orders / customers")));
    Ok(share(plan, "repeat_customers", "customers"))
}

/// Purchases a year × their value × years: the revenue of the customers of a stretch of time, for so
/// many years.
///
/// # Errors
/// Where the years are not set.
pub fn simple(question: &Question<'_>) -> Result<Plan, Why> {
    let own = |name: &str| question.source.setting(name);
    let years = own("customer_lifetime_value.lifetime_years");
    let years = years.filter(|years| *years > 0.0 && *years <= 100.0);
    let years = years.ok_or(Why::NeedsColumn)?;
    let mut plan = purchases(question, false)?;
    plan.terms = formulas(&[
        ("customers", "different(customer)"),
        ("revenue", "sum(amount)"),
        ("first_bought", "min(day)"),
    ]);
    let last = formula("least(plus_days(period_end, 0 - 1), as_of)");
    let of_window = call(Function::DaysBetween, vec![name("period_start"), last]);
    let days = if question.covers_everything {
        let of_all = formula("days(first_bought, as_of)");
        choose(formula("covers = 'unit'"), of_window, of_all)
    } else {
        of_window
    };
    let days = days.plus(whole(1));
    let a_year = formula("revenue / customers")
        .times(number(365.25))
        .over(days);
    plan.value = a_year.times(number(years * margin(question)?));
    plan.n = name("customers");
    plan.exists = Some(formula("customers > 0"));
    plan.parts = told(&["customers"]);
    Ok(plan)
}

/// The gross margin that the recipe gives, 1 where it gives none.
///
/// # Errors
/// Where it cannot be one.
pub fn margin(question: &Question<'_>) -> Result<f64, Why> {
    let names = [
        "customer_lifetime_value.gross_margin",
        "lifetime_value_to_acquisition_cost.gross_margin",
        "cac_payback_period.gross_margin",
    ];
    Ok(given_margin(question, &names)?.unwrap_or(1.0))
}

/// The gross margin that the first of these settings gives which is set.
///
/// # Errors
/// Where it cannot be one.
pub fn given_margin(question: &Question<'_>, names: &[&str]) -> Result<Option<f64>, Why> {
    let mut margin = names.iter().filter_map(|it| question.source.setting(it));
    match margin.next() {
        Some(margin) if margin <= 0.0 || margin > 100.0 => Err(Why::NeedsColumn),
        Some(margin) if margin > 1.0 => Ok(Some(margin / 100.0)),
        margin => Ok(margin),
    }
}

/// Orders of known customers, each with its place among those of its customer.
#[expect(clippy::too_many_lines, reason = "one plan, read from top to bottom")]
fn purchases(question: &Question<'_>, by_place: bool) -> Result<Plan, Why> {
    let source = question.source;
    source.as_of().ok_or(Why::NeedsColumn)?;
    let has = |role: Role| source.mapping.column_of(role).is_some();
    let several = source.repeats(&[Role::Order]);
    // Of orders of one moment the first of the file comes first.
    let ties = source.segment.is_some() || !source.filters.is_empty();
    if ties && (several || by_place && source.repeats(&[Role::Customer, Role::OrderedAt])) {
        return Err(Why::NeedsRowOrder);
    }
    let mut columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("day", source.day(Role::OrderedAt)?),
        ("ordered_at", source.moment(Role::OrderedAt)?),
    ];
    let mut filters = vec![formula("day is known and day <= as_of")];
    leave_out(source, &mut columns, &mut filters)?;
    let amount = if has(Role::Amount) {
        let reading = Reading::new(source.table, source.mapping, source.frame.clone());
        let read = orders::read(&reading).ok_or(Why::NeedsColumn)?;
        if read.repeated {
            return Err(Why::NeedsRowOrder);
        }
        let mut amount = source.money(Role::Amount)?;
        if orders::is_of_one(&reading) && source.has(Role::Quantity) {
            amount = amount.times(source.number(Role::Quantity)?.or(number(1.0)));
        }
        filters.push(formula("amount is known"));
        amount
    } else {
        number(1.0)
    };
    columns.push(("amount", amount));
    let mut names = vec!["customer", "day", "ordered_at", "amount"];
    if !source.filters.is_empty() {
        names.push("is_kept");
    }
    if several {
        columns.push(("order_id", source.text(Role::Order)?));
        names.push("order_id");
    }
    let mut lines = Select::from("source").keep(&kept(source, &names));
    for filter in filters {
        lines = lines.filter(filter);
    }
    let mut steps = vec![
        source_of_all(source, columns),
        Named::new("lines", "rows of orders that came about", lines),
    ];
    let mut last = "lines";
    if several {
        steps.extend(added_up());
        last = "added_up";
    }
    let own = || vec![name("customer")];
    let in_order = || vec![(name("ordered_at"), false)];
    let mut columns: Vec<&'static str> = names;
    columns.retain(|column| *column != "order_id");
    let placed = Select::from(last)
        .keep(&kept(source, &columns))
        .column(
            "place",
            call(Function::RowNumber, Vec::new()).within(own(), in_order()),
        )
        .column(
            "next_day",
            call(Function::Lead, vec![name("day")]).within(own(), in_order()),
        )
        // Something for nothing tells that a customer is there, and is no order.
        .filter(formula(if question.kpi.id == "repeat_purchase_rate" {
            "customer is known and amount > 0.0"
        } else {
            "customer is known and amount >= 0.0"
        }));
    let mut purchases = Select::from("placed")
        .keep(&kept(source, &["customer", "day", "place", "amount"]))
        .column("days_to_next", formula("days(day, next_day)"));
    if !source.filters.is_empty() {
        purchases = purchases.filter(formula("is_kept = 1"));
    }
    steps.push(Named::new(
        "placed",
        "orders of known customers, with their place and the day of the next",
        placed,
    ));
    steps.push(Named::new(
        "purchases",
        "orders of known customers",
        purchases,
    ));
    Ok(Plan::of(
        steps,
        vec!["customer", "day", "place", "days_to_next", "amount"],
    ))
}

/// The lines of each order added up; lines without an order are orders themselves.
fn added_up() -> [Named; 2] {
    let alone = call(Function::RowNumber, Vec::new())
        .within(vec![name("order_id")], vec![(name("ordered_at"), false)]);
    let alone = choose(formula("order_id is nothing"), alone, whole(0));
    let numbered = Select::from("lines")
        .keep(&["customer", "day", "ordered_at", "amount", "order_id"])
        .column("alone", alone);
    let sums = Select::from("numbered")
        .column("customer", formula("min(customer)"))
        .column("day", formula("min(day)"))
        .column("ordered_at", formula("min(ordered_at)"))
        .column("amount", formula("sum(amount)"))
        .group(vec![name("order_id"), name("alone")]);
    [
        Named::new("numbered", "lines without an order told apart", numbered),
        Named::new("added_up", "the lines of each order added up", sums),
    ]
}

/// Customers of a list who recommended the company.
///
/// # Errors
/// Where a customer stands twice.
pub fn referrers(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    if source.repeats(&[Role::Customer]) {
        return Err(Why::NeedsRowOrder);
    }
    let referrals = source.count_or_flag_at(source.column(Role::Referrals)?)?;
    let columns: Vec<(&'static str, Expr)> = vec![
        ("customer", source.text(Role::Customer)?),
        ("referrals", referrals),
    ];
    let listed = Select::from("source")
        .keep(&kept(source, &["referrals"]))
        .filter(formula("customer is known and referrals >= 0"));
    let steps = vec![
        super::parts::source(source, columns),
        Named::new("listed", "customers of whom the list tells it", listed),
    ];
    let mut plan = Plan::of(steps, vec!["referrals"]);
    plan.terms = formulas(&[
        ("advocates", "rows(referrals > 0)"),
        ("customers", "rows()"),
        ("referrals", "sum(referrals)"),
    ]);
    plan.parts = told(&["advocates", "customers", "referrals"]);
    Ok(share(plan, "advocates", "customers"))
}
