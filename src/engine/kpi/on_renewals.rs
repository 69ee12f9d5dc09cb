//! What KPIs on renewals share: the contracts that count, what became of each, and their money.

use super::definition::{Beside, Expected, Need};
use super::prelude::TYPED_NEED;
use super::scope::{Basis, Scope};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Date, Refusal, math};
use crate::engine::facts::NO_DAY;
use crate::engine::facts::ledger::NANOS;
use crate::engine::facts::renewals::{Ended, Renewals};
use crate::engine::roles::{Kind, Role};

/// Tables of contracts that came up for renewal, or typed figures.
pub const RENEWAL_NEEDS: &[Need] = &[
    Need {
        kind: Kind::Renewal,
        roles: &[&[Role::DueAt], &[Role::Outcome]],
        basis: Basis::Renewals,
        expected: Expected::Usually,
        beside: Beside::Nothing,
    },
    TYPED_NEED,
];

/// Tables of contracts with the amount due, or typed figures.
pub const RENEWAL_MONEY_NEEDS: &[Need] = &[
    Need {
        kind: Kind::Renewal,
        roles: &[&[Role::DueAt], &[Role::Outcome], &[Role::AmountDue]],
        basis: Basis::Renewals,
        expected: Expected::Usually,
        beside: Beside::Nothing,
    },
    TYPED_NEED,
];

/// What became of a contract that was due.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It was renewed, in time where there is a limit.
    Renewed,
    /// It was renewed after the days of grace.
    Late,
    /// It was not renewed.
    Lost,
    /// It is not decided yet.
    Open,
    /// It is not decided, and the days of grace are over.
    Overdue,
}

impl Fate {
    /// Whether it is decided.
    pub fn is_decided(self) -> bool {
        self != Self::Open
    }
}

/// One contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contract {
    /// Its row.
    pub row: u32,
    /// The customer's number.
    pub customer: u32,
    /// What became of it.
    pub fate: Fate,
    /// The amount due in billionths; absent where it is unknown or not above nothing.
    pub due: Option<i128>,
    /// The amount renewed in billionths: nothing unless it was renewed.
    pub renewed: i128,
    /// Months of its term; absent where unknown.
    pub term_months: Option<f64>,
}

impl Contract {
    /// What of the amount due was renewed, without anything beyond it.
    pub fn kept(&self) -> i128 {
        self.renewed.min(self.due.unwrap_or(0))
    }
}

/// The contracts that were due in the period.
pub fn due(scope: &Scope<'_>, grace_days: Option<f64>) -> Outcome<Vec<Contract>> {
    let renewals = scope.renewals()?;
    let rows = scope.rows.iter();
    Ok(rows
        .map(|row| contract(scope, renewals, *row, grace_days))
        .collect())
}

/// The contracts that were decided in the period; where no column says when, those that were due.
pub fn decided(scope: &Scope<'_>, grace_days: Option<f64>) -> Outcome<Vec<Contract>> {
    let renewals = scope.renewals()?;
    let within = |row: &&u32| {
        let day = Date(renewals.closed_day(**row as usize));
        scope.window.is_none_or(|window| window.contains(day))
    };
    let rows = scope.all_rows.iter().filter(within);
    Ok(rows
        .map(|row| contract(scope, renewals, *row, grace_days))
        .collect())
}

fn contract(scope: &Scope<'_>, renewals: &Renewals, row: u32, grace: Option<f64>) -> Contract {
    let at = row as usize;
    let limit = grace.map(|days| f64::from(renewals.days[at]) + days);
    let closed = renewals
        .closed
        .get(at)
        .copied()
        .filter(|day| *day != NO_DAY);
    let after = |day: i32| limit.is_some_and(|limit| f64::from(day) > limit);
    let fate = match renewals.outcomes[at] {
        Ended::Renewed if closed.is_some_and(after) => Fate::Late,
        Ended::Renewed => Fate::Renewed,
        Ended::Lost | Ended::Unknown => Fate::Lost,
        Ended::Open if scope.as_of.is_some_and(|day| after(day.0)) => Fate::Overdue,
        Ended::Open => Fate::Open,
    };
    let amount = |list: &[f64]| list.get(at).copied().filter(|amount| amount.is_finite());
    let renewed = amount(&renewals.renewed).filter(|_| fate == Fate::Renewed);
    Contract {
        row,
        customer: renewals.customers[at],
        fate,
        due: amount(&renewals.due).filter(|due| *due > 0.0).map(exact),
        renewed: renewed.map_or(0, |renewed| exact(renewed.max(0.0))),
        term_months: amount(&renewals.terms).filter(|months| *months > 0.0),
    }
}

/// The sums above and below the line of each customer, of one entry a contract: customers decide,
/// so they are what is drawn anew for an interval.
pub fn by_customer(mut of_contracts: Vec<(u32, f64, f64)>) -> (Vec<f64>, Vec<f64>) {
    of_contracts.sort_by(|one, other| {
        let amounts = one.1.total_cmp(&other.1).then(one.2.total_cmp(&other.2));
        one.0.cmp(&other.0).then(amounts)
    });
    let customers = of_contracts.chunk_by(|one, other| one.0 == other.0);
    customers
        .map(|own| {
            let above = math::sum(own.iter().map(|(_, above, _)| *above));
            let below = math::sum(own.iter().map(|(_, _, below)| *below));
            (above, below)
        })
        .unzip()
}

/// An amount in whole billionths.
fn exact(amount: f64) -> i128 {
    (amount * NANOS).round() as i128
}

/// No contract was due and decided.
pub fn nothing_due() -> Refusal {
    Refusal::new(
        "nothing_due",
        "No contract that came up for renewal in this period is decided, so there is nothing to divide by.",
        "Choose a longer or an earlier period, or look at which rows were left out and why.",
    )
}

/// No amount is known.
pub fn amounts_missing() -> Refusal {
    Refusal::new(
        "amounts_missing",
        "No contract that is due and decided has an amount due above nothing.",
        "Say on the check page which column holds the amount due, or choose a rule that counts contracts.",
    )
}
