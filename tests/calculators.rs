//! Calculators: typed figures forwards and backwards, for every KPI and rule that takes them.
#![expect(clippy::unwrap_used, reason = "test code")]

use std::collections::BTreeMap;

use kept::engine::base::Unit;
use kept::engine::calculator::{Calculation, CalculationQuery, Wanted, calculate, terms};
use kept::engine::kpi::about::{AboutReport, CalculatorReport};
use kept::engine::kpi::typed_terms::TYPED_TERMS;
use kept::engine::stats::rng::Rng;

fn figures(given: &[(&str, f64)]) -> BTreeMap<String, f64> {
    given
        .iter()
        .map(|(name, figure)| ((*name).to_owned(), *figure))
        .collect()
}

#[track_caller]
fn forwards(kpi: &str, variant: Option<&str>, terms: &BTreeMap<String, f64>) -> Calculation {
    let query = CalculationQuery {
        kpi: kpi.to_owned(),
        variant: variant.map(str::to_owned),
        terms: terms.clone(),
        ..CalculationQuery::default()
    };
    calculate(&query).unwrap()
}

#[track_caller]
fn backwards(
    (kpi, variant): (&str, Option<&str>),
    terms: &BTreeMap<String, f64>,
    (term, target): (&str, f64),
) -> Calculation {
    let query = CalculationQuery {
        kpi: kpi.to_owned(),
        variant: variant.map(str::to_owned),
        terms: terms.clone(),
        solve: Some(Wanted {
            term: term.to_owned(),
            target,
        }),
        ..CalculationQuery::default()
    };
    calculate(&query).unwrap()
}

#[track_caller]
fn gives(kpi: &str, terms: &[(&str, f64)], expected: f64) {
    let found = forwards(kpi, None, &figures(terms));
    let value = found.value;
    assert!(
        value.is_some_and(|it| (it - expected).abs() < 1e-6),
        "{kpi}: {value:?} is not {expected}; {:?}",
        found.refusal
    );
}

/// The figures that articles on these KPIs work out.
#[test]
fn the_worked_examples_of_the_sources_hold() {
    gives("renewal_rate", &[("due", 100.0), ("renewed", 80.0)], 0.8);
    gives(
        "customer_acquisition_cost",
        &[("spend", 100_000.0), ("new_customers", 100.0)],
        1_000.0,
    );
    gives(
        "net_promoter_score",
        &[
            ("promoters", 50.0),
            ("passives", 30.0),
            ("detractors", 20.0),
        ],
        30.0,
    );
    gives(
        "customer_satisfaction_score",
        &[("satisfied", 80.0), ("rated", 100.0)],
        0.8,
    );
}

#[test]
fn detractors_fall_to_what_a_score_of_forty_needs() {
    let typed = figures(&[("promoters", 50.0), ("passives", 30.0)]);
    let found = backwards(("net_promoter_score", None), &typed, ("detractors", 40.0));
    // (50 − d) ÷ (80 + d) = 0.4 at d = 12.857: twelve meet it, thirteen do not.
    let solved = found.solved.unwrap();
    assert!(
        (solved.value - 12.0).abs() < 1e-9 && !solved.exact,
        "{solved:?}"
    );
    assert!((found.value.unwrap() - 38.0 / 92.0 * 100.0).abs() < 1e-9);
}

#[test]
fn a_term_that_nobody_asks_for_is_an_error_and_a_missing_one_a_refusal() {
    let query = |terms| CalculationQuery {
        kpi: String::from("renewal_rate"),
        terms,
        ..CalculationQuery::default()
    };
    let unknown = calculate(&query(figures(&[("renewd", 1.0)])));
    assert_eq!(unknown.unwrap_err().code, "term_unknown");
    let missing = calculate(&query(figures(&[("due", 1.0)]))).unwrap();
    assert_eq!(missing.refusal.unwrap().code, "term_missing");
    let nothing = CalculationQuery::default();
    assert_eq!(calculate(&nothing).unwrap_err().code, "kpi_unknown");
}

