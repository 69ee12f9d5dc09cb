//! The models of purchases and amounts against slow, obvious versions: likelihoods as products,
//! slopes as differences, expectations by the papers' own formulas and by simulation.

#[path = "support/histories.rs"]
mod histories;

use histories::{assert_near, made};
use kept::engine::base::math;
use kept::engine::stats::buying::purchases::{self, PurchaseModel};
use kept::engine::stats::buying::spending::{self, SpendModel};
use kept::engine::stats::buying::value::{Ahead, Models};
use kept::engine::stats::buying::{Histories, History, Weeks};
use kept::engine::stats::rng::Rng;

fn gamma(x: f64) -> f64 {
    math::exp(math::ln_gamma(x))
}

fn model(rng: &mut Rng) -> PurchaseModel {
    let any = |rng: &mut Rng| math::exp(2.0 * rng.unit() - 1.0);
    PurchaseModel {
        shape: any(rng),
        scale: Weeks(5.0 * any(rng)),
        stop: any(rng),
        go_on: 2.0 * any(rng),
    }
}

/// Fader, Hardie & Lee (2005), equation 6, as it is printed.
fn likelihood(model: &PurchaseModel, it: &History) -> f64 {
    let (r, alpha, a, b) = (model.shape, model.scale.0, model.stop, model.go_on);
    let x = f64::from(it.again);
    let beta = |p: f64, q: f64| gamma(p) * gamma(q) / gamma(p + q);
    let front = gamma(r + x) * math::pow(alpha, r) / gamma(r);
    let goes_on = beta(a, b + x) / beta(a, b) * front / math::pow(alpha + it.age.0, r + x);
    if it.again == 0 {
        return goes_on;
    }
    let stopped = beta(a + 1.0, b + x - 1.0) / beta(a, b) * front;
    goes_on + stopped / math::pow(alpha + it.last.0, r + x)
}

#[test]
fn the_likelihood_of_purchases_is_the_printed_one() {
    let mut rng = Rng::from_seed(1);
    for _ in 0..50 {
        let customers = made(&mut rng, 40);
        let model = model(&mut rng);
        let plain: f64 = customers
            .iter()
            .map(|it| math::ln(likelihood(&model, it)))
            .sum();
        let (found, _) = purchases::log_likelihood(&model, &Histories::of(customers));
        assert_near(found, plain, 1e-10, "log-likelihood");
    }
}

/// Fader & Hardie (2013), equation 1a, as it is printed.
fn spend_likelihood(model: &SpendModel, (again, mean): (f64, f64)) -> f64 {
    let (p, q, v) = (model.shape, model.between, model.scale);
    let shape = p * again;
    let front = math::ln_gamma(shape + q) - math::ln_gamma(shape) - math::ln_gamma(q);
    front + q * math::ln(v) + (shape - 1.0) * math::ln(mean) + shape * math::ln(again)
        - (shape + q) * math::ln(v + again * mean)
}

#[test]
fn the_likelihood_of_amounts_is_the_printed_one() {
    let mut rng = Rng::from_seed(2);
    for _ in 0..50 {
        let customers = made(&mut rng, 40);
        let model = SpendModel {
            shape: 1.0 + 5.0 * rng.unit(),
            between: 1.5 + 3.0 * rng.unit(),
            scale: 5.0 + 20.0 * rng.unit(),
        };
        let again = customers.iter().filter(|it| it.again > 0);
        let plain: f64 = again
            .map(|it| spend_likelihood(&model, (f64::from(it.again), it.mean)))
            .sum();
        let (found, _) = spending::log_likelihood(&model, &Histories::of(customers));
        assert_near(found, plain, 1e-11, "log-likelihood");
    }
}

