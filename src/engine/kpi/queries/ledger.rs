//! Recurring revenue as SQL: what each customer pays at both ends of a window, and every change
//! within it.

use super::Question;
use super::parts::scope;
use super::stretches::{self, STRETCH, Stretches, forever, runs_at, stretches};
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, call, name, of, sum, sum_where, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Relation, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

pub use super::stretches::is_known;

/// The columns that tell the stretches of one customer apart.
const CUSTOMER: [&str; 3] = ["by_segment", "segment", "customer"];

/// A plan whose last relation holds, for each window, what each customer pays at both ends of it.
///
/// `opening` is paid at the end of the day before the window, `closing` at the end of its last day,
/// both in billionths; on `first_day` the customer first paid.
///
/// # Errors
/// As [`stretches`].
pub fn customers(question: &Question<'_>) -> Result<Plan, Why> {
    let told = stretches(question)?;
    let mut plan = if told.credits {
        stepped(told)
    } else {
        let mut plan = Plan::of(told.steps.clone(), STRETCH.to_vec());
        plan.middle = (
            together("parts", &CUSTOMER, &[]),
            [&STRETCH[..], &["first_day"]].concat(),
        );
        plan
    };
    plan.within = Some(within(formula(
        "r.day = r.first_day and r.day >= w.period_start and r.day < w.period_end",
    )));
    plan.after = vec![by_customer(stretches::ends())];
    Ok(plan)
}

/// The same with more columns of the stretches (why a customer left, seats, months of a term), and
/// with more terms of each customer. Amounts below nothing make no difference to these.
///
/// # Errors
/// As [`stretches`]; where a column is not there.
pub fn customers_with(
    question: &Question<'_>,
    more: &'static [&'static str],
    terms: Vec<(&'static str, Expr)>,
) -> Result<Plan, Why> {
    let told = stretches(question)?;
    if !more.iter().all(|column| told.more.contains(column)) {
        return Err(Why::NeedsColumn);
    }
    let steps = told.steps.clone();
    let mut fields = STRETCH.to_vec();
    fields.extend(more);
    let mut plan = Plan::of(steps, fields.clone());
    plan.middle = (
        together("parts", &CUSTOMER, more),
        [&fields[..], &["first_day"]].concat(),
    );
    plan.within = Some(within(formula(
        "(r.day = r.first_day and r.day >= w.period_start and r.day < w.period_end) or (r.ends_on >= w.period_start and r.ends_on < w.period_end)",
    )));
    let mut all = stretches::ends();
    all.extend(terms);
    plan.after = vec![by_customer(all)];
    Ok(plan)
}

/// A plan whose rows in each window are the changes within it and what runs at its ends.
///
/// They are not put together by customer: each has what was paid `before` and is `paid` from `day` to `ends_on`, the
/// customer's `first_day`, and the last day before it on which the customer stopped (`left_on`).
///
/// # Errors
/// As [`stretches`].
pub fn changes(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = stepped(stretches(question)?);
    plan.within = Some(within(formula(
        "r.day >= w.period_start and r.day < w.period_end",
    )));
    Ok(plan)
}

/// A plan of stretches with another selection of rows for each window.
///
/// # Errors
/// As [`stretches`].
pub fn running(question: &Question<'_>, within: &'static str) -> Result<Plan, Why> {
    let told = stretches(question)?;
    let mut plan = Plan::of(told.steps.clone(), STRETCH.to_vec());
    plan.middle = (
        together("parts", &CUSTOMER, &[]),
        [&STRETCH[..], &["first_day"]].concat(),
    );
    if told.credits {
        plan = stepped(told);
    }
    plan.within = Some(formula(within));
    Ok(plan)
}

fn within(also: Expr) -> Expr {
    any(vec![
        runs_at(of("w", "period_start")),
        runs_at(of("w", "period_end")),
        also,
    ])
}

/// The columns of a window and the customer.
pub fn by_scope_and_customer() -> Vec<Expr> {
    let mut by = scope();
    by.push(name("customer"));
    by
}

