//! Customers who may use a feature as SQL: those of a second table, and who of them used it.

use super::actions_sql::whole_setting;
use super::sql::{Needs, log};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{scope, share, told};
use crate::engine::kpi::queries::stretches::{runs_at, stretches_of};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{Expr, all, name, of, rows_where, sum, whole};
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Join, Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Why};

/// Customers of a second table at the end of the window, and those of them who used it.
pub(super) fn of_entitled(question: &Question<'_>, counts: Expr) -> Result<Plan, Why> {
    let source = question.source;
    let (kind, customers) = source.beside.ok_or(Why::NeedsTwoTables)?;
    let needs = Needs {
        customer: true,
        acts: true,
        ..Needs::default()
    };
    let mut plan = Plan::of(
        log(question, needs, Some(counts))?,
        vec!["day", "counts", "customer"],
    );
    plan.keeps_empty = true;
    let stretches = stretches_of((kind, customers), question.rule)?;
    let rows = stretches.steps.last().map_or("stretches", |it| it.name);
    plan.after = stretches.steps;
    let entitled = Select::from("windows")
        .called("w")
        .join(Join::On(rows, "r", runs_at(of("w", "period_end"))))
        .distinct()
        .column("edge_end", of("w", "period_end"))
        .column("entitled_customer", of("r", "customer"));
    let used = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&["customer"])
        .column("uses", sum(name("counts")).or(whole(0)))
        .group([scope(), vec![name("customer")]].concat());
    let same = formula("e.edge_end = u.period_end and e.entitled_customer = u.customer");
    let with_right = Select::from("uses")
        .called("u")
        .join(Join::Left("entitled", "e", same))
        .keep_of("u", &SCOPE)
        .keep_of("u", &["uses"])
        .keep_of("e", &["entitled_customer"]);
    plan.after.extend([
        Named::new(
            "entitled",
            "customers of the second table at the end of each window",
            entitled,
        ),
        Named::new("uses", "how often each customer of the log used it", used),
        Named::new("entitled_uses", "the same, and who may use it", with_right),
    ]);
    let least = whole_setting(question, "least_uses", 1, 1);
    let enough = name("uses").at_least(whole(least));
    plan.terms = vec![(
        "adopters",
        rows_where(all(vec![name("entitled_customer").is_known(), enough])),
    )];
    // Whoever stands in the log, in whatever row.
    let known = Select::of(source.rows())
        .distinct()
        .column("log_customer", source.text(Role::Customer)?);
    let counted = Select::from("entitled")
        .called("e")
        .join(Join::Left(
            "log_customers",
            "l",
            formula("l.log_customer = e.entitled_customer"),
        ))
        .column("edge_end", of("e", "edge_end"))
        .columns_of(&[
            ("entitled", "rows()"),
            ("entitled_seen", "count(l.log_customer)"),
        ])
        .group(vec![of("e", "edge_end")]);
    let beside = vec![
        Named::new("log_customers", "customers who stand in the log", known),
        Named::new("entitled_customers", "how many are entitled", counted),
    ];
    let same = formula("b.edge_end = t.period_end");
    plan.beside = Some((beside, Join::On("entitled_customers", "b", same)));
    plan.parts = told(&["adopters", "entitled", "entitled_seen"]);
    let mut plan = share(plan, "adopters", "entitled");
    plan.exists = Some(formula("entitled > 0 and entitled_seen > 0"));
    Ok(plan)
}
