//! Calculator: a KPI from typed figures, forwards and backwards, without a table.
//!
//! Takes: a KPI, a rule and figures by the names of its terms. Gives: the figure with its interval,
//! or the term that reaches a wanted figure; or a refusal, the same as from rows.
//! Never: knows a KPI; has a formula of its own. Which terms there are is found by asking the KPI's
//! own estimator ([`terms`]), and backwards is a search over forwards ([`solve`]).
//! Start at [`calculate`]. Tests: `tests/calculators.rs`.

pub mod solve;
pub mod terms;
pub mod worked;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::base::refusal::Outcome;
use super::base::{Error, Refusal, Unit};
use super::facts::Typed;
use super::kpi::definition::{Kpi, Rule};
use super::kpi::estimate::Estimate;
use super::kpi::registry;
use super::kpi::scope::{Basis, Detail, Scope, Subject};
use super::report::{Interval, Parts};

/// What is to be worked out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CalculationQuery {
    /// The KPI's id.
    pub kpi: String,
    /// The rule's id; absent: the first that can be worked out from typed figures.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub variant: Option<String>,
    /// Figures by the names of the terms; shares as fractions.
    #[serde(default)]
    pub terms: BTreeMap<String, f64>,
    /// Which term is looked for, and the figure that it should lead to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub solve: Option<Wanted>,
    /// Parameters of the KPI by full name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub settings: BTreeMap<String, Value>,
}

/// A figure that is wanted, and the term that may change for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// The name of the term.
    pub term: String,
    /// The wanted figure, in the unit of the rule.
    pub target: f64,
}

/// What was worked out.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Calculation {
    /// The KPI's id.
    pub kpi: String,
    /// The rule's id.
    pub variant: String,
    /// The unit of the value.
    pub unit: Unit,
    /// The figure; absent where it is refused. With a term looked for: what that term gives.
    pub value: Option<f64>,
    /// How many it rests on.
    pub n: Option<u64>,
    /// Its interval, where typed figures tell one.
    pub interval: Option<Interval>,
    /// Every term of the formula.
    pub parts: Parts,
    /// The term that was looked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub solved: Option<Solved>,
    /// Why there is no figure.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
}

/// A term that reaches a wanted figure.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Solved {
    /// Its name.
    pub term: String,
    /// Its unit.
    pub unit: Unit,
    /// What it must be; a whole number where it is a count.
    pub value: f64,
    /// Whether the figure is met exactly; a count often passes it.
    pub exact: bool,
}

/// Works a KPI out from typed figures.
///
/// # Errors
/// `kpi_unknown`, `variant_unknown`, `term_unknown`; that a figure cannot be given is no error but a
/// refusal in the answer.
pub fn calculate(query: &CalculationQuery) -> Result<Calculation, Error> {
    let kpi = registry::find(&query.kpi).ok_or_else(|| {
        Error::new(
            "kpi_unknown",
            "There is no KPI with this id.",
            "Look at the catalogue for its id.",
        )
    })?;
    let rule = rule_of(kpi, query.variant.as_deref())?;
    let known = terms::of(kpi, rule);
    let unknown = |term: &&String| !known.iter().any(|it| it.name == **term);
    let wanted = query.solve.as_ref().map(|it| &it.term);
    if let Some(term) = query.terms.keys().chain(wanted).find(unknown) {
        return Err(Error::new(
            "term_unknown",
            format!("The formula has no term called “{term}”."),
            "Use the names of the terms in the catalogue.",
        ));
    }
    let mut found = Calculation {
        kpi: kpi.id.to_owned(),
        variant: rule.id.to_owned(),
        unit: kpi.unit_of(rule),
        value: None,
        n: None,
        interval: None,
        parts: Parts::default(),
        solved: None,
        refusal: None,
    };
    let mut figures = query.terms.clone();
    if let Some(wanted) = &query.solve {
        let unit = known
            .iter()
            .find(|it| it.name == wanted.term)
            .map_or(Unit::Count, |it| it.unit);
        let forwards = |figure: f64| {
            let mut figures = figures.clone();
            figures.insert(wanted.term.clone(), figure);
            estimate(kpi, rule, &figures, &query.settings).map(|it| it.value)
        };
        match solve::reach(wanted.target, unit, kpi.better, &forwards) {
            Ok(value) => {
                figures.insert(wanted.term.clone(), value);
                found.solved = Some(Solved {
                    term: wanted.term.clone(),
                    unit,
                    value,
                    exact: false,
                });
            }
            Err(refusal) => {
                found.refusal = Some(refusal);
                return Ok(found);
            }
        }
    }
    match estimate(kpi, rule, &figures, &query.settings) {
        Ok(estimate) => tell(&mut found, estimate),
        Err(refusal) => found.refusal = Some(refusal),
    }
    if let (Some(solved), Some(wanted), Some(value)) =
        (&mut found.solved, &query.solve, found.value)
    {
        solved.exact = (value - wanted.target).abs() <= wanted.target.abs().max(1.0) * 1e-9;
    }
    Ok(found)
}

