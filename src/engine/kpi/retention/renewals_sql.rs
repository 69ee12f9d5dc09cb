//! Renewals as SQL: each contract once, with what became of it.

use crate::engine::facts::renewals::{Ended, ended};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{has_come, kept, share, source, told};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, as_of, call, choose, name, number, text, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule on contracts that were due.
///
/// # Errors
/// Why there is none.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let rule = question.rule.id;
    let mut plan = contracts(question)?;
    if rule == "by_close_date" {
        by_decision(question, &mut plan);
    }
    if question.kpi.id == "net_renewal_rate" {
        return Ok(net(plan, rule == "all_due"));
    }
    plan.terms = formulas(&[
        ("renewed", "rows(fate = 'renewed')"),
        ("lost", "rows(fate in ('lost', 'late', 'overdue'))"),
        ("open", "rows(fate = 'open')"),
        ("due", "rows()"),
        ("late", "rows(fate = 'late')"),
        ("decided", "rows(fate <> 'open')"),
        ("renewed_or_open", "rows(fate in ('renewed', 'open'))"),
        (
            "kept_amount",
            "sum(least(amount_renewed, amount_due) where fate = 'renewed' and amount_due > 0.0) ?? 0.0",
        ),
        (
            "due_amount",
            "sum(amount_due where fate <> 'open' and amount_due > 0.0)",
        ),
        ("known_amounts", "rows(fate <> 'open' and amount_due > 0.0)"),
        (
            "kept_months",
            "sum(term where fate = 'renewed' and term > 0.0) ?? 0.0",
        ),
        (
            "due_months",
            "sum(term where fate <> 'open' and term > 0.0)",
        ),
        ("known_terms", "rows(fate <> 'open' and term > 0.0)"),
    ]);
    plan.parts = told(&["renewed", "lost", "open", "due", "late"]);
    plan.parts.extend(formulas(&[
        ("if_open_lost", "renewed / due"),
        ("if_open_renewed", "(renewed + open) / due"),
    ]));
    let weighted = |mut plan: Plan, above: &'static str, below: &'static str, n: &'static str| {
        plan.value = name(above).over(name(below));
        plan.n = name(n);
        plan.exists = Some(name(n).above(whole(0)));
        plan.parts
            .extend([("numerator", name(above)), ("denominator", name(below))]);
        plan
    };
    match rule {
        "contracts" | "by_close_date" => Ok(share(plan, "renewed", "decided")),
        "open_as_lost" => Ok(share(plan, "renewed", "due")),
        "open_as_renewed" => Ok(share(plan, "renewed_or_open", "due")),
        "money" if question.source.has(Role::AmountDue) => {
            Ok(weighted(plan, "kept_amount", "due_amount", "known_amounts"))
        }
        "term_weighted" if question.source.has(Role::TermMonths) => {
            Ok(weighted(plan, "kept_months", "due_months", "known_terms"))
        }
        _ => Err(Why::NeedsColumn),
    }
}

/// Contracts belong to the windows in which they were decided; which windows there are is told by
/// the days on which they were due.
fn by_decision(question: &Question<'_>, plan: &mut Plan) {
    plan.fields.push("decided_on");
    plan.every_unit = true;
    plan.within = Some(if question.covers_everything {
        formula(
            "w.covers <> 'unit' or (r.decided_on >= w.period_start and r.decided_on < w.period_end)",
        )
    } else {
        formula("r.decided_on >= w.period_start and r.decided_on < w.period_end")
    });
}

/// What was renewed, upsell included, of what was due.
fn net(mut plan: Plan, open_counts: bool) -> Plan {
    plan.terms = formulas(&[
        (
            "due",
            "sum(amount_due where fate <> 'open' and amount_due > 0.0) ?? 0.0",
        ),
        (
            "open",
            "sum(amount_due where fate = 'open' and amount_due > 0.0) ?? 0.0",
        ),
        (
            "renewed",
            "sum(amount_renewed where fate = 'renewed' and amount_due > 0.0) ?? 0.0",
        ),
        (
            "kept",
            "sum(least(amount_renewed, amount_due) where fate = 'renewed' and amount_due > 0.0) ?? 0.0",
        ),
        ("contracts", "rows(fate <> 'open' and amount_due > 0.0)"),
        ("all_contracts", "rows(amount_due > 0.0)"),
    ]);
    plan.terms.push((
        "base",
        if open_counts {
            formula("sum(amount_due where amount_due > 0.0) ?? 0.0")
        } else {
            formula("sum(amount_due where fate <> 'open' and amount_due > 0.0) ?? 0.0")
        },
    ));
    plan.value = formula("renewed / base");
    plan.n = name(if open_counts {
        "all_contracts"
    } else {
        "contracts"
    });
    plan.exists = Some(formula("base > 0.0"));
    plan.parts = told(&["due", "kept", "open", "contracts"]);
    plan.parts.extend(formulas(&[
        ("upsell", "renewed - kept"),
        ("gross", "kept / base"),
        ("numerator", "renewed"),
        ("denominator", "base"),
    ]));
    plan
}

