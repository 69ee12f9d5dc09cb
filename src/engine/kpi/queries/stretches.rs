//! Recurring revenue as SQL, where it begins: what each row says was paid from which day to which.

use super::Question;
use super::parts::{kept, source, source_of_all};
use super::subscribed::by_subscription;
use crate::engine::base::{Date, PeriodUnit};
use crate::engine::facts::Reading;
use crate::engine::facts::ledger::movement_rows::is_loss;
use crate::engine::facts::renewals::{Ended, ended};
use crate::engine::facts::why_left::{WhyLeft, of_text};
use crate::engine::kpi::definition::Rule;
use crate::engine::roles::{Kind, Role};
use crate::engine::sql::expression::{
    Expr, Function, Type, all, any, call, choose, name, number, of, text, whole,
};
use crate::engine::sql::formula::{formula, formulas};
use crate::engine::sql::relation::{Named, Relation, Select};
use crate::engine::sql::{Source, Why};

/// Stretches of a table: relations, of which the last has `customer`, `day`, `ends_on` and `paid` in
/// billionths.
pub struct Stretches {
    /// The relations.
    pub steps: Vec<Named>,
    /// Columns of the last beside those four: why the customer left (`why`), seats, months of a term.
    pub more: Vec<&'static str>,
    /// Some amounts may be below nothing, so who pays from when is told step by step.
    pub credits: bool,
}

/// The columns that every stretch has.
pub const STRETCH: [&str; 4] = ["customer", "day", "ends_on", "paid"];

/// What the stretches of each row are called at their head.
pub const SAYS: &str = "what each row says is paid a month, from a day to a day, in billionths";

/// A day after all others.
pub fn forever() -> Expr {
    Expr::Day(Date::from_ymd(9999, 12, 31).unwrap_or(Date(0)))
}

/// An amount in billionths.
pub fn billionths(amount: Expr) -> Expr {
    let whole_number = call(
        Function::Round,
        vec![amount.times(number(super::movements::BILLION))],
    );
    whole_number.cast(Type::Whole)
}

/// The stretches that a table tells.
///
/// # Errors
/// Where a column that they need is not there, or does not say it plainly.
pub fn stretches(question: &Question<'_>) -> Result<Stretches, Why> {
    stretches_of((question.need.kind, question.source), question.rule)
}

/// The stretches that a table tells, read as this kind, under the settings of a rule.
///
/// # Errors
/// As [`stretches`].
pub fn stretches_of((kind, source): (Kind, &Source<'_>), rule: &Rule) -> Result<Stretches, Why> {
    source.as_of().ok_or(Why::NeedsColumn)?;
    match kind {
        Kind::RevenueMonth => by_month(source),
        Kind::Subscription => by_subscription(source, rule),
        Kind::RevenueMovement => by_movement(source),
        Kind::Renewal => by_contract(source),
        Kind::Account => by_customer(source),
        _ => Err(Why::NeedsColumn),
    }
}

/// Why customers left, where a column says it: 0 where it does not, 1 by decision, 2 by a payment.
pub fn why(source: &Source<'_>) -> Result<Option<Expr>, Why> {
    let Ok(column) = source.column(Role::CancellationReason) else {
        return Ok(None);
    };
    let says = source.words_at(column, |word| match of_text(word) {
        WhyLeft::Unknown => None,
        why => Some(whole(why as i64)),
    })?;
    Ok(Some(says.or(whole(0))))
}

/// One row a customer and month.
fn by_month(source: &Source<'_>) -> Result<Stretches, Why> {
    let columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("month", source.day(Role::Month)?),
        ("amount", source.money(Role::RecurringRevenue)?),
    ];
    // Of which months any row speaks is told by all rows, those that the recipe leaves out as well.
    let counts =
        formula("customer is known and month is known and month <= as_of and amount is known");
    let mut stretches = Select::from(source.relation)
        .keep(&kept(source, &["customer"]))
        .column("day", formula("month(month)"))
        .column("ends_on", formula("plus_months(month(month), 1)"))
        .column("paid", billionths(name("amount")))
        .filter(counts.clone());
    if !source.filters.is_empty() {
        stretches = stretches.filter(formula("is_kept = 1"));
    }
    let told = Select::from(source.relation)
        .distinct()
        .column("day", formula("month(month)"))
        .filter(counts);
    let span = Select::from("told_months")
        .column("first_told", formula("min(day)"))
        .column("last_told", formula("max(day)"));
    Ok(Stretches {
        steps: vec![
            source_of_all(source, columns),
            Named::new("told_months", "months of which any row speaks", told),
            Named::new("told_span", "the first and the last of them", span),
            Named::new("stretches", SAYS, stretches),
        ],
        more: Vec::new(),
        credits: has_negative(source, Role::RecurringRevenue),
    })
}

