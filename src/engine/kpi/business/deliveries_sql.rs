//! Deliveries as SQL: what was due, and whether it came in time.

use crate::engine::facts::Reading;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{kept, leave_out, scope, share, source, told};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, Type, all, call, choose, name, number, text, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Source, Why};

/// The plan of a rule on deliveries.
///
/// # Errors
/// Where a column that the rule needs is not there.
#[expect(clippy::too_many_lines, reason = "one plan, read from top to bottom")]
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    source.as_of().ok_or(Why::NeedsColumn)?;
    let rule = question.rule.id;
    let has = |role: Role| source.mapping.column_of(role).is_some();
    let usual = if has(Role::PromisedAt) {
        Role::PromisedAt
    } else {
        Role::RequestedAt
    };
    let target = if rule == "requested" {
        Role::RequestedAt
    } else {
        usual
    };
    let mut columns = vec![
        ("day", source.day(usual)?),
        ("due_on", source.day(target)?),
        ("written_on", source.day(Role::DeliveredAt)?),
    ];
    let mut filters = vec![formula("day is known and day <= as_of")];
    leave_out(source, &mut columns, &mut filters)?;
    let late = if rule == "by_time" {
        if !has_times(source, target) || !has_times(source, Role::DeliveredAt) {
            return Err(Why::NeedsColumn);
        }
        columns.push(("due_at", source.moment(target)?));
        columns.push(("came_at", source.moment(Role::DeliveredAt)?));
        let hours = call(
            Function::HoursBetween,
            vec![name("due_at"), name("came_at")],
        );
        hours.over(number(24.0))
    } else {
        formula("as_number(days(due_on, came_on))")
    };
    let mut more = Vec::new();
    for (column, role) in [
        ("ordered", Role::Quantity),
        ("came_units", Role::QuantityDelivered),
    ] {
        if matches!(rule, "in_full" | "units") && has(role) {
            columns.push((column, source.number(role)?));
            more.push(column);
        }
    }
    if rule == "orders" {
        columns.push(("order_id", source.text(Role::Order)?));
        more.push("order_id");
    }
    let needed: &[&str] = match rule {
        "in_full" => &["ordered", "came_units"],
        "units" => &["ordered"],
        _ => &[],
    };
    if !needed.iter().all(|column| more.contains(column)) {
        return Err(Why::NeedsColumn);
    }
    let moments: &[&str] = if rule == "by_time" {
        &["due_at", "came_at"]
    } else {
        &[]
    };
    let mut seen = Select::from("source")
        .keep(&kept(source, &["day", "due_on"]))
        .keep(&more)
        .keep(moments)
        // What came after the last day that counts had not come by then.
        .column("came_on", formula("if(written_on <= as_of, written_on)"));
    for filter in filters {
        seen = seen.filter(filter);
    }
    let judged = Select::from("seen")
        .keep(&kept(source, &["day", "due_on", "came_on"]))
        .keep(&more)
        .column("came", came(question, late))
        .filter(formula("due_on is known"));
    let mut fields = vec!["day", "due_on", "came_on", "came"];
    fields.extend(&more);
    let mut plan = Plan::of(
        vec![
            self::source(source, columns),
            Named::new(
                "seen",
                "rows that count, and when they came by the last day",
                seen,
            ),
            Named::new("judged", "whether each came in time", judged),
        ],
        fields,
    );
    if rule == "orders" {
        return Ok(whole_orders(plan));
    }
    plan.terms = formulas(&[
        ("due", "rows(came <> 'open')"),
        ("on_time", "rows(came = 'on time')"),
        ("late", "rows(came = 'late')"),
        ("overdue", "rows(came = 'overdue')"),
        ("early", "rows(came <> 'open' and came_on < due_on)"),
    ]);
    plan.parts = told(&["late", "overdue", "early"]);
    plan.parts.push(("delivered", formula("due - overdue")));
    Ok(match rule {
        "in_full" => {
            plan.terms = formulas(&[
                (
                    "due",
                    "rows(came = 'overdue' or (came <> 'open' and ordered is known and came_units is known))",
                ),
                (
                    "complete",
                    "rows(came = 'on time' and came_units >= ordered)",
                ),
            ]);
            plan.parts = formulas(&[("on_time_in_full", "complete"), ("due", "due")]);
            share(plan, "complete", "due")
        }
        "delivered_only" => {
            plan.terms.push((
                "delivered",
                formula("rows(came in ('on time', 'late', 'too early'))"),
            ));
            share(plan, "on_time", "delivered")
        }
        "units" => {
            plan.terms.extend(formulas(&[
                (
                    "on_time_units",
                    "sum(ordered where came = 'on time' and ordered > 0.0) ?? 0.0",
                ),
                (
                    "due_units",
                    "sum(ordered where came <> 'open' and ordered > 0.0)",
                ),
                ("known", "rows(came <> 'open' and ordered > 0.0)"),
            ]));
            plan.value = formula("on_time_units / due_units");
            plan.n = name("known");
            plan.exists = Some(formula("due_units > 0.0"));
            plan
        }
        _ => share(plan, "on_time", "due"),
    })
}

/// Whether the cells of a role tell a time of day.
fn has_times(source: &Source<'_>, role: Role) -> bool {
    let reading = Reading::new(source.table, source.mapping, source.frame.clone());
    reading.instants_of(role).is_some_and(|it| !it.days_only)
}

/// What became of each row.
fn came(question: &Question<'_>, late: Expr) -> Expr {
    let tolerance = question.setting("tolerance_days").unwrap_or(0.0);
    let waited = formula("as_number(days(due_on, as_of))");
    let mut cases = vec![
        (
            all(vec![
                formula("came_on is nothing"),
                waited.above(number(tolerance)),
            ]),
            text("overdue"),
        ),
        (formula("came_on is nothing"), text("open")),
        (late.above(number(tolerance)), text("late")),
    ];
    if question.rule.id == "not_early" {
        let early = question.setting("early_days").unwrap_or(0.0);
        let before = formula("as_number(days(came_on, due_on))");
        cases.push((before.above(number(early)), text("too early")));
    }
    Expr::Case(cases, Some(Box::new(text("on time"))))
}

/// Orders of which all rows are on time; those with a row that is not due yet and none that is late
/// are left out.
fn whole_orders(mut plan: Plan) -> Plan {
    let alone = call(Function::RowNumber, Vec::new()).within(
        [scope(), vec![name("order_id")]].concat(),
        vec![(name("came"), false)],
    );
    let numbered = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&["order_id", "came"])
        .column(
            "alone",
            choose(
                formula("order_id is nothing"),
                alone,
                whole(0).cast(Type::Whole),
            ),
        );
    let orders = Select::from("rows_of_orders")
        .keep(&SCOPE)
        .column(
            "missed",
            formula("rows(came in ('late', 'too early', 'overdue'))"),
        )
        .column("waits", formula("rows(came = 'open')"))
        .group([scope(), vec![name("order_id"), name("alone")]].concat());
    plan.after = vec![
        Named::new(
            "rows_of_orders",
            "rows without an order are orders of their own",
            numbered,
        ),
        Named::new("orders", "the rows of each order", orders),
    ];
    plan.terms = formulas(&[
        ("on_time", "rows(missed = 0 and waits = 0)"),
        ("due", "rows(missed > 0 or waits = 0)"),
    ]);
    plan.parts = told(&["on_time", "due"]);
    share(plan, "on_time", "due")
}
