//! Recurring revenue as SQL: what each customer pays at both ends of a window, and since when.

use super::Question;
use super::movements::BILLION;
use super::parts::{has_come, kept, scope, source};
use crate::engine::base::{Date, PeriodUnit};
use crate::engine::facts::Reading;
use crate::engine::facts::ledger::LedgerChoices;
use crate::engine::facts::ledger::billing_interval::interval_months;
use crate::engine::facts::ledger::subscriptions::{AmountSays, is_trial};
use crate::engine::roles::{Kind, Role};
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, call, choose, least_of, name, number, of, only_if, sum,
    sum_where, whole,
};
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::windows::SCOPE;
use crate::engine::sql::{Plan, Source, Why};

/// A plan whose last relation holds, for each window, what each customer pays at both ends of it.
///
/// `opening` is paid at the end of the day before the window, `closing` at the end of its last day,
/// both in billionths; on `first_day` the customer first paid.
///
/// # Errors
/// Where a table of another kind or a setting tells the ledger.
pub fn customers(question: &Question<'_>) -> Result<Plan, Why> {
    let source = question.source;
    source.as_of().ok_or(Why::NeedsColumn)?;
    if source.frame.ledger != LedgerChoices::default() || !question.rule.ledger.is_empty() {
        return Err(Why::NotWritten);
    }
    let months = question.need.kind == Kind::RevenueMonth;
    let steps = match question.need.kind {
        Kind::RevenueMonth => by_month(source)?,
        Kind::Subscription => by_subscription(source)?,
        _ => return Err(Why::NotWritten),
    };
    let mut plan = Plan::of(steps, vec!["customer", "day", "ends_on", "paid"]);
    plan.middle = (
        middle(),
        vec!["customer", "day", "ends_on", "paid", "first_day"],
    );
    let runs_at = |edge: &str| {
        all(vec![
            of("r", "day").below(of("w", edge)),
            of("r", "ends_on").at_least(of("w", edge)),
        ])
    };
    plan.within = Some(any(vec![
        runs_at("period_start"),
        runs_at("period_end"),
        all(vec![
            of("r", "day").equals(of("r", "first_day")),
            of("r", "day").at_least(of("w", "period_start")),
            of("r", "day").below(of("w", "period_end")),
        ]),
    ]));
    let paid_at = |edge: &str| {
        let runs = all(vec![
            name("day").below(name(edge)),
            name("ends_on").at_least(name(edge)),
        ]);
        sum_where(runs, name("paid")).or(whole(0))
    };
    let mut by = scope();
    by.push(name("customer"));
    let ends = Select::from("scoped")
        .keep(&SCOPE)
        .keep(&["customer"])
        .column("opening", paid_at("period_start"))
        .column("closing", paid_at("period_end"))
        .column("first_day", least_of(name("first_day")))
        .group(by);
    plan.after = vec![Named::new(
        "customers",
        "what each customer pays at both ends, in billionths, and the day of their first payment",
        ends,
    )];
    if months {
        let told = Select::from("stretches").distinct().keep(&["day"]);
        let told = Named::new("told_months", "months of which any row speaks", told);
        plan.after.push(told);
        // The terms are worked out over the last relation.
        plan.after.swap(0, 1);
    }
    Ok(plan)
}

/// The day before an edge of a window lies in a month of which a table of months speaks, or outside
/// of the table.
fn is_told(edge: &str) -> Expr {
    let month = || name(edge).plus_days(-1).start_of(PeriodUnit::Month);
    any(vec![
        month().below(Expr::Only("first_day", "span")),
        month().above(Expr::Only("last_day", "span")),
        Expr::Among(Box::new(month()), "day", "told_months"),
    ])
}

/// What must hold of the ends of a window for there to be figures.
pub fn is_known(question: &Question<'_>) -> Expr {
    if question.need.kind == Kind::RevenueMonth {
        all(vec![is_told("period_start"), is_told("period_end")])
    } else {
        whole(1).equals(whole(1))
    }
}

/// One row a customer and month.
fn by_month(source: &Source<'_>) -> Result<Vec<Named>, Why> {
    if !source.filters.is_empty() {
        // Of which months any row speaks is told by all rows.
        return Err(Why::NotWritten);
    }
    let columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("month", source.day(Role::Month)?),
        ("amount", source.money(Role::RecurringRevenue)?),
    ];
    let month = || name("month").start_of(PeriodUnit::Month);
    let stretches = Select::from("source")
        .keep(&kept(source, &["customer"]))
        .column("day", month())
        .column("ends_on", month().plus_units(PeriodUnit::Month, 1))
        .column("paid", billionths(name("amount")))
        .filter(name("customer").is_known())
        .filter(has_come(name("month")))
        .filter(name("amount").is_known());
    Ok(vec![
        self::source(source, columns),
        Named::new(
            "stretches",
            "what each row says was paid a month, from a day to a day, in billionths",
            stretches,
        ),
    ])
}

