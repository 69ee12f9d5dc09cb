//! Figures of several months as SQL: the mean of a year, contracts that are signed, months one after
//! the other.

use super::Question;
use super::ledger::{by_scope_and_customer, running};
use super::parts::{kept, scope, told};
use super::stretches::{is_known, is_told, stretches};
use crate::engine::base::PeriodUnit;
use crate::engine::roles::Kind;
use crate::engine::sql::expression::{Expr, all, choose, greatest_of, name, whole};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Join, Named, Relation, Rows, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

/// Twelve times the mean of what was paid at the ends of the last twelve months.
///
/// # Errors
/// As `stretches`.
pub fn averaged(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = running(
        question,
        "r.day < w.period_end and r.ends_on >= plus_months(w.period_end, 0 - 11)",
    )?;
    since_anybody_paid(&mut plan);
    let months = (0..12).map(|back| Select::of(Rows::Nowhere).column("back", whole(back)));
    let month_ends = Select::from("scoped")
        .called("s")
        .join(Join::Cross("months_back", "b"))
        .keep_of("s", &SCOPE)
        .keep_of("s", &["customer", "day", "ends_on", "paid", "begins"])
        .keep_of("b", &["back"])
        .column(
            "month_end",
            formula("plus_months(s.period_end, 0 - b.back)"),
        )
        .filter(formula("plus_months(s.period_end, 0 - b.back) > s.begins"));
    let is_silent = if question.need.kind == Kind::RevenueMonth {
        choose(is_told(name("month_end")), whole(0), whole(1))
    } else {
        whole(0)
    };
    let of_each = Select::from("month_ends")
        .keep(&SCOPE)
        .keep(&["customer"])
        .column(
            "paid_in_all",
            formula("sum(paid where day < month_end and ends_on >= month_end) ?? 0"),
        )
        .column(
            "closing",
            formula("sum(paid where back = 0 and day < month_end and ends_on >= month_end) ?? 0"),
        )
        .column("months", formula("different(back)"))
        .column("silent", greatest_of(is_silent))
        .group(by_scope_and_customer());
    plan.after = vec![
        Named::new(
            "months_back",
            "the twelve months back from the end",
            Relation::Union(months.collect()),
        ),
        Named::new(
            "month_ends",
            "what each customer pays, with the ends of those months in which anybody did",
            month_ends,
        ),
        Named::new(
            "customers",
            "what each customer paid at all of these ends together, in billionths",
            of_each,
        ),
    ];
    plan.terms = formulas(&[
        ("paid_in_all", "money(sum(paid_in_all))"),
        ("payers", "rows(paid_in_all > 0)"),
        ("customers", "rows(closing > 0)"),
        ("months", "max(months)"),
        ("silent", "max(silent)"),
    ]);
    plan.value = formula("12.0 * (paid_in_all / months)");
    plan.n = name("payers");
    plan.exists = Some(all(vec![
        formula("payers > 0 and silent = 0"),
        is_known(question),
    ]));
    plan.parts = told(&["customers", "months"]);
    plan.parts
        .push(("monthly", formula("paid_in_all / months")));
    Ok(plan)
}

