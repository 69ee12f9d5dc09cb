//! Renewals as SQL: each contract once, with what became of it.

use crate::engine::facts::renewals::{Ended, ended};
use crate::engine::kpi::queries::Question;
use crate::engine::kpi::queries::parts::{has_come, kept, share, source};
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, as_of, call, choose, name, number, only_if, rows, rows_where,
    sum, sum_where, text, whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::{Plan, Why};

/// The plan of a rule on contracts that were due.
///
/// # Errors
/// Why there is none.
pub(super) fn plan(question: &Question<'_>) -> Result<Plan, Why> {
    let rule = question.rule.id;
    if question.kpi.id != "renewal_rate" || matches!(rule, "by_close_date" | "term_weighted") {
        return Err(Why::NotWritten);
    }
    let mut plan = contracts(question)?;
    let is = |fate: &str| name("fate").equals(text(fate));
    plan.terms = vec![
        ("renewed", rows_where(is("renewed"))),
        (
            "lost",
            rows_where(any(vec![is("lost"), is("late"), is("overdue")])),
        ),
        ("open", rows_where(is("open"))),
        ("due", rows()),
        ("late", rows_where(is("late"))),
    ];
    let parts = ["renewed", "lost", "open", "due", "late"];
    plan.parts = parts.map(|part| (part, name(part))).to_vec();
    plan.parts
        .push(("if_open_lost", name("renewed").over(name("due"))));
    let hopeful = || name("renewed").plus(name("open"));
    plan.parts
        .push(("if_open_renewed", hopeful().over(name("due"))));
    match rule {
        "contracts" => {
            let decided = Expr::Not(Box::new(is("open")));
            plan.terms.push(("decided", rows_where(decided)));
            Ok(share(plan, "renewed", "decided"))
        }
        "open_as_lost" => Ok(share(plan, "renewed", "due")),
        "open_as_renewed" => {
            let hopeful = rows_where(any(vec![is("renewed"), is("open")]));
            plan.terms.push(("renewed_or_open", hopeful));
            Ok(share(plan, "renewed_or_open", "due"))
        }
        "money" if question.source.has(Role::AmountDue) => {
            let known = || {
                all(vec![
                    Expr::Not(Box::new(is("open"))),
                    name("amount_due").above(whole(0)),
                ])
            };
            let kept = call(
                Function::Least,
                vec![name("amount_renewed"), name("amount_due")],
            );
            let kept = only_if(all(vec![known(), is("renewed")]), kept);
            plan.terms.extend([
                ("kept_amount", sum(kept).or(whole(0))),
                ("due_amount", sum_where(known(), name("amount_due"))),
                ("known", rows_where(known())),
            ]);
            plan.value = name("kept_amount").over(name("due_amount"));
            plan.n = name("known");
            plan.exists = Some(name("known").above(whole(0)));
            plan.parts.extend([
                ("numerator", name("kept_amount")),
                ("denominator", name("due_amount")),
            ]);
            Ok(plan)
        }
        _ => Err(Why::NeedsColumn),
    }
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
    ];
    names.extend(numbered.then_some("contract"));
    let first = self::source(source, columns);
    let mut steps = vec![first];
    steps.extend(each_once(question, (&names, numbered), same));
    Ok(Plan::of(
        steps,
        vec!["day", "fate", "amount_due", "amount_renewed"],
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
        .keep(&kept(question.source, &["day"]))
        .column("amount_due", name("amount_due"))
        .column(
            "amount_renewed",
            call(
                Function::Greatest,
                vec![name("amount_written").or(name("amount_due")), number(0.0)],
            ),
        )
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
