//! What KPIs on spending share: the spending of whole months, the customers won with it, and the
//! gross margin.

use super::definition::{Beside, Expected, Need};
use super::prelude::TYPED_NEED;
use super::scope::{Basis, Scope};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Date, Period, Refusal};
use crate::engine::facts::Ledger;
use crate::engine::facts::ledger::{NANOS, money};
use crate::engine::roles::{Kind, Role};

const fn need(beside: Beside) -> Need {
    Need {
        kind: Kind::Spend,
        roles: &[&[Role::OccurredAt, Role::Month], &[Role::Amount]],
        basis: Basis::Spend,
        expected: Expected::Usually,
        beside,
    }
}

/// Spending beside a table of customers, or typed figures.
pub const SPEND_AND_CUSTOMERS: &[Need] = &[need(Beside::Customers), TYPED_NEED];

/// Spending beside a table of what customers pay, or typed figures.
pub const SPEND_AND_REVENUE: &[Need] = &[need(Beside::Revenue), TYPED_NEED];

/// The table of customers beside the spending, and the period.
///
/// # Errors
/// `not_applicable` where there is none, which the needs rule out; `not_whole_months`.
pub fn customers_beside<'a>(scope: &Scope<'a>) -> Outcome<(&'a Ledger, Period)> {
    let (Some(ledger), Some(period)) = (scope.beside, scope.window) else {
        return Err(Refusal::new(
            "not_applicable",
            "This needs spending and customers of the same period.",
            "Add both tables, each with its dates.",
        ));
    };
    let is_first = |day: Date| day == day.first_of_month();
    if !is_first(period.start) || !is_first(period.end) {
        return Err(Refusal::new(
            "not_whole_months",
            "Spending is compared by whole months only, and the period is none.",
            "Choose months, quarters or years.",
        ));
    }
    Ok((ledger, period))
}

/// The same, where its amounts are money in the currency of the spending.
///
/// # Errors
/// As [`customers_beside`]; `rule_not_applicable` where no amounts are known; `currencies_mixed`.
pub fn revenue_beside<'a>(scope: &Scope<'a>) -> Outcome<(&'a Ledger, Period)> {
    let (ledger, window) = customers_beside(scope)?;
    if !ledger.has_amounts {
        return Err(Refusal::new(
            "rule_not_applicable",
            "The table of customers does not say what they pay.",
            "Add what each customer pays, or choose another rule.",
        ));
    }
    let all = scope.subject.currencies().iter().chain(&ledger.currencies);
    let mut names: Vec<&str> = all.map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    if let [first, second, ..] = names.as_slice() {
        return Err(Refusal::new(
            "currencies_mixed",
            format!(
                "Spending and revenue are in {first} and {second}, and we hold no exchange rates."
            ),
            "Give exchange rates and the currency of the report.",
        ));
    }
    Ok((ledger, window))
}

/// The spending of a period of whole months, in units of money.
///
/// # Errors
/// `month_missing` where no row speaks of a month of the period; `spend_negative`.
pub fn spent(scope: &Scope<'_>, period: Period) -> Outcome<f64> {
    let facts = scope.spend()?;
    let first = period.start.month_index();
    let mut seen = vec![false; (period.end.month_index() - first).max(0) as usize];
    let mut sum = 0_i128;
    for row in scope.all_rows.iter().map(|row| *row as usize) {
        let day = Date(facts.days[row]);
        if period.contains(day) {
            seen[(day.month_index() - first) as usize] = true;
            sum += (facts.amounts[row] * NANOS).round() as i128;
        }
    }
    if let Some(missing) = seen.iter().position(|seen| !seen) {
        let (year, month, _) = Date::from_month_index(first + missing as i32).ymd();
        return Err(Refusal::new(
            "month_missing",
            format!(
                "No row of the spending speaks of {year}-{month:02}, a month that it must cover."
            ),
            "Add the month, with 0 where nothing was spent, or choose another period.",
        ));
    }
    if sum < 0 {
        return Err(Refusal::new(
            "spend_negative",
            "The spending of the period adds up to less than nothing.",
            "Look whether the amounts are credits, or written with a minus.",
        ));
    }
    Ok(money(sum))
}