/// A plan whose last relation holds what each customer pays at both ends of each month of a window:
/// `month_start`, `month_end`, `opening` and `closing` in billionths; `silent` where the table does
/// not speak of an end. `first_told`: the first day of which anything
/// is told.
fn customer_months(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = running(
        question,
        "r.day < plus_months(month(plus_days(w.period_end, 0 - 1)), 1) and r.ends_on >= month(w.period_start)",
    )?;
    since_anybody_paid(&mut plan);
    // The last window may reach beyond the last day that counts.
    let bounds = Select::from("windows")
        .column("first_day", formula("min(span.first_day)"))
        .column("last_day", formula("plus_days(max(period_end), 0 - 1)"));
    let months = Relation::Calendar {
        unit: PeriodUnit::Month,
        from: "month_bounds",
        first: "first_day",
        last: "last_day",
    };
    let edges = Select::from("scoped")
        .called("s")
        .join(Join::On(
            "months",
            "m",
            formula("m.unit_start >= month(s.period_start) and m.unit_start < s.period_end"),
        ))
        .keep_of("s", &SCOPE)
        .keep_of("s", &["customer", "day", "ends_on", "paid", "first_told"])
        .column("month_start", formula("m.unit_start"))
        .column("month_end", formula("plus_months(m.unit_start, 1)"));
    let mut by = by_scope_and_customer();
    by.extend([name("month_start"), name("month_end")]);
    let of_each = Select::from("month_edges")
        .keep(&SCOPE)
        .keep(&["customer", "month_start", "month_end"])
        .column(
            "opening",
            formula("sum(paid where day < month_start and ends_on >= month_start) ?? 0"),
        )
        .column(
            "closing",
            formula("sum(paid where day < month_end and ends_on >= month_end) ?? 0"),
        )
        .column("first_told", formula("min(first_told)"))
        .group(by);
    plan.after = vec![
        Named::new(
            "month_bounds",
            "from the first row to the end of the last window",
            bounds,
        ),
        Named::new("months", "months, by their first day", months),
        Named::new(
            "month_edges",
            "what is paid, with each month of the window",
            edges,
        ),
        Named::new(
            "customer_months",
            "what each customer pays at both ends of each month, in billionths",
            of_each,
        ),
    ];
    Ok(plan)
}

/// Whether an end of the month lies in one of which a table of months says nothing.
fn silent(question: &Question<'_>) -> Expr {
    if question.need.kind != Kind::RevenueMonth {
        return whole(0);
    }
    let ends = all(vec![
        is_told(name("month_start")),
        is_told(name("month_end")),
    ]);
    choose(ends, whole(0), whole(1))
}

/// Terms of the whole months of a window of which the ledger can tell who was there at their start.
///
/// # Errors
/// As `stretches`.
pub fn by_month(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = customer_months(question)?;
    let known = Select::from("customer_months")
        .keep(&SCOPE)
        .keep(&["customer", "month_end", "opening", "closing"])
        .column("silent", silent(question))
        .filter(formula("month_start >= plus_months(month(first_told), 1)"));
    plan.after.push(Named::new(
        "known_months",
        "months whose start anybody can be told of",
        known,
    ));
    plan.terms = formulas(&[
        (
            "closing_revenue",
            "money(sum(closing where month_end = period_end))",
        ),
        ("customers", "rows(closing > 0 and month_end = period_end)"),
        ("lost", "rows(opening > 0 and closing <= 0)"),
        ("customer_months", "rows(opening > 0)"),
        ("opening_revenue", "money(sum(opening))"),
        ("silent", "max(silent)"),
    ]);
    plan.terms.push((
        "monthly_revenue",
        formula("money(sum(closing where month_end = period_end)) / rows(closing > 0 and month_end = period_end)"),
    ));
    plan.exists = Some(formula(
        "silent = 0 and customer_months > 0 and period_start = month(period_start) and period_end = month(period_end)",
    ));
    Ok(plan)
}

/// The product of the revenue retention of each month of a window.
///
/// # Errors
/// As `stretches`.
pub fn compounded(question: &Question<'_>) -> Result<Plan, Why> {
    let mut plan = customer_months(question)?;
    let of_month = Select::from("customer_months")
        .keep(&SCOPE)
        .keep(&["month_start"])
        .column("paying", formula("rows(opening > 0)"))
        .column(
            "kept",
            formula(
                "money(sum(closing where opening > 0)) / money(sum(opening where opening > 0))",
            ),
        )
        .column("silent", greatest_of(silent(question)))
        .group([scope(), vec![name("month_start")]].concat());
    plan.after.push(Named::new(
        "month_rates",
        "what is left of each month's start at its end",
        of_month,
    ));
    // A product as the sum of logarithms; what is left of a month can be nothing, or less.
    plan.terms = formulas(&[
        ("months", "rows(paying > 0)"),
        ("most", "max(paying)"),
        ("silent", "max(silent)"),
        ("lost_all", "rows(kept = 0.0)"),
        ("below", "rows(kept < 0.0)"),
        (
            "product",
            "exponential(sum(if(kept < 0.0, logarithm(0.0 - kept), if(kept > 0.0, logarithm(kept)))) ?? 0.0)",
        ),
    ]);
    plan.value = formula("if(lost_all > 0, 0.0, if(modulo(below, 2) = 1, 0.0 - product, product))");
    plan.n = name("most");
    plan.exists = Some(formula(
        "months = month_number(plus_days(period_end, 0 - 1)) - month_number(period_start) + 1 and silent = 0",
    ));
    Ok(plan)
}