fn tell(found: &mut Calculation, estimate: Estimate) {
    found.value = Some(estimate.value);
    found.n = Some(estimate.n);
    found.interval = estimate.interval;
    let parts = estimate.parts.into_iter();
    found.parts = Parts(
        parts
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    );
}

/// The rule with this id, or the first that takes typed figures.
fn rule_of(kpi: &'static Kpi, id: Option<&str>) -> Result<&'static Rule, Error> {
    let fits = |rule: &&'static Rule| match id {
        Some(id) => rule.id == id,
        None => takes_figures(rule) && !terms::of(kpi, rule).is_empty(),
    };
    kpi.rules
        .iter()
        .find(fits)
        .filter(takes_figures)
        .ok_or_else(|| {
            Error::new(
                "variant_unknown",
                "There is no such rule, or it cannot be worked out from typed figures.",
                "Choose one of the rules that the catalogue lists under `calculators`.",
            )
        })
}

/// Whether a rule can be worked out from typed figures.
pub fn takes_figures(rule: &&'static Rule) -> bool {
    rule.estimates
        .iter()
        .any(|(basis, _)| *basis == Basis::Typed)
}

/// The estimate from figures by name.
fn estimate(
    kpi: &'static Kpi,
    rule: &'static Rule,
    figures: &BTreeMap<String, f64>,
    settings: &BTreeMap<String, Value>,
) -> Outcome<Estimate> {
    let typed = Typed::of_figures(figures);
    let found = on_typed(rule, &typed, settings)?;
    if found.value.is_finite() {
        return Ok(found);
    }
    debug_assert!(kpi.rules.iter().any(|it| it.id == rule.id));
    Err(Refusal::new(
        "not_finite",
        "The figure is not a finite number.",
        "Look for numbers that are far too large.",
    ))
}

/// The estimate of a rule on typed figures.
fn on_typed(
    rule: &'static Rule,
    typed: &Typed,
    settings: &BTreeMap<String, Value>,
) -> Outcome<Estimate> {
    let mut estimates = rule.estimates.iter();
    let found = estimates.find(|(basis, _)| *basis == Basis::Typed);
    let Some((_, estimator)) = found else {
        return Err(Refusal::new(
            "rule_not_applicable",
            "This rule cannot be worked out from typed figures.",
            "Choose another rule.",
        ));
    };
    estimator(&Scope {
        subject: Subject::Typed(typed),
        rows: &[0],
        all_rows: &[0],
        ledger: None,
        beside: None,
        same_customers: None,
        tenures: None,
        activity: None,
        open_tickets: None,
        window: None,
        as_of: None,
        unanswered: None,
        settings,
        detail: Detail::Headline,
    })
}
