//! What the revenue of a period's start lost within it: the share of both revenue churn rates.

use super::prelude::*;

const OPENING: &str = "paid at the start by the customers of the start";

/// The opening revenue and what moved from it, in billionths.
#[derive(Clone, Debug)]
pub struct LostRevenue {
    /// What the customers paid at the start.
    pub opening: i128,
    moved: Vec<Moved>,
}

impl LostRevenue {
    /// What the movements of a kind add, with its sign: losses below nothing.
    pub fn of(&self, kind: ChangeKind) -> i128 {
        let of_kind = self.moved.iter().filter(|moved| moved.kind == kind);
        of_kind.map(|moved| moved.amount).sum()
    }
}

/// The losses that count, less the gains that count, ÷ the opening revenue; with the interval where
/// the ends of the period are compared, and as classes where a bridge is wanted.
///
/// # Errors
/// `no_opening`, and as `Ledger::ends`.
pub fn rate(
    scope: &Scope<'_>,
    counting: Counting,
    counts: impl Fn(ChangeKind) -> bool,
) -> Outcome<(Estimate, LostRevenue)> {
    let (ledger, window) = scope.ledger()?;
    let (before, _) = ledger.ends(window)?;
    let paying = before.iter().filter(|paid| **paid > 0);
    let opening: i128 = paying.clone().copied().map(i128::from).sum();
    let n = paying.count() as u64;
    if opening <= 0 {
        return Err(no_opening());
    }
    let moved = moves(ledger, window, counting, of_paying)?;
    let counted = || moved.iter().filter(|moved| counts(moved.kind));
    let found = (counting == Counting::Ends)
        .then(|| {
            let mut losses = vec![0.0; before.len()];
            for moved in counted() {
                losses[moved.customer as usize] = money(-moved.amount);
            }
            // Who came back has no start and still counts.
            let pairs = losses.into_iter().zip(before.iter());
            let (losses, starts): (Vec<f64>, Vec<f64>) = pairs
                .filter(|(loss, start)| **start > 0 || *loss < 0.0)
                .map(|(loss, start)| (loss, money(i128::from((*start).max(0)))))
                .unzip();
            scope.ratio_interval(&losses, &starts)
        })
        .flatten();
    let net: i128 = counted().map(|moved| -moved.amount).sum();
    let mut estimate = Estimate {
        interval: found.map(|found| interval((found.low, found.high), found.method)),
        ..Estimate::of(
            net as f64 / opening as f64,
            n,
            Spread::StandardError(found.map(|found| found.standard_error)),
        )
    };
    if scope.names_customers() {
        let mut classes = vec![OPENING];
        classes.extend(MOVEMENT_CLASSES);
        let mut tally = Tally::ratio(Counted::Money, &classes, true);
        for (customer, paid) in before.iter().enumerate().filter(|(_, paid)| **paid > 0) {
            tally.add(OPENING, customer as u32, 0, *paid);
        }
        for moved in counted() {
            tally.add(moved.says, moved.customer, -moved.amount, 0);
        }
        estimate = estimate.with_tally(tally);
    }
    Ok((estimate, LostRevenue { opening, moved }))
}