/// Adds the first day on which anybody paid, of the whole or of the segment.
fn since_anybody_paid(plan: &mut Plan) {
    let own = ["by_segment", "segment"].map(name).to_vec();
    let begins = formula("min(first_day)").within(own.clone(), Vec::new());
    // A credit may come before the first payment.
    let first_told = formula("min(day where paid <> 0)").within(own, Vec::new());
    let last = plan.middle.0.last().map_or("parts", |it| it.name);
    let begun = Select::from(last)
        .keep(&[
            "by_segment",
            "segment",
            "customer",
            "day",
            "ends_on",
            "paid",
        ])
        .column("begins", begins)
        .column("first_told", first_told);
    plan.middle.0.push(Named::new(
        "since",
        "with the first day on which anybody paid",
        begun,
    ));
    plan.middle.1 = vec!["customer", "day", "ends_on", "paid", "begins", "first_told"];
}

/// Twelve times what customers pay and what they have signed for.
///
/// # Errors
/// `NeedsColumn` where no column says when contracts were signed.
pub fn contracted(question: &Question<'_>) -> Result<Plan, Why> {
    let told_rows = stretches(question)?;
    if !told_rows.more.contains(&"signed_on") {
        return Err(Why::NeedsColumn);
    }
    let source = question.source;
    let mut steps = told_rows.steps;
    // The last relation leaves those out that have not begun.
    steps.pop();
    let fields = vec!["customer", "day", "ends_on", "paid", "signed_on"];
    let with = Select::from("stretches").keep(&kept(source, &fields));
    steps.push(Named::new(
        "signed",
        "with contracts that are signed and have not begun",
        with,
    ));
    let mut plan = Plan::of(steps, fields);
    // What is signed by the last day of the window, or runs on it.
    plan.within = Some(formula(
        "(r.day < w.period_end and r.ends_on >= w.period_end) or (r.day >= w.period_end and r.ends_on > r.day and r.signed_on < w.period_end)",
    ));
    let begins =
        formula("max(day where day >= period_end)").within(by_scope_and_customer(), Vec::new());
    let with_begin = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&["customer", "day", "ends_on", "paid"])
        .column("begins", begins);
    let customers = Select::from("with_begin")
        .keep(&SCOPE)
        .keep(&["customer"])
        .column("live", formula("sum(paid where day < period_end) ?? 0"))
        .column(
            "ahead",
            formula("sum(paid where day <= begins and ends_on > begins)"),
        )
        .column("begins", formula("max(begins)"))
        .group(by_scope_and_customer());
    plan.after = vec![
        Named::new(
            "with_begin",
            "with the day on which the last of a customer's signed contracts begins",
            with_begin,
        ),
        Named::new(
            "customers",
            "what each customer pays, and what they will pay on that day, in billionths",
            customers,
        ),
    ];
    plan.terms = formulas(&[
        ("live", "12.0 * money(sum(live))"),
        (
            "signed_not_begun",
            "12.0 * money(sum((ahead ?? 0) - live where begins is known) ?? 0)",
        ),
        ("signed_customers", "rows(begins is known)"),
        ("customers", "rows(live > 0)"),
        ("coming", "rows(begins is known and live <= 0)"),
    ]);
    plan.value = formula("live + signed_not_begun");
    plan.n = formula("customers + coming");
    plan.exists = Some(formula("customers + coming > 0"));
    plan.parts = told(&["live", "signed_not_begun", "signed_customers", "customers"]);
    plan.parts
        .push(("monthly", formula("(live + signed_not_begun) / 12.0")));
    Ok(plan)
}
