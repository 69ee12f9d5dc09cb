//! What KPIs on counts share: sums over the rows of a period, never averages of ratios, and the same
//! from typed figures.

use super::definition::{Beside, Estimator, Expected, Need, Part, Rule};
use super::estimate::{Estimate, Spread};
use super::on_ledger::heads;
use super::scope::{Basis, Scope, Subject};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Refusal, Unit, math};
use crate::engine::facts::Measure;
use crate::engine::roles::{Kind, Role};

/// A table of the kind with these roles, for counts of the measure.
pub const fn counted(
    kind: Kind,
    roles: &'static [&'static [Role]],
    measure: Measure,
    expected: Expected,
) -> Need {
    Need {
        kind,
        roles,
        basis: Basis::Counts(measure),
        expected,
        beside: Beside::Nothing,
    }
}

/// The sums of some terms over the rows that know all of them; typed figures as they are.
///
/// # Errors
/// `rule_not_applicable` where the table does not tell a term; `term_missing` where a typed figure
/// is missing; `term_negative`; `no_rows_count` where no row knows all of them.
pub fn sums<const N: usize>(scope: &Scope<'_>, terms: [&'static str; N]) -> Outcome<[f64; N]> {
    let mut sums = [0.0; N];
    if let Subject::Typed(_) = scope.subject {
        for (sum, term) in sums.iter_mut().zip(terms) {
            *sum = scope.figure(term)?;
            if *sum < 0.0 {
                return Err(negative(term));
            }
        }
        return Ok(sums);
    }
    let counts = scope.counts()?;
    let mut columns: [&[f64]; N] = [&[]; N];
    for (column, term) in columns.iter_mut().zip(terms) {
        *column = counts.column(term).ok_or_else(|| untold(term))?;
    }
    let mut known_rows = 0_u64;
    let mut are_whole = [true; N];
    for row in scope.rows.iter().map(|row| *row as usize) {
        if columns.iter().any(|column| column[row].is_nan()) {
            continue;
        }
        known_rows += 1;
        for place in 0..N {
            let value = columns[place][row];
            sums[place] += value;
            are_whole[place] &= value.fract() == 0.0;
        }
    }
    if known_rows == 0 {
        return Err(nothing(terms[N - 1]));
    }
    for (place, sum) in sums.iter_mut().enumerate() {
        // Plain sums of whole numbers are exact; fractions, such as money, are summed with care.
        if !are_whole[place] {
            let rows = scope.rows.iter().map(|row| *row as usize);
            let known = rows.filter(|row| columns.iter().all(|column| !column[*row].is_nan()));
            *sum = math::sum(known.map(|row| columns[place][row]));
        }
    }
    Ok(sums)
}

/// The sum of a term that may be absent.
pub fn sum_or_nothing(scope: &Scope<'_>, term: &'static str) -> f64 {
    match scope.subject {
        Subject::Typed(_) => scope.figure_or_nothing(term),
        _ => sums(scope, [term]).map_or(0.0, |[sum]| sum),
    }
}

/// The sum of a term, where the table or the typed figures tell it.
pub fn told(scope: &Scope<'_>, term: &'static str) -> Option<f64> {
    sums(scope, [term]).ok().map(|[sum]| sum)
}

/// Words of a term for a sentence.
fn words(term: &str) -> String {
    term.replace('_', " ")
}

/// A rule needs a term that no column tells.
pub fn untold(term: &str) -> Refusal {
    Refusal::new(
        "rule_not_applicable",
        format!("No column says the {}.", words(term)),
        "Say on the check page which column holds it, or choose another rule.",
    )
}

/// Nothing of what is divided by.
pub fn nothing(term: &str) -> Refusal {
    Refusal::new(
        "no_rows_count",
        format!(
            "There is nothing under “{}” in this period, so there is nothing to divide by.",
            words(term)
        ),
        "Choose a longer period, or look at which rows were left out and why.",
    )
}

fn negative(term: &str) -> Refusal {
    Refusal::new(
        "term_negative",
        format!("The figure for “{}” is less than nothing.", words(term)),
        "Look whether it is written with a minus, or in the wrong place.",
    )
}

