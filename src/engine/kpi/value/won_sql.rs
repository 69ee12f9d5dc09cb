//! Customers beside spending as SQL: whom and what each period of whole months won, and whom it lost.

use crate::engine::base::PeriodUnit;
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::ledger::paying;
use crate::engine::kpi::queries::stretches::{is_told, runs_at, stretches_of};
use crate::engine::roles::Kind;
use crate::engine::sql::expression::{Expr, Function, all, any, call, name, of, only_if, whole};
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Join, Named, Relation, Select};
use crate::engine::sql::{Source, Why};

/// Whom and what each window of whole months won: the relation `won`, and those before it.
pub(super) fn won(
    question: &Question<'_>,
    kind: Kind,
    customers: &Source<'_>,
) -> Result<Vec<Named>, Why> {
    let told = stretches_of((kind, customers), question.rule)?;
    let mut made = told.steps.clone();
    made.extend(paying(&told));
    let rows = rows_of(&made);
    let edges = Select::from("windows")
        .distinct()
        .keep(&["period_start", "period_end"])
        .filter(formula(
            "period_start = month(period_start) and period_end = month(period_end)",
        ));
    let runs = any(vec![
        runs_at(of("w", "period_start")),
        runs_at(of("w", "period_end")),
        formula("r.day = r.first_day and r.day >= w.period_start and r.day < w.period_end"),
    ]);
    let ends = Select::from("edges")
        .called("w")
        .join(Join::On(rows, "r", runs))
        .keep_of("w", &["period_start", "period_end"])
        .keep_of("r", &["customer"])
        .column(
            "opening",
            formula(
                "sum(r.paid where r.day < w.period_start and r.ends_on >= w.period_start) ?? 0",
            ),
        )
        .column(
            "closing",
            formula("sum(r.paid where r.day < w.period_end and r.ends_on >= w.period_end) ?? 0"),
        )
        .column("first_day", formula("min(r.first_day)"))
        .group(vec![
            of("w", "period_start"),
            of("w", "period_end"),
            of("r", "customer"),
        ]);
    let won = Select::from("customer_ends")
        .column("edge_start", name("period_start"))
        .column("edge_end", name("period_end"))
        .columns_of(&[
        (
            "new_customers",
            "rows(first_day >= period_start and first_day < period_end)",
        ),
        (
            "won_new",
            "sum(closing - opening where opening <= 0 and closing > 0 and first_day >= period_start) ?? 0",
        ),
        ("won_net", "sum(closing - opening)"),
        (
            "won_more",
            "sum(closing - opening where closing > opening and ((opening > 0 and closing > 0) or (opening <= 0 and closing <= 0))) ?? 0",
        ),
        ("closing_revenue", "money(sum(closing))"),
        ("closing_customers", "rows(closing > 0)"),
        ]);
    if kind == Kind::RevenueMonth {
        let first = Select::from(rows).column("first_paid", formula("min(day where paid <> 0)"));
        made.push(Named::new(
            "first_payment",
            "the first day on which anybody pays",
            first,
        ));
    }
    made.extend([
        Named::new("edges", "the windows of whole months", edges),
        Named::new(
            "customer_ends",
            "what each customer pays at both ends, in billionths, and the day of their first payment",
            ends,
        ),
        Named::new(
            "won",
            "who and what is new",
            won.group(["period_start", "period_end"].map(name).to_vec()),
        ),
    ]);
    Ok(made)
}

/// The relation that says who pays what from when.
fn rows_of(made: &[Named]) -> &'static str {
    let is_last = |it: &&Named| matches!(it.name, "steps" | "paying");
    made.iter().find(is_last).map_or("paying", |it| it.name)
}

/// Whom each month of the windows lost: the relation `month_losses`, and those before it.
fn month_losses(rows: &'static str) -> Vec<Named> {
    let bounds = Select::from("edges").columns_of(&[
        ("first_day", "min(period_start)"),
        ("last_day", "plus_days(max(period_end), 0 - 1)"),
    ]);
    let months = Relation::Calendar {
        unit: PeriodUnit::Month,
        from: "month_bounds",
        first: "first_day",
        last: "last_day",
    };
    let next = || of("m", "unit_start").plus_units(PeriodUnit::Month, 1);
    let runs = any(vec![runs_at(of("m", "unit_start")), runs_at(next())]);
    let paid_at = |edge: Expr| {
        let paid = only_if(runs_at(edge), of("r", "paid"));
        call(Function::Sum, vec![paid]).or(whole(0))
    };
    let month_ends = Select::from("months")
        .called("m")
        .join(Join::On(rows, "r", runs))
        .keep_of("m", &["unit_start"])
        .keep_of("r", &["customer"])
        .column("at_start", paid_at(of("m", "unit_start")))
        .column("at_end", paid_at(next()))
        .group(vec![of("m", "unit_start"), of("r", "customer")]);
    let losses = Select::from("month_ends")
        .keep(&["unit_start"])
        .columns_of(&[
            ("lost", "rows(at_start > 0 and at_end <= 0)"),
            ("paying_at_start", "rows(at_start > 0)"),
        ])
        .group(vec![name("unit_start")]);
    vec![
        Named::new(
            "month_bounds",
            "the first and the last of their days",
            bounds,
        ),
        Named::new("months", "their months, by their first day", months),
        Named::new(
            "month_ends",
            "what each customer pays at both ends of each month, in billionths",
            month_ends,
        ),
        Named::new("month_losses", "whom each month lost", losses),
    ]
}

/// Whom the months of each window lost: the relation `worth`, and those on the relations of [`won`]
/// before it.
pub(super) fn leaving(kind: Kind, won: &[Named]) -> Vec<Named> {
    let mut made = month_losses(rows_of(won));
    let within = formula("m.unit_start >= e.period_start and m.unit_start < e.period_end");
    let mut left = Select::from("edges")
        .called("e")
        .join(Join::On("months", "m", within))
        .join(Join::Left(
            "month_losses",
            "l",
            formula("l.unit_start = m.unit_start"),
        ))
        .column("left_start", of("e", "period_start"))
        .column("left_end", of("e", "period_end"))
        .columns_of(&[
            ("lost", "sum(l.lost) ?? 0"),
            ("customer_months", "sum(l.paying_at_start) ?? 0"),
        ])
        .group(vec![of("e", "period_start"), of("e", "period_end")]);
    if kind == Kind::RevenueMonth {
        let ends = all(vec![
            is_told(name("unit_start")),
            is_told(formula("plus_months(unit_start, 1)")),
        ]);
        let silent = Select::from("months")
            .keep(&["unit_start"])
            .filter(Expr::Not(Box::new(ends)));
        made.push(Named::new(
            "silent_months",
            "months of whose ends the second table does not speak",
            silent,
        ));
        left = left
            .join(Join::Left(
                "silent_months",
                "s",
                formula("s.unit_start = m.unit_start"),
            ))
            .column("silent", formula("count(s.unit_start)"));
    } else {
        left = left.column("silent", whole(0));
    }
    let same = formula("l.left_start = w.edge_start and l.left_end = w.edge_end");
    let worth = Select::from("won")
        .called("w")
        .join(Join::On("leaving", "l", same))
        .keep_of(
            "w",
            &[
                "edge_start",
                "edge_end",
                "new_customers",
                "closing_revenue",
                "closing_customers",
            ],
        )
        .keep_of("l", &["lost", "customer_months", "silent"]);
    made.extend([
        Named::new("leaving", "whom the months of each window lost", left),
        Named::new("worth", "the same beside who is new", worth),
    ]);
    made
}