/// One subscription a row.
fn by_subscription(source: &Source<'_>) -> Result<Vec<Named>, Why> {
    let mapping = source.mapping;
    let has = |role: Role| mapping.column_of(role).is_some();
    let others = [Role::Discount, Role::Tax, Role::TrialEndsAt, Role::SignedAt];
    if mapping.amount_spans_stretch || others.into_iter().any(has) {
        return Err(Why::NotWritten);
    }
    numbered_once(source)?;
    let reading = Reading::new(source.table, mapping, source.frame.clone());
    let says = AmountSays::of(&reading).ok_or(Why::NeedsColumn)?;
    let amounts = reading.numbers(source.column(Role::Amount)?);
    if amounts.values.iter().any(|amount| *amount < 0.0) {
        // Who pays again after a credit that eats all is told step by step.
        return Err(Why::NotWritten);
    }
    let forever = Expr::Day(Date::from_ymd(9999, 12, 31).unwrap_or(Date(0)));
    let mut columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("day", source.day(Role::StartedAt)?),
        ("amount", source.money(Role::Amount)?),
    ];
    let mut filters = vec![
        name("customer").is_known(),
        has_come(name("day")),
        name("amount").is_known(),
    ];
    if source.has(Role::EndedAt) {
        columns.push(("ends_on", source.day(Role::EndedAt)?.or(forever)));
    } else {
        columns.push(("ends_on", forever));
    }
    filters.push(name("ends_on").above(name("day")));
    if let Ok(column) = source.column(Role::Status) {
        let trial = source.words_at(column, |word| is_trial(word).then(|| whole(1)))?;
        columns.push(("is_trial", trial.or(whole(0))));
        filters.push(name("is_trial").equals(whole(0)));
    }
    let mut paid = name("amount");
    if source.has(Role::Quantity) && !says.total {
        columns.push(("quantity", source.number(Role::Quantity)?.or(number(1.0))));
        paid = paid.times(name("quantity"));
    }
    if let Ok(column) = source.column(Role::Interval) {
        let weeks = source.frame.ledger.weeks;
        let months = source.words_at(column, |word| {
            interval_months(word, weeks).map(Expr::Number)
        })?;
        let empty = source.text_at(column).is_nothing();
        let months = choose(empty, number(1.0), months).cast(Type::Number);
        columns.push(("months", months));
        filters.push(name("months").is_known());
    } else {
        let months = says.months.unwrap_or(1.0);
        columns.push(("months", number(months).cast(Type::Number)));
    }
    if source.has(Role::IntervalCount) {
        let count = source.number(Role::IntervalCount)?;
        let some = only_if(count.clone().above(whole(0)), count);
        columns.push(("interval_count", some.or(number(1.0))));
    } else {
        columns.push(("interval_count", number(1.0).cast(Type::Number)));
    }
    if !says.a_month {
        paid = paid.over(name("months").times(name("interval_count")));
    }
    let mut stretches = Select::from("source")
        .keep(&kept(source, &["customer", "day", "ends_on"]))
        .column("paid", billionths(paid));
    for filter in filters {
        stretches = stretches.filter(filter);
    }
    Ok(vec![
        self::source(source, columns),
        Named::new(
            "stretches",
            "what each row says is paid a month, from a day to a day, in billionths",
            stretches,
        ),
    ])
}

/// No number of a subscription stands twice: a later row would replace the earlier one.
fn numbered_once(source: &Source<'_>) -> Result<(), Why> {
    let Some(column) = source.mapping.column_of(Role::Subscription) else {
        return Ok(());
    };
    let keys = source.table.columns[column].keys();
    let mut seen = vec![false; keys.texts.len()];
    for code in keys.codes.iter().filter(|code| **code != 0) {
        if std::mem::replace(&mut seen[*code as usize], true) {
            return Err(Why::NeedsRowOrder);
        }
    }
    Ok(())
}

fn billionths(amount: Expr) -> Expr {
    let whole_number = call(Function::Round, vec![amount.times(number(BILLION))]);
    whole_number.cast(Type::Whole)
}

/// The stretches of each customer with the day on which they first paid anything.
fn middle() -> Vec<Named> {
    let same = ["by_segment", "segment", "customer", "day", "ends_on"];
    let together = Select::from("parts")
        .keep(&same)
        .column("paid", sum(name("paid")))
        .group(same.map(name).to_vec());
    let first = least_of(only_if(name("paid").above(whole(0)), name("day")));
    let first = first.within(
        ["by_segment", "segment", "customer"].map(name).to_vec(),
        Vec::new(),
    );
    let with_first = Select::from("together")
        .keep(&same)
        .keep(&["paid"])
        .column("first_day", first);
    vec![
        Named::new(
            "together",
            "what rows of the same stretch say, added up",
            together,
        ),
        Named::new(
            "paying",
            "with the day of each customer's first payment",
            with_first,
        ),
    ]
}