/// Whether a column of amounts holds some below nothing.
pub fn has_negative(source: &Source<'_>, role: Role) -> bool {
    let reading = Reading::new(source.table, source.mapping, source.frame.clone());
    let amounts = source.column(role).map(|column| reading.numbers(column));
    amounts.is_ok_and(|amounts| amounts.values.iter().any(|amount| *amount < 0.0))
}

/// One change a row: it holds from its day on.
fn by_movement(source: &Source<'_>) -> Result<Stretches, Why> {
    let says = |word: &str| is_loss(word).then(|| whole(1));
    let is_loss = source.words_at(source.column(Role::Movement)?, says)?;
    let columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("day", source.day(Role::OccurredAt)?),
        ("amount", source.money(Role::Amount)?),
        ("is_loss", is_loss.or(whole(0))),
    ];
    // Losses are losses, whether they are written with a minus or without.
    let signed = formula("if(is_loss = 1, least(amount, 0.0 - amount), amount)");
    let stretches = Select::from(source.relation)
        .keep(&kept(source, &["customer", "day"]))
        .column("ends_on", forever())
        .column("paid", billionths(signed))
        .filter(formula(
            "customer is known and day is known and day <= as_of and amount is known",
        ));
    Ok(Stretches {
        steps: vec![
            self::source(source, columns),
            Named::new("stretches", SAYS, stretches),
        ],
        more: Vec::new(),
        credits: true,
    })
}

/// One customer a row, each of whom counts one.
fn by_customer(source: &Source<'_>) -> Result<Stretches, Why> {
    let ends = source.day(Role::EndedAt)?.or(forever());
    let mut columns = vec![
        ("customer", source.text(Role::Customer)?),
        ("day", source.day(Role::StartedAt)?),
        ("ends_on", ends),
    ];
    let why = why(source)?;
    let more: Vec<&'static str> = why.iter().map(|_| "why").collect();
    columns.extend(why.map(|is| ("why", is)));
    let stretches = Select::from(source.relation)
        .keep(&kept(source, &["customer", "day", "ends_on"]))
        .keep(&more)
        .column("paid", billionths(number(1.0)))
        .filter(formula(
            "customer is known and day is known and day <= as_of and ends_on > day",
        ));
    Ok(Stretches {
        steps: vec![
            self::source(source, columns),
            Named::new("stretches", "customers, each of whom counts one", stretches),
        ],
        more,
        credits: false,
    })
}

