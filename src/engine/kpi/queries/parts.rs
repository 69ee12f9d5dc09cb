//! Pieces that plans of all families share: the first relations, shares with their interval.

use crate::engine::base::Date;
use crate::engine::facts::orders;
use crate::engine::roles::Role;
use crate::engine::sql::expression::{
    Expr, Function, all, any, as_of, call, choose, name, number, only_if, whole,
};
use crate::engine::sql::figure::{Further, Plan};
use crate::engine::sql::formula::formula;
use crate::engine::sql::relation::{Named, Select};
use crate::engine::sql::source::Source;
use crate::engine::sql::why::Why;
use crate::engine::sql::windows::SCOPE;
use crate::engine::stats::normal::Z_95;

/// The user's table with columns of ours: those of the plan, the segment, and only the rows that the
/// recipe keeps.
pub fn source(source: &Source<'_>, columns: Vec<(&'static str, Expr)>) -> Named {
    let mut select = chosen(source, columns);
    for kept in source.kept() {
        select = select.filter(kept);
    }
    of_table(source, select)
}

/// The same with all rows: `is_kept` is 1 for those that the recipe keeps.
pub fn source_of_all(source: &Source<'_>, columns: Vec<(&'static str, Expr)>) -> Named {
    let mut select = chosen(source, columns);
    let kept = source.kept();
    if !kept.is_empty() {
        select = select.column("is_kept", choose(all(kept), whole(1), whole(0)));
    }
    of_table(source, select)
}

fn of_table(source: &Source<'_>, select: Select) -> Named {
    let says = if source.relation == "source" {
        "the table, its columns by what they mean"
    } else {
        "the second table, its columns by what they mean"
    };
    Named::new(source.relation, says, select)
}

fn chosen(source: &Source<'_>, columns: Vec<(&'static str, Expr)>) -> Select {
    let mut select = Select::of(source.rows());
    for (name, is) in columns {
        select = select.column(name, is);
    }
    match source.segment() {
        Some(segment) => select.column("segment", segment),
        None => select,
    }
}

/// All of `source` that are needed further on, with the segment where there is one.
pub fn kept<'a>(source: &Source<'_>, columns: &[&'a str]) -> Vec<&'a str> {
    let mut kept = columns.to_vec();
    if source.segment.is_some() {
        kept.push("segment");
    }
    kept
}

/// The day has come by the last day that counts; rows without a day count too.
pub fn has_come_or_undated(day: Expr) -> Expr {
    any(vec![day.clone().is_nothing(), day.at_most(as_of())])
}

/// The day is known, and has come by the last day that counts.
pub fn has_come(day: Expr) -> Expr {
    all(vec![day.clone().is_known(), day.at_most(as_of())])
}

/// The day, or one before all others where it is not known.
pub fn day_or_first(day: Expr) -> Expr {
    day.or(Expr::Day(Date::from_ymd(1, 1, 1).unwrap_or(Date(0))))
}

/// The columns of a window, as expressions.
pub fn scope() -> Vec<Expr> {
    SCOPE.iter().map(|it| name(it)).collect()
}

/// The first of the rows with the same key, by these; rows without a key all count.
pub fn first_of_each(
    relation: &'static str,
    says: &str,
    key: &'static str,
    order: Vec<(Expr, bool)>,
    columns: &[&str],
) -> [Named; 2] {
    let place = call(Function::RowNumber, Vec::new()).within(vec![name(key)], order);
    let placed = Select::from("source").keep(columns).column("place", place);
    let first = Select::from("placed").keep(columns).filter(any(vec![
        name(key).is_nothing(),
        name("place").equals(whole(1)),
    ]));
    [
        Named::new("placed", "rows with the same id, in an order", placed),
        Named::new(relation, says, first),
    ]
}

/// The ends of the Wilson score interval of a share, both terms by name.
pub fn wilson(part: &str, of: &str) -> (Expr, Expr) {
    let n = || name(of).cast(crate::engine::sql::Type::Number);
    let share = || name(part).over(name(of));
    let squared = Z_95 * Z_95;
    let centre = || share().plus(number(squared / 2.0).over(n()));
    let spread = share()
        .times(number(1.0).minus(share()))
        .over(n())
        .plus(number(squared / 4.0).over(n().times(n())));
    let half = || number(Z_95).times(call(Function::Root, vec![spread.clone()]));
    let whole_width = || number(1.0).plus(number(squared).over(n()));
    let low = centre().minus(half()).over(whole_width());
    let high = centre().plus(half()).over(whole_width());
    (
        choose(
            name(part).equals(whole(0)),
            number(0.0),
            call(Function::Greatest, vec![number(0.0), low]),
        ),
        choose(
            name(part).equals(name(of)),
            number(1.0),
            call(Function::Least, vec![number(1.0), high]),
        ),
    )
}

/// A share of two terms with its Wilson interval.
pub fn share(mut plan: Plan, part: &'static str, of: &'static str) -> Plan {
    plan.value = name(part).over(name(of));
    plan.n = name(of);
    plan.exists = Some(name(of).above(whole(0)));
    plan.interval = Some(wilson(part, of));
    plan.parts
        .extend([("numerator", name(part)), ("denominator", name(of))]);
    plan
}

/// Terms that follow from others.
pub const fn further(
    name: &'static str,
    says: &'static str,
    terms: Vec<(&'static str, Expr)>,
) -> Further {
    Further { name, says, terms }
}

/// Terms that stand in the answer under their own names.
pub fn told(terms: &[&'static str]) -> Vec<(&'static str, Expr)> {
    terms.iter().map(|term| (*term, name(term))).collect()
}

/// A share of two terms; without an interval where the part is more than the whole, or less than
/// nothing, and so is no share of it.
pub fn share_or_more(mut plan: Plan, part: &'static str, of: &'static str) -> Plan {
    let is_share = || {
        all(vec![
            name(part).at_least(whole(0)),
            name(part).at_most(name(of)),
        ])
    };
    // A root of what is below nothing would stop the query.
    let bounded = |is: Expr| only_if(is_share(), is);
    plan.further.push(further(
        "shares",
        "the same where it is a share, for the interval",
        vec![("share_or_none", bounded(name(part)))],
    ));
    let mut plan = share(plan, part, of);
    let (low, high) = wilson("share_or_none", of);
    plan.interval = Some((bounded(low), bounded(high)));
    plan
}

/// Without what was cancelled or did not come about.
///
/// # Errors
/// As `Source::words_at`.
pub fn leave_out(
    source: &Source<'_>,
    columns: &mut Vec<(&'static str, Expr)>,
    filters: &mut Vec<Expr>,
) -> Result<(), Why> {
    if source.mapping.column_of(Role::CancelledAt).is_some() {
        columns.push(("cancelled_on", source.day(Role::CancelledAt)?));
        filters.push(formula("cancelled_on is nothing"));
    }
    if let Ok(column) = source.column(Role::Status) {
        let keys = source.table.columns[column].keys();
        let complete = orders::completes(keys.texts.texts());
        let incomplete = source.words_at(column, |word| (!complete(word)).then(|| whole(1)))?;
        columns.push(("is_incomplete", incomplete.or(whole(0))));
        filters.push(formula("is_incomplete = 0"));
    }
    Ok(())
}
