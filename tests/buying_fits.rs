//! Fits of the models: nothing near one is likelier, and what only rises towards a limit is held
//! there.

#[path = "support/histories.rs"]
mod histories;

use histories::{assert_near, made};
use kept::engine::base::math;
use kept::engine::stats::buying::purchases::{self, PurchaseModel};
use kept::engine::stats::buying::spending::{self, SpendModel};
use kept::engine::stats::buying::{Histories, History, Weeks};
use kept::engine::stats::rng::Rng;

#[test]
fn nothing_near_a_fit_is_likelier() {
    let mut rng = Rng::from_seed(8);
    let histories = Histories::of(made(&mut rng, 500));
    let often = purchases::fit(&histories).unwrap();
    let amounts = spending::fit(&histories).unwrap();
    for _ in 0..200 {
        let nudge = |rng: &mut Rng| 0.1 * (rng.unit() - 0.5);
        let logs = often.model.logs().map(|it| it + nudge(&mut rng));
        let there = purchases::log_likelihood(&PurchaseModel::from_logs(&logs), &histories).0;
        assert!(there <= often.log_likelihood + 1e-8, "{logs:?}");
        let logs = amounts.model.logs().map(|it| it + nudge(&mut rng));
        let there = spending::log_likelihood(&SpendModel::from_logs(&logs), &histories).0;
        assert!(there <= amounts.log_likelihood + 1e-8, "{logs:?}");
    }
}

/// Nobody came back, everybody came on one day, all amounts are alike: no fit, and no endless search.
#[test]
fn what_cannot_be_told_apart_has_no_fit() {
    let one = |again: u32, last: f64, age: f64| History {
        again,
        last: Weeks(last),
        age: Weeks(age),
        mean: f64::from(again.min(1)) * 10.0,
    };
    let never = Histories::of(vec![one(0, 0.0, 9.0); 50]);
    assert!(purchases::fit(&never).is_none() && spending::fit(&never).is_none());
    let today = Histories::of(vec![one(0, 0.0, 0.0); 50]);
    assert!(purchases::fit(&today).is_none());
}

/// Everybody buys once a week to the end.
#[test]
fn who_is_never_seen_to_stop_goes_on() {
    let steady = (0..60).map(|weeks| History {
        again: 20 + weeks % 3,
        last: Weeks(20.0),
        age: Weeks(20.0),
        mean: 10.0,
    });
    let fit = purchases::fit(&Histories::of(steady.collect())).unwrap();
    assert!(fit.nobody_stops, "{fit:?}");
    let ahead = fit
        .model
        .expected(21, Weeks(20.0), Weeks(20.0), Weeks(10.0));
    assert_near(ahead, 10.5, 0.01, "ten weeks");
}

/// Limits that the likelihood only rises towards: one price for all, and a chance to stop that is the
/// same for everyone.
#[test]
fn customers_who_are_all_alike_have_a_fit() {
    let one = |again: u32, mean: f64| History {
        again,
        last: Weeks(3.0),
        age: Weeks(9.0),
        mean,
    };
    let alike = Histories::of(vec![one(2, 10.0); 50]);
    let model = spending::fit(&alike).unwrap().model;
    assert_near(model.mean().unwrap(), 10.0, 1e-3, "one price");
    // Everybody pays a price of their own, every time.
    let mut rng = Rng::from_seed(7);
    let own = (0..400).map(|place| {
        let spread: f64 = (0..3).map(|_| -math::ln(1.0 - rng.unit())).sum();
        one(1 + place % 4, 40.0 / spread)
    });
    let model = spending::fit(&Histories::of(own.collect())).unwrap().model;
    assert_near(
        model.expected(4, 20.0, 1.0),
        20.0,
        0.02,
        "a price of one's own",
    );
    let bought = (0..600).map(|_| {
        let (age, mut again, mut last) = (20.0 + 20.0 * rng.unit(), 0, 0.0);
        let mut time = -3.0 * math::ln(1.0 - rng.unit());
        while time < age {
            again += 1;
            last = time;
            if rng.unit() < 0.3 {
                break;
            }
            time -= 3.0 * math::ln(1.0 - rng.unit());
        }
        History {
            again,
            last: Weeks(last),
            age: Weeks(age),
            mean: 0.0,
        }
    });
    let histories = Histories::of(bought.collect());
    let model = purchases::fit(&histories).unwrap().model;
    let chance = model.stop / (model.stop + model.go_on);
    assert_near(chance, 0.3, 0.05, "the chance to stop");
    assert_near(model.shape / model.scale.0, 1.0 / 3.0, 0.05, "the rate");
    let ahead = model.expected(5, Weeks(20.0), Weeks(21.0), Weeks(52.0));
    assert!((1.0..4.0).contains(&ahead), "{ahead}");
}