/// Contracts with their term: what was due was paid up to the due day, and what was renewed is paid
/// for one more term unless a later row of the contract tells it.
#[expect(clippy::too_many_lines, reason = "one plan, read from top to bottom")]
fn by_contract(source: &Source<'_>) -> Result<Stretches, Why> {
    let mut same = vec![Role::Customer];
    same.extend(source.has(Role::Subscription).then_some(Role::Subscription));
    same.push(Role::DueAt);
    if source.repeats(&same) {
        return Err(Why::NeedsRowOrder);
    }
    let renewed = source.words_at(source.column(Role::Outcome)?, |word| {
        (ended(word) == Ended::Renewed).then(|| whole(1))
    })?;
    let written = if source.has(Role::AmountRenewed) {
        source.money(Role::AmountRenewed)?
    } else {
        Expr::Nothing(Type::Number)
    };
    let contract = source.text_if_any(Role::Subscription);
    let mut columns = vec![
        ("customer", source.text(Role::Customer)?),
        (
            "contract",
            contract.unwrap_or_else(|| text("")).or(text("")),
        ),
        ("due_on", source.day(Role::DueAt)?),
        ("term", source.months(Role::TermMonths)?),
        ("amount", source.money(Role::AmountDue)?),
        ("amount_renewed", written),
        ("is_renewed", renewed.or(whole(0))),
    ];
    if source.has(Role::SignedAt) {
        columns.push(("signed_on", source.day(Role::SignedAt)?));
    }
    let signed = columns.iter().any(|(column, _)| *column == "signed_on");
    let mut further = vec!["customer", "term"];
    further.extend(signed.then_some("signed_on"));
    let of_contract = |what: Function| {
        let own = vec![name("customer"), name("contract")];
        call(what, vec![name("due_on")]).within(own, vec![(name("due_on"), false)])
    };
    let months = formula("as_whole(greatest(1.0, least(600.0, round(term))))");
    let contracts = Select::from(source.relation)
        .keep(&kept(source, &further))
        .keep(&["due_on", "amount", "amount_renewed", "is_renewed"])
        .column("months", months)
        .column("due_before", of_contract(Function::Lag))
        .column("due_after", of_contract(Function::Lead))
        .filter(formula(
            "customer is known and due_on is known and amount is known and term is known",
        ));
    let back = call(
        Function::PlusMonths,
        vec![name("due_on"), formula("0 - months")],
    );
    let up_to_due = Select::from("contracts")
        .keep(&kept(source, &further))
        // A term that reaches back behind the last due day would count that time twice.
        .column(
            "day",
            call(
                Function::Greatest,
                vec![back.clone(), name("due_before").or(back)],
            ),
        )
        .column("ends_on", name("due_on"))
        .column("paid", billionths(formula("amount / months")));
    let one_more = Select::from("contracts")
        .keep(&kept(source, &further))
        .column("day", name("due_on"))
        .column("ends_on", formula("plus_months(due_on, months)"))
        .column(
            "paid",
            billionths(formula("(amount_renewed ?? amount) / months")),
        )
        .filter(formula(
            "is_renewed = 1 and due_on <= as_of and due_after is nothing",
        ));
    let mut more = vec!["term"];
    let mut steps = vec![
        self::source(source, columns),
        Named::new(
            "contracts",
            "contracts with their terms, each with the day on which it was due before and after",
            contracts,
        ),
        Named::new(
            "stretches",
            SAYS,
            Relation::Union(vec![up_to_due, one_more]),
        ),
    ];
    if signed {
        more.push("signed_on");
        steps.push(begun(source, &more));
    }
    Ok(Stretches {
        steps,
        more,
        credits: has_negative(source, Role::AmountDue) || has_negative(source, Role::AmountRenewed),
    })
}

/// Stretches without those of contracts that are signed and have not begun.
pub fn begun(source: &Source<'_>, more: &[&'static str]) -> Named {
    let begun = Select::from("stretches")
        .keep(&kept(source, &STRETCH))
        .keep(more)
        .filter(formula("signed_on is nothing or day <= as_of"));
    Named::new(
        "begun",
        "without contracts that are signed and have not begun",
        begun,
    )
}

/// The day before an edge of a window lies in a month of which a table of months speaks, or outside
/// of the table.
pub fn is_told(edge: Expr) -> Expr {
    let month = || {
        let before = edge.clone().plus_days(-1);
        before.start_of(PeriodUnit::Month)
    };
    any(vec![
        month().below(Expr::Only("first_told", "told_span")),
        month().above(Expr::Only("last_told", "told_span")),
        Expr::Among(Box::new(month()), "day", "told_months"),
    ])
}

/// What must hold of the ends of a window for there to be figures.
pub fn is_known(question: &Question<'_>) -> Expr {
    ends_are_told(question.need.kind)
}

/// What must hold of the ends of a window for a table of this kind to speak of them.
pub fn ends_are_told(kind: Kind) -> Expr {
    if kind == Kind::RevenueMonth {
        all(vec![
            is_told(name("period_start")),
            is_told(name("period_end")),
        ])
    } else {
        whole(1).equals(whole(1))
    }
}

/// The rows that run at an edge of a window (`r` and `w`).
pub fn runs_at(edge: Expr) -> Expr {
    all(vec![
        of("r", "day").below(edge.clone()),
        of("r", "ends_on").at_least(edge),
    ])
}

/// Terms of the ends of a window, by customer.
pub fn ends() -> Vec<(&'static str, Expr)> {
    formulas(&[
        (
            "opening",
            "sum(paid where day < period_start and ends_on >= period_start) ?? 0",
        ),
        (
            "closing",
            "sum(paid where day < period_end and ends_on >= period_end) ?? 0",
        ),
        ("first_day", "min(first_day)"),
    ])
}

/// One value where a condition holds, else nothing to add.
pub fn counted_if(condition: Expr) -> Expr {
    choose(condition, whole(1), whole(0))
}