#[test]
fn slopes_are_what_small_steps_show() {
    const STEP: f64 = 1e-5;
    let mut rng = Rng::from_seed(3);
    let histories = Histories::of(made(&mut rng, 200));
    let often = model(&mut rng);
    let (_, slope) = purchases::log_likelihood(&often, &histories);
    for place in 0..4 {
        let at = |by: f64| {
            let mut logs = often.logs();
            logs[place] += by;
            purchases::log_likelihood(&PurchaseModel::from_logs(&logs), &histories).0
        };
        assert_near(
            slope[place],
            (at(STEP) - at(-STEP)) / (2.0 * STEP),
            1e-6,
            "purchases",
        );
    }
    let amounts = SpendModel {
        shape: 3.0,
        between: 2.5,
        scale: 12.0,
    };
    let (_, slope) = spending::log_likelihood(&amounts, &histories);
    for place in 0..3 {
        let at = |by: f64| {
            let mut logs = amounts.logs();
            logs[place] += by;
            spending::log_likelihood(&SpendModel::from_logs(&logs), &histories).0
        };
        assert_near(
            slope[place],
            (at(STEP) - at(-STEP)) / (2.0 * STEP),
            1e-6,
            "amounts",
        );
    }
}

/// The hypergeometric series as Gauss wrote it.
fn hypergeometric((first, second, below): (f64, f64, f64), z: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for step in 0..20_000 {
        let n = f64::from(step);
        term *= (first + n) * (second + n) / (below + n) * z / (n + 1.0);
        sum += term;
    }
    sum
}

/// Fader, Hardie & Lee (2005), equation 10, as it is printed.
fn printed(model: &PurchaseModel, it: &History, ahead: f64) -> f64 {
    let (r, alpha, a, b) = (model.shape, model.scale.0, model.stop, model.go_on);
    let x = f64::from(it.again);
    let seen = alpha + it.age.0;
    let series = hypergeometric((r + x, b + x, a + b + x - 1.0), ahead / (seen + ahead));
    let bracket = 1.0 - math::pow(seen / (seen + ahead), r + x) * series;
    let above = (a + b + x - 1.0) / (a - 1.0) * bracket;
    if it.again == 0 {
        return above;
    }
    above / (1.0 + a / (b + x - 1.0) * math::pow(seen / (alpha + it.last.0), r + x))
}

#[test]
fn purchases_ahead_are_the_printed_ones() {
    let mut rng = Rng::from_seed(4);
    for it in made(&mut rng, 300) {
        let model = model(&mut rng);
        if (model.stop - 1.0).abs() < 0.01 {
            continue;
        }
        let ahead = 1.0 + 60.0 * rng.unit();
        let found = model.expected(it.again, it.last, it.age, Weeks(ahead));
        assert_near(
            found,
            printed(&model, &it, ahead),
            1e-8,
            &format!("{model:?} {it:?}"),
        );
    }
}

/// At a = 1 the printed formula divides nothing by nothing; the value lies between its neighbours.
#[test]
fn a_chance_to_stop_with_a_of_one_is_a_case_like_any_other() {
    let at = |stop: f64| {
        let model = PurchaseModel {
            shape: 0.5,
            scale: Weeks(4.0),
            stop,
            go_on: 2.0,
        };
        model.expected(3, Weeks(10.0), Weeks(20.0), Weeks(30.0))
    };
    assert_near(
        at(1.0),
        f64::midpoint(at(1.0 - 1e-4), at(1.0 + 1e-4)),
        1e-7,
        "a = 1",
    );
    assert_near(at(1.0), at(1.0 + 1e-13), 1e-12, "a = 1");
    // And a + b of one, for who never came back.
    let of = |go_on: f64| PurchaseModel {
        shape: 0.5,
        scale: Weeks(4.0),
        stop: 0.25,
        go_on,
    };
    let at = |go_on: f64| of(go_on).expected(0, Weeks(0.0), Weeks(20.0), Weeks(30.0));
    assert_near(
        at(0.75),
        f64::midpoint(at(0.75 - 1e-4), at(0.75 + 1e-4)),
        1e-7,
        "a + b = 1",
    );
    // A customer of today, a long time ahead, where the series converges slowest.
    let far = PurchaseModel {
        shape: 0.2,
        scale: Weeks(0.5),
        stop: 0.7,
        go_on: 2.0,
    };
    let found = far.expected_of_new(Weeks(520.0));
    assert!(found.is_finite() && found > far.expected_of_new(Weeks(500.0)));
}

