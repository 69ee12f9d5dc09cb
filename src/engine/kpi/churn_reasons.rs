//! Churn split by why customers left: by their own decision, by a failed payment, or for a reason
//! that nobody wrote down.

use super::prelude::*;
use crate::engine::facts::why_left::WhyLeft;

/// The parts of a split, in the order of [`WhyLeft`]'s numbers.
const NAMES: [&str; 3] = ["reason_unknown", "voluntary", "involuntary"];

/// Classes of customers who left, in the same order.
pub const REASON_CLASSES: [&str; 3] = [
    "left for a reason that is not known",
    "left by their own decision",
    "left because a payment failed",
];

/// Where the split comes from.
pub const SOURCE: &str = "Recurly, Churn rate benchmarks (voluntary and involuntary), recurly.com/research/churn-rate-benchmarks";

/// A customer of the start who does not pay at the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gone {
    /// The customer, by their number in the ledger.
    pub customer: u32,
    /// Billionths a month that they paid at the start.
    pub paid: i64,
    /// Why they left.
    pub why: WhyLeft,
}

/// The class of customers who left for this reason.
pub const fn class_of(why: WhyLeft) -> &'static str {
    REASON_CLASSES[why as usize]
}

/// Every customer who left within the period, with why; absent where no column says it.
///
/// # Errors
/// As `Ledger::ends`.
pub fn gone(scope: &Scope<'_>) -> Outcome<Option<Vec<Gone>>> {
    let (ledger, window) = scope.ledger()?;
    let Some(why_left) = ledger.why_left(window) else {
        return Ok(None);
    };
    let (before, after) = ledger.ends(window)?;
    let both = (0..).zip(before.iter().zip(after.iter()));
    let lost = both.filter(|(_, (from, to))| **from > 0 && **to <= 0);
    let told = lost.map(|(customer, (paid, _))| Gone {
        customer,
        paid: *paid,
        why: why_left.get(customer as usize).copied().unwrap_or_default(),
    });
    Ok(Some(told.collect()))
}

/// [`gone`], where the rule needs the reasons.
///
/// # Errors
/// `rule_not_applicable` where no column says why customers left.
pub fn gone_needed(scope: &Scope<'_>) -> Outcome<Vec<Gone>> {
    gone(scope)?.ok_or_else(no_reasons)
}

/// No column says why customers left.
pub fn no_reasons() -> Refusal {
    Refusal::new(
        "rule_not_applicable",
        "No column says why customers left.",
        "Add the reason of each cancellation to the export (in Stripe: cancellation reason; in Recurly: expiration reason), or choose another rule.",
    )
}

/// What left for each reason, as parts that add up to all that left.
pub fn parts(amounts: impl Iterator<Item = (WhyLeft, f64)>) -> Vec<(&'static str, f64)> {
    let mut sums = [0.0; 3];
    for (why, amount) in amounts {
        sums[why as usize] += amount;
    }
    // As people tell them: the decision first.
    [1, 2, 0].map(|place| (NAMES[place], sums[place])).to_vec()
}

/// The descriptions of [`parts`] in a unit.
pub const fn part(why: WhyLeft, unit: Unit) -> Part {
    Part {
        name: NAMES[why as usize],
        unit,
        says: match why {
            WhyLeft::Voluntary => "of what was lost: by the customers' own decision",
            WhyLeft::Involuntary => "of what was lost: because a payment failed",
            WhyLeft::Unknown => "of what was lost: for a reason that no row tells",
        },
    }
}