/// There is more of a part than of the whole.
pub fn above_whole(part: &str, whole: &str) -> Refusal {
    Refusal::new(
        "part_above_whole",
        format!(
            "There is more under “{}” than under “{}”, so one is no part of the other: they count different things.",
            words(part),
            words(whole)
        ),
        "Look whether both count the same things in the same period.",
    )
}

/// A part of a whole, each under its name: with a Wilson interval where both are whole numbers.
///
/// # Errors
/// `no_rows_count` where the whole is nothing; `part_above_whole`.
pub fn share(
    (part_name, part): (&'static str, f64),
    (whole_name, whole): (&'static str, f64),
) -> Outcome<Estimate> {
    if whole <= 0.0 {
        return Err(nothing(whole_name));
    }
    if part > whole * (1.0 + 1e-12) {
        return Err(above_whole(part_name, whole_name));
    }
    let estimate = match (heads(part), heads(whole)) {
        (Some(part), Some(whole)) => Estimate::share(part, whole),
        // Kilograms and hours are no trials, so there is no interval.
        _ => Estimate::of(part / whole, whole as u64, Spread::StandardError(None)),
    };
    Ok(estimate.with_parts(vec![
        (part_name, part),
        (whole_name, whole),
        ("numerator", part),
        ("denominator", whole),
    ]))
}

/// The part of a whole that is left: one less [`share`], with the interval turned round.
///
/// # Errors
/// As [`share`].
pub fn rest(
    part: (&'static str, f64),
    whole: (&'static str, f64),
    rest_name: &'static str,
) -> Outcome<Estimate> {
    let kept = share(part, whole)?;
    let left = whole.1 - part.1;
    let estimate = match (heads(left), heads(whole.1)) {
        (Some(left), Some(whole)) => Estimate::share(left, whole),
        _ => Estimate::of(left / whole.1, kept.n, Spread::StandardError(None)),
    };
    Ok(estimate.with_parts(vec![
        part,
        whole,
        (rest_name, left),
        ("numerator", left),
        ("denominator", whole.1),
    ]))
}

/// A sum divided by another, without an interval.
///
/// # Errors
/// `no_rows_count` where the second is nothing.
pub fn ratio(
    (above_name, above): (&'static str, f64),
    (below_name, below): (&'static str, f64),
    n: u64,
) -> Outcome<Estimate> {
    if below <= 0.0 {
        return Err(nothing(below_name));
    }
    let value = above / below;
    Ok(
        Estimate::of(value, n, Spread::StandardError(None)).with_parts(vec![
            (above_name, above),
            (below_name, below),
            ("numerator", above),
            ("denominator", below),
        ]),
    )
}

/// The rows that count; one for typed figures.
pub fn row_count(scope: &Scope<'_>) -> u64 {
    match scope.subject {
        Subject::Typed(_) => 1,
        _ => scope.rows.len() as u64,
    }
}

/// A term of a formula.
pub const fn part(name: &'static str, unit: Unit, says: &'static str) -> Part {
    Part { name, unit, says }
}

/// A rule on facts that are no ledger.
pub const fn rule(
    id: &'static str,
    name: &'static str,
    rule: &'static str,
    source: &'static str,
    estimates: &'static [(Basis, Estimator)],
) -> Rule {
    Rule {
        id,
        name,
        rule,
        source,
        estimates,
        ledger: &[],
        path: None,
        unit: None,
    }
}

/// The rule with a unit of its own.
pub const fn in_unit(unit: Unit, rule: Rule) -> Rule {
    Rule {
        unit: Some(unit),
        ..rule
    }
}

/// A share as so many of a million, its interval and its error with it.
pub fn of_a_million(share: Estimate) -> Estimate {
    const MILLION: f64 = 1e6;
    let error = match share.spread {
        Spread::Share(_, of) => {
            let rate = share.value;
            Some(MILLION * math::sqrt(rate * (1.0 - rate) / of as f64))
        }
        _ => None,
    };
    let mut scaled = share;
    scaled.value *= MILLION;
    scaled.spread = Spread::StandardError(error);
    if let Some(interval) = &mut scaled.interval {
        interval.low *= MILLION;
        interval.high *= MILLION;
    }
    scaled
}
