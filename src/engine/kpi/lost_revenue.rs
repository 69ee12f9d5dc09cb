//! What the revenue of a period's start lost within it: the share of both revenue churn rates.

use super::churn_reasons::{self, Gone, REASON_CLASSES};
use super::prelude::*;
use crate::engine::facts::WhyLeft;

const OPENING: &str = "paid at the start by the customers of the start";

/// The opening revenue and what moved from it, in billionths.
#[derive(Clone, Debug)]
pub struct LostRevenue {
    /// What the customers paid at the start.
    pub opening: i128,
    /// What each kind of movement adds, with its sign.
    by_kind: [i128; 5],
}

impl LostRevenue {
    /// What the movements of a kind add, with its sign: losses below nothing.
    pub fn of(&self, kind: ChangeKind) -> i128 {
        self.by_kind[kind as usize]
    }
}

/// Those of the customers who left that count, by why they left.
#[derive(Clone, Copy, Debug)]
pub struct OnlyFor<'a> {
    /// Everybody who left within the period, by customer.
    pub gone: &'a [Gone],
    /// The reason that counts.
    pub why: WhyLeft,
}

impl OnlyFor<'_> {
    /// The class that a customer is left out with; absent for those who count.
    fn leaves_out(&self, customer: u32) -> Option<&'static str> {
        let place = self.gone.binary_search_by_key(&customer, |it| it.customer);
        let why = place.map_or(WhyLeft::Unknown, |place| self.gone[place].why);
        (why != self.why).then(|| churn_reasons::class_of(why))
    }
}

/// The losses that count, less the gains that count, ÷ the opening revenue.
///
/// With the interval where the ends of the period are compared, and as classes where a bridge is
/// wanted. `only`: of the customers who left, only those who left for this reason count.
///
/// # Errors
/// `no_opening`, and as `Ledger::ends`.
pub fn rate(
    scope: &Scope<'_>,
    counting: Counting,
    counts: impl Fn(ChangeKind) -> bool,
    only: Option<OnlyFor<'_>>,
) -> Outcome<(Estimate, LostRevenue)> {
    let (ledger, window) = scope.ledger()?;
    let (before, _) = ledger.ends(window)?;
    let paying = before.iter().filter(|paid| **paid > 0);
    let opening: i128 = paying.clone().copied().map(i128::from).sum();
    let n = paying.count() as u64;
    if opening <= 0 {
        return Err(no_opening());
    }
    let mut tally = scope.names_customers().then(|| opening_tally(&before));
    let mut losses = Vec::new();
    if counting == Counting::Ends {
        losses = vec![0.0; before.len()];
    }
    let mut by_kind = [0; 5];
    let mut net = 0;
    moves(ledger, window, counting, of_paying, |moved| {
        by_kind[moved.kind as usize] += moved.amount;
        if !counts(moved.kind) {
            return;
        }
        if let Some(tally) = &mut tally {
            tally.add(moved.says, moved.customer, -moved.amount, 0);
        }
        if moved.kind == ChangeKind::Churn
            && let Some(left_out) = only.and_then(|only| only.leaves_out(moved.customer))
        {
            if let Some(tally) = &mut tally {
                tally.add(left_out, moved.customer, moved.amount, 0);
            }
            return;
        }
        net -= moved.amount;
        if let Some(loss) = losses.get_mut(moved.customer as usize) {
            *loss = money(-moved.amount);
        }
    })?;
    // Who came back has no start and still counts.
    let pairs = losses.into_iter().zip(before.iter());
    let pairs = pairs
        .filter(|(loss, start)| **start > 0 || *loss < 0.0)
        .map(|(loss, start)| (loss, money(i128::from((*start).max(0)))));
    let (ends, spread) = scope.ratio_spread(pairs);
    let mut estimate = Estimate {
        interval: ends,
        ..Estimate::of(net as f64 / opening as f64, n, spread)
    };
    if let Some(tally) = tally {
        estimate = estimate.with_tally(tally);
    }
    Ok((estimate, LostRevenue { opening, by_kind }))
}

/// The classes, as yet with what was paid at the start alone.
fn opening_tally(before: &[i64]) -> Tally {
    let mut classes = vec![OPENING];
    classes.extend(MOVEMENT_CLASSES);
    classes.extend(REASON_CLASSES);
    let mut tally = Tally::ratio(Counted::Money, &classes, true);
    for (customer, paid) in before.iter().enumerate().filter(|(_, paid)| **paid > 0) {
        tally.add(OPENING, customer as u32, 0, *paid);
    }
    tally
}