/// One row a customer and window.
fn by_customer(terms: Vec<(&'static str, Expr)>) -> Named {
    let mut ends = Select::from("scoped").keep(&SCOPE).keep(&["customer"]);
    for (term, is) in terms {
        ends = ends.column(term, is);
    }
    Named::new(
        "customers",
        "what each customer pays at both ends, in billionths, and the day of their first payment",
        ends.group(by_scope_and_customer()),
    )
}

/// The stretches of each customer with the day on which they first paid anything. `own`: the columns
/// that tell customers apart.
fn together(from: &'static str, own: &[&'static str], more: &[&'static str]) -> Vec<Named> {
    let mut same: Vec<&'static str> = own.to_vec();
    same.extend(["day", "ends_on"]);
    same.extend(more.iter().filter(|it| **it == "term"));
    let mut together = Select::from(from).keep(&same);
    for (column, is) in formulas(&[
        ("paid", "sum(paid)"),
        ("why", "max(why where paid > 0)"),
        ("seats", "sum(seats where seats > 0.0)"),
    ]) {
        if column == "paid" || more.contains(&column) {
            together = together.column(column, is);
        }
    }
    let by_customer = own.iter().map(|it| name(it)).collect();
    let first = formula("min(day where paid > 0)").within(by_customer, Vec::new());
    let mut with_first = Select::from("together").keep(&same).keep(&["paid"]);
    for column in more.iter().filter(|it| **it != "term") {
        with_first = with_first.keep(&[column]);
    }
    vec![
        Named::new(
            "together",
            "what rows of the same stretch say, added up",
            together.group(same.iter().map(|it| name(it)).collect()),
        ),
        Named::new(
            "paying",
            "with the day of each customer's first payment",
            with_first.column("first_day", first),
        ),
    ]
}

/// What each customer pays from which day to which, of a table that is not divided: relations on that
/// of its stretches, the last with `customer`, `day`, `ends_on`, `paid` and `first_day`.
pub fn paying(told: &Stretches) -> Vec<Named> {
    let from = told.steps.last().map_or("stretches", |it| it.name);
    if told.credits {
        steps(from, &["customer"])
    } else {
        together(from, &["customer"], &[])
    }
}

/// What each customer pays from change to change, so that stretches never overlap.
fn stepped(told: Stretches) -> Plan {
    let mut plan = Plan::of(told.steps, STRETCH.to_vec());
    plan.middle = (
        steps("parts", &CUSTOMER),
        vec![
            "customer",
            "day",
            "ends_on",
            "paid",
            "before",
            "first_day",
            "left_on",
        ],
    );
    plan
}

/// The relations of [`stepped`]. `own`: the columns that tell customers apart.
fn steps(from: &'static str, own: &[&'static str]) -> Vec<Named> {
    let turn = |day: &str, paid: Expr| {
        Select::from(from)
            .keep(own)
            .column("day", name(day))
            .column("turn", paid)
    };
    let turns = Relation::Union(vec![
        turn("day", name("paid")),
        turn("ends_on", formula("0 - paid")).filter(name("ends_on").below(forever())),
    ]);
    let keys = [own, &["day"]].concat();
    let mut by_day = Select::from("turns")
        .keep(&keys)
        .column("change", sum(name("turn")).cast(Type::Whole))
        .group(keys.iter().map(|it| name(it)).collect());
    by_day.having = Some(formula("sum(turn) <> 0"));
    let same = || own.iter().map(|it| name(it)).collect();
    let in_order = || vec![(name("day"), false)];
    let amounts = Select::from("day_changes")
        .keep(&keys)
        .keep(&["change"])
        .column(
            "ends_on",
            call(Function::Lead, vec![name("day")])
                .within(same(), in_order())
                .or(forever()),
        )
        .column(
            "paid",
            sum(name("change"))
                .within(same(), in_order())
                .cast(Type::Whole),
        );
    let known = Select::from("amounts")
        .keep(&keys)
        .keep(&["ends_on", "paid"])
        .column("before", formula("paid - change"))
        .column(
            "first_day",
            formula("min(day where paid > 0)").within(same(), Vec::new()),
        )
        .column(
            "left_on",
            formula("max(day where paid <= 0 and paid - change > 0)").within(same(), in_order()),
        );
    vec![
        Named::new(
            "turns",
            "what changes on which day: stretches begin and end",
            turns,
        ),
        Named::new(
            "day_changes",
            "the changes of each customer and day",
            by_day,
        ),
        Named::new(
            "amounts",
            "what each customer pays from one change to the next",
            amounts,
        ),
        Named::new(
            "steps",
            "with what was paid before, the customer's first day and the last day on which they left",
            known,
        ),
    ]
}

/// Terms of every change within a window, in money, under the names of the engine. `late`: who comes
/// back after more than so many days is new.
pub fn changed(late: Option<i64>) -> Vec<(&'static str, Expr)> {
    let mut terms = formulas(&[
        (
            "opening_all",
            "money(sum(paid where day < period_start and ends_on >= period_start) ?? 0)",
        ),
        (
            "opening_revenue",
            "money(sum(paid where day < period_start and ends_on >= period_start and paid > 0) ?? 0)",
        ),
        (
            "closing_revenue",
            "money(sum(paid where day < period_end and ends_on >= period_end) ?? 0)",
        ),
        (
            "opening_customers",
            "rows(day < period_start and ends_on >= period_start and paid > 0)",
        ),
        (
            "customers",
            "rows(day < period_end and ends_on >= period_end and paid > 0)",
        ),
        (
            "everyone",
            "different(customer where paid > 0 and ((day < period_start and ends_on >= period_start) or (day < period_end and ends_on >= period_end)))",
        ),
        (
            "expansion",
            "money(sum(paid - before where day >= period_start and paid > before and not (before <= 0 and paid > 0)) ?? 0)",
        ),
        (
            "contraction",
            "money(sum(before - paid where day >= period_start and paid < before and not (before > 0 and paid <= 0)) ?? 0)",
        ),
        (
            "churn",
            "money(sum(before - paid where day >= period_start and before > 0 and paid <= 0) ?? 0)",
        ),
        (
            "credit_raised",
            "money(sum(paid - before where day >= period_start and paid > before and paid <= 0) ?? 0)",
        ),
        (
            "credit_cut",
            "money(sum(before - paid where day >= period_start and paid < before and before <= 0) ?? 0)",
        ),
        (
            "come",
            "money(sum(paid - before where day >= period_start and before <= 0 and paid > 0) ?? 0)",
        ),
        (
            "comes",
            "rows(day >= period_start and before <= 0 and paid > 0)",
        ),
        (
            "departures",
            "rows(day >= period_start and before > 0 and paid <= 0)",
        ),
        (
            "first_timers",
            "rows(day >= period_start and before <= 0 and paid > 0 and day = first_day)",
        ),
    ]);
    let is_new = match late {
        None => formula("day = first_day"),
        Some(days) => any(vec![
            formula("day = first_day"),
            call(Function::DaysBetween, vec![name("left_on"), name("day")]).above(whole(days)),
        ]),
    };
    let gained = formula("paid - before");
    let comes = formula("day >= period_start and before <= 0 and paid > 0");
    let new = all(vec![comes, is_new]);
    terms.push((
        "new",
        super::movements::money(sum_where(new, gained).or(whole(0))),
    ));
    terms
}
