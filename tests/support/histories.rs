//! Invented order histories.
#![expect(unreachable_pub, reason = "each test file is a crate of its own")]

use kept::engine::base::math;
use kept::engine::stats::buying::{History, Weeks};
use kept::engine::stats::rng::Rng;

/// Histories of whole weeks up to 60: four of ten customers never come back, the others up to six
/// times, each spending as a gamma of gammas would.
pub fn made(rng: &mut Rng, customers: usize) -> Vec<History> {
    (0..customers)
        .map(|_| {
            let age = 1.0 + f64::from(rng.below(60));
            let again = if rng.unit() < 0.4 {
                0
            } else {
                1 + rng.below(6)
            };
            let last = if again == 0 {
                0.0
            } else {
                (age * rng.unit()).round()
            };
            let waited = |rng: &mut Rng| -math::ln(1.0 - rng.unit());
            let spread: f64 = (0..3).map(|_| waited(rng)).sum();
            let spent: f64 = (0..4 * again).map(|_| waited(rng)).sum();
            let mean = if again == 0 {
                0.0
            } else {
                10.0 * spent / spread / f64::from(again)
            };
            History {
                again,
                last: Weeks(last),
                age: Weeks(age),
                mean,
            }
        })
        .collect()
}

/// Fails unless the numbers agree, relative to the expected one where that is above 1.
#[track_caller]
pub fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
    let off = (found - expected).abs() / expected.abs().max(1.0);
    assert!(off <= tolerance, "{what}: {found}, not {expected}");
}