/// A customer who buys at a rate from a gamma distribution until they stop: simulated, not derived.
#[test]
fn a_new_customer_buys_as_often_as_simulated_ones() {
    // Whole shapes, so that gamma and beta numbers are sums of exponential ones.
    let model = PurchaseModel {
        shape: 2.0,
        scale: Weeks(10.0),
        stop: 1.0,
        go_on: 3.0,
    };
    let mut rng = Rng::from_seed(6);
    let waited = |rng: &mut Rng| -math::ln(1.0 - rng.unit());
    let gamma_of = |rng: &mut Rng, shape: u32| (0..shape).map(|_| waited(rng)).sum::<f64>();
    let (worlds, ahead) = (200_000, 40.0);
    let mut bought = 0_u64;
    for _ in 0..worlds {
        let rate = gamma_of(&mut rng, 2) / 10.0;
        let (stops, goes_on) = (gamma_of(&mut rng, 1), gamma_of(&mut rng, 3));
        let chance = stops / (stops + goes_on);
        let mut time = waited(&mut rng) / rate;
        while time <= ahead {
            bought += 1;
            if rng.unit() < chance {
                break;
            }
            time += waited(&mut rng) / rate;
        }
    }
    let mean = bought as f64 / f64::from(worlds);
    assert_near(
        model.expected_of_new(Weeks(ahead)),
        mean,
        0.015,
        "simulated",
    );
}

/// All customers at once, alike ones together, give what they give one by one.
#[test]
fn the_value_of_all_is_the_sum_of_each() {
    let mut rng = Rng::from_seed(9);
    let customers = made(&mut rng, 400);
    let models = Models {
        purchases: model(&mut rng),
        spending: SpendModel {
            shape: 3.0,
            between: 2.5,
            scale: 12.0,
        },
    };
    let ahead = Ahead {
        months: 7,
        discount_per_month: 0.02,
    };
    let each = customers.iter().map(|it| {
        let month = |month: u32| {
            let so_far = |months: u32| {
                let ahead = Weeks::from_months(f64::from(months));
                models.purchases.expected(it.again, it.last, it.age, ahead)
            };
            (so_far(month) - so_far(month - 1)) / math::pow(1.02, f64::from(month))
        };
        let (p, q, v) = (3.0, 2.5, 12.0);
        let x = f64::from(it.again);
        let amount = p * (v + x * it.mean) / (p * x + q - 1.0);
        amount * (1..=7).map(month).sum::<f64>()
    });
    let each: Vec<f64> = each.collect();
    for (it, worth) in customers.iter().zip(&each) {
        let found = models.of_customer((it.again, it.mean), (it.last, it.age), ahead);
        assert_near(found, *worth, 1e-10, "one");
    }
    let all = models.of_all(&Histories::of(customers), ahead);
    assert_near(all, each.iter().sum(), 1e-10, "all");
}

/// Large a and b: the series as it is turned for small ones would leave the range of numbers.
#[test]
fn a_chance_that_is_nearly_the_same_for_all_is_within_numbers() {
    let at = |sum: f64| {
        let model = PurchaseModel {
            shape: 0.5,
            scale: Weeks(4.0),
            stop: 0.3 * sum,
            go_on: 0.7 * sum,
        };
        model.expected(2, Weeks(10.0), Weeks(12.0), Weeks(52.0))
    };
    // Either side of the change of formula, and far out, it moves ever less.
    let sums = [60.0, 66.0, 67.0, 80.0, 1e3, 1e4];
    let found: Vec<f64> = sums.into_iter().map(at).collect();
    let steps: Vec<f64> = found
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).abs())
        .collect();
    assert!(
        found.iter().all(|it| it.is_finite() && *it > 0.0),
        "{found:?}"
    );
    assert!(
        steps[1] < 1e-3 * found[1] && steps[4] < 1e-2 * found[4],
        "{found:?}"
    );
}
