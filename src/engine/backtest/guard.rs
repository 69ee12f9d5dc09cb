//! The guard against leaks: what is known of a past day must not depend on what came after it.

use super::refusals;
use crate::engine::accounts::{Accounts, Figure};
use crate::engine::base::Refusal;

/// What is no figure, in words.
const CUSTOMERS: &str = "Who was a customer";

/// Fails where what was told of a day through the gate, from all facts, differs for any account from
/// what is told where facts were read as if the day were today.
///
/// # Errors
/// `backtest_leak`, naming the figure.
pub fn compare(gated: &Accounts, anew: &Accounts) -> Result<(), Refusal> {
    let both = gated.figures.iter().chain(&anew.figures);
    for figure in both {
        let pair = gated.figure(&figure.id).zip(anew.figure(&figure.id));
        if !pair.is_some_and(|(one, other)| is_same(one, other)) {
            return Err(refusals::leak(&figure.name));
        }
    }
    if gated.is_customer != anew.is_customer {
        return Err(refusals::leak(CUSTOMERS));
    }
    Ok(())
}

fn is_same(one: &Figure, other: &Figure) -> bool {
    let values = one.values.iter().zip(&other.values);
    one.values.len() == other.values.len()
        && values.into_iter().all(|(one, other)| {
            // Sums over rows in another order may differ in their last digit.
            (one.is_nan() && other.is_nan()) || (one - other).abs() <= 1e-9 * one.abs().max(1.0)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::accounts::FigureUnit;

    fn told(values: &[f64]) -> Accounts {
        let figure = Figure::new("use", "Use", FigureUnit::Count, values.to_vec());
        Accounts {
            figures: vec![figure],
            is_customer: vec![Some(true); values.len()],
            ..Accounts::default()
        }
    }

    #[test]
    fn one_account_with_another_value_is_a_leak() {
        let fine = told(&[1.0, f64::NAN, 3.0]);
        assert_eq!(compare(&fine, &fine.clone()), Ok(()));
        for leaky in [
            &[1.0, f64::NAN, 4.0],
            &[1.0, 2.0, 3.0],
            &[1.0, f64::NAN, f64::NAN],
        ] {
            for (one, other) in [(&fine, &told(leaky)), (&told(leaky), &fine)] {
                let refusal = compare(one, other).unwrap_err();
                assert_eq!(refusal.code, "backtest_leak");
                assert!(refusal.message.contains("“Use”"), "{}", refusal.message);
            }
        }
    }

    #[test]
    fn a_figure_that_one_side_lacks_and_another_customer_are_leaks() {
        let fine = told(&[1.0]);
        let mut other = fine.clone();
        other.is_customer[0] = Some(false);
        assert!(compare(&fine, &other).is_err());
        let bare = Accounts {
            figures: Vec::new(),
            ..fine.clone()
        };
        assert!(compare(&fine, &bare).is_err() && compare(&bare, &fine).is_err());
    }
}