/// Each contract once with its due day, its amounts and what became of it.
fn contracts(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    source.as_of().ok_or(Why::NeedsColumn)?;
    let outcome = source.words_at(source.column(Role::Outcome)?, |word| match ended(word) {
        Ended::Renewed => Some(text("renewed")),
        Ended::Lost => Some(text("lost")),
        Ended::Open => Some(text("open")),
        Ended::Unknown => None,
    })?;
    let mut columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("day", source.day(Role::DueAt)?),
        ("outcome", outcome),
        ("said", source.text(Role::Outcome)?),
    ];
    let nothing = || Expr::Nothing(Type::Number);
    let amount = |role: Role| {
        if source.has(role) {
            source.money(role)
        } else {
            Ok(nothing())
        }
    };
    columns.push(("amount_due", amount(Role::AmountDue)?));
    columns.push(("amount_written", amount(Role::AmountRenewed)?));
    columns.push((
        "term",
        if source.has(Role::TermMonths) {
            source.months(Role::TermMonths)?
        } else {
            nothing()
        },
    ));
    let closed = source.has(Role::ClosedAt);
    if closed {
        columns.push(("closed_on", source.day(Role::ClosedAt)?));
    } else {
        columns.push(("closed_on", Expr::Nothing(Type::Day)));
    }
    let mut same = vec!["customer", "day"];
    match source.text_if_any(Role::Subscription) {
        Some(number) => {
            columns.push(("contract", number));
            same.push("contract");
        }
        // Without a number, only rows that say the same are the same contract.
        None => same.extend(["said", "amount_due"]),
    }
    let numbered = same.contains(&"contract");
    let mut names = vec![
        "customer",
        "day",
        "outcome",
        "amount_due",
        "amount_written",
        "closed_on",
        "term",
    ];
    names.extend(numbered.then_some("contract"));
    let first = self::source(source, columns);
    let mut steps = vec![first];
    steps.extend(each_once(question, (&names, numbered), same));
    Ok(Plan::of(
        steps,
        vec!["day", "fate", "amount_due", "amount_renewed", "term"],
    ))
}

/// Contracts that were due, each once. `numbered`: a column tells them apart.
fn each_once(
    question: &Question<'_>,
    (names, numbered): (&[&'static str], bool),
    same: Vec<&'static str>,
) -> [Named; 2] {
    let decided_first = choose(name("outcome").equals(text("open")), whole(1), whole(0));
    let mut same: Vec<Expr> = same.into_iter().map(name).collect();
    if !numbered {
        // What is not written is renewed at the amount due.
        let renewed = name("amount_written").or(name("amount_due"));
        let is_renewed = name("outcome").equals(text("renewed"));
        same.push(choose(is_renewed, renewed, number(0.0)));
    }
    let copy = call(Function::RowNumber, Vec::new()).within(same, vec![(decided_first, false)]);
    let counted = Select::from("source")
        .keep(&kept(question.source, names))
        .column("copy", copy)
        .filter(has_come(name("day")))
        .filter(name("customer").is_known())
        .filter(name("outcome").is_known());
    let mut once = vec![name("copy").equals(whole(1))];
    if numbered {
        once.push(name("contract").is_nothing());
    }
    let contracts = Select::from("counted")
        .keep(&kept(question.source, &["day", "amount_due", "term"]))
        .column(
            "amount_renewed",
            call(
                Function::Greatest,
                vec![name("amount_written").or(name("amount_due")), number(0.0)],
            ),
        )
        .column("decided_on", name("closed_on").or(name("day")))
        .column("fate", fate(question))
        .filter(any(once));
    [
        Named::new(
            "counted",
            "contracts that were due; copies of one are numbered, what is decided first",
            counted,
        ),
        Named::new(
            "contracts",
            "each contract once, with what became of it",
            contracts,
        ),
    ]
}

/// What became of a contract, with the days of grace where the recipe gives any.
fn fate(question: &Question<'_>) -> Expr {
    let Some(grace) = question.setting("grace_days") else {
        return name("outcome");
    };
    // Days are whole, so a fraction of a day of grace makes no difference.
    let limit = || name("day").plus_days(grace.floor() as i64);
    let is = |outcome: &str| name("outcome").equals(text(outcome));
    let late = all(vec![is("renewed"), name("closed_on").above(limit())]);
    let overdue = all(vec![is("open"), as_of().above(limit())]);
    Expr::Case(
        vec![(late, text("late")), (overdue, text("overdue"))],
        Some(Box::new(name("outcome"))),
    )
}