/// The period as long as this one that ends so many months before its end; absent: as many as it
/// has.
pub fn earlier(period: Period, lag_months: Option<f64>) -> Period {
    let own = period.end.month_index() - period.start.month_index();
    let lag = lag_months.map_or(own, |months| months.round().clamp(0.0, 600.0) as i32);
    Period {
        start: period.start.plus_months(-lag),
        end: period.end.plus_months(-lag),
    }
}

/// Customers who paid for the first time in the period.
///
/// # Errors
/// `month_missing` where the customers' table is silent about a month of the period;
/// `starts_unknown` where it begins within it and does not say who was there before;
/// `no_new_customers`.
pub fn new_customers(ledger: &Ledger, period: Period) -> Outcome<u64> {
    ledger.ends(period)?;
    if ledger
        .first_day()
        .is_some_and(|first| period.contains(first) && !ledger.begins_on(first))
    {
        return Err(Refusal::new(
            "starts_unknown",
            "The table of months begins within the period, so it does not say who of its first month is new.",
            "Choose a period that begins after its first month, or add a month before.",
        ));
    }
    match ledger.first_timers(period) {
        0 => Err(super::on_ledger::no_new_customers()),
        new => Ok(new),
    }
}

/// The gross margin as a fraction: from the first of these settings that is set, else from a typed
/// figure. Numbers above 1 are percent.
///
/// # Errors
/// `margin_missing`, `margin_not_positive`, `margin_invalid` above 100%.
pub fn margin(scope: &Scope<'_>, settings: &[&str]) -> Outcome<f64> {
    let set = settings.iter().find_map(|name| scope.setting(name));
    let given = set.or_else(|| scope.figure("margin").ok());
    let Some(given) = given else {
        return Err(Refusal::new(
            "margin_missing",
            "The gross margin is not known, and without it the revenue would be taken for profit.",
            "Give it as a setting of this figure, such as 80 for 80%, or choose the rule without margin.",
        ));
    };
    if given <= 0.0 {
        return Err(Refusal::new(
            "margin_not_positive",
            "With a gross margin of nothing or less, customers never pay back what they cost.",
            "Look at the margin that was given.",
        ));
    }
    if given > 100.0 {
        return Err(Refusal::new(
            "margin_invalid",
            "The gross margin is above 100%.",
            "Give it as a fraction such as 0.8, or in percent such as 80.",
        ));
    }
    Ok(if given > 1.0 { given / 100.0 } else { given })
}

/// A typed figure that must be above nothing.
///
/// # Errors
/// `term_missing`; `term_not_positive`.
pub fn above_nothing(scope: &Scope<'_>, term: &'static str) -> Outcome<f64> {
    let figure = scope.figure(term)?;
    if figure > 0.0 {
        return Ok(figure);
    }
    Err(Refusal::new(
        "term_not_positive",
        format!(
            "The typed figure “{}” is not above nothing.",
            term.replace('_', " ")
        ),
        "Look whether it is missing, or written with a minus.",
    ))
}

/// What a new customer costs, from typed figures: told as such, or spending ÷ new customers.
///
/// # Errors
/// `term_missing`; `no_new_customers`; `term_not_positive`.
pub fn typed_cost(scope: &Scope<'_>) -> Outcome<f64> {
    if scope.figure("acquisition_cost").is_ok() {
        return above_nothing(scope, "acquisition_cost");
    }
    let Ok(spend) = scope.figure("spend") else {
        return scope.figure("acquisition_cost");
    };
    let new = scope.figure("new_customers")?;
    if new <= 0.0 {
        return Err(super::on_ledger::no_new_customers());
    }
    Ok(spend / new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_period_is_as_long_and_ends_where_this_one_begins() {
        let quarter = Period {
            start: Date::parse("2025-04-01").unwrap(),
            end: Date::parse("2025-07-01").unwrap(),
        };
        let before = earlier(quarter, None);
        assert_eq!(
            (before.start.to_string().as_str(), before.end),
            ("2025-01-01", quarter.start)
        );
        assert_eq!(earlier(quarter, Some(1.0)).end.to_string(), "2025-06-01");
    }
}