#[test]
fn every_kpi_has_a_calculator_that_names_its_terms_and_shows_an_example() {
    let mut wrong = Vec::new();
    for about in terms::catalogue() {
        if about.calculators.is_empty() || about.worked.is_empty() {
            wrong.push(format!(
                "{} has no calculator, or no example of it",
                about.id
            ));
        }
        for calculator in &about.calculators {
            if calculator.terms.is_empty() {
                wrong.push(format!(
                    "{} {} asks for nothing",
                    about.id, calculator.variant
                ));
            }
            for term in &calculator.terms {
                let is_shared = TYPED_TERMS.iter().any(|it| it.name == term.name);
                if !is_shared && !about.parts.iter().any(|part| part.name == term.name) {
                    wrong.push(format!(
                        "{} asks for “{}”, which is no part",
                        about.id, term.name
                    ));
                }
            }
        }
        for worked in &about.worked {
            let found = forwards(&about.id, Some(&worked.variant), &worked.terms);
            if found.value.is_none() {
                wrong.push(format!("{}: “{}” gives nothing", about.id, worked.says));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A random figure of a term.
fn made(rng: &mut Rng, unit: Unit) -> f64 {
    match unit {
        Unit::Count => f64::from(1 + rng.below(500)),
        Unit::Ratio => 0.05 + 0.9 * rng.unit(),
        _ => (1.0 + 9_999.0 * rng.unit()).round(),
    }
}

/// How often a term was found again, and how often another figure gave the same result.
fn found_again(about: &AboutReport, calculator: &CalculatorReport, rng: &mut Rng) -> (u32, u32) {
    let (mut same, mut other) = (0, 0);
    let own = about
        .worked
        .iter()
        .filter(|it| it.variant == calculator.variant);
    let mut all: Vec<BTreeMap<String, f64>> = own.map(|it| it.terms.clone()).collect();
    let variant = Some(calculator.variant.as_str());
    // Many made figures contradict one another; sixty that do not are enough.
    let made_up = (0..400).map(|_| {
        let terms = calculator.terms.iter();
        let made = terms.map(|term| (term.name.clone(), made(rng, term.unit)));
        made.collect::<BTreeMap<String, f64>>()
    });
    let held = made_up.filter(|terms| forwards(&about.id, variant, terms).value.is_some());
    all.extend(held.take(60));
    for terms in all {
        let Some(value) = forwards(&about.id, variant, &terms).value else {
            continue;
        };
        for term in calculator
            .terms
            .iter()
            .filter(|term| terms.contains_key(&term.name))
        {
            let found = backwards((&about.id, variant), &terms, (&term.name, value));
            assert!(
                found.solved.is_some(),
                "{} {}: {} of {terms:?} for {value}: {:?}",
                about.id,
                calculator.variant,
                term.name,
                found.refusal
            );
            let solved = found.solved.unwrap();
            // Where several figures give the same, any of them will do: what counts is the result.
            let again = found.value.unwrap();
            assert!(
                (again - value).abs() <= value.abs().max(1.0) * 1e-9,
                "{} {}: {} = {} gives {again}, not {value}; {terms:?}",
                about.id,
                calculator.variant,
                term.name,
                solved.value
            );
            let given = terms[&term.name];
            if (solved.value - given).abs() <= given.abs() * 1e-6 {
                same += 1;
            } else {
                other += 1;
            }
        }
    }
    (same, other)
}

#[test]
fn backwards_undoes_forwards_for_every_calculator() {
    let mut rng = Rng::from_seed(5);
    for about in terms::catalogue() {
        for calculator in &about.calculators {
            let (same, other) = found_again(&about, calculator, &mut rng);
            assert!(
                same > 0,
                "{} {}: no term was found again ({other} others)",
                about.id,
                calculator.variant
            );
        }
    }
}
