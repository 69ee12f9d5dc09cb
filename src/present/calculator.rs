//! Calculators: a KPI from typed figures, as fields, a question and an answer.

use crate::present::language::say;
use std::collections::BTreeMap;

use super::format::Habits;
use super::words;
use crate::engine::base::Unit;
use crate::engine::calculator::{Calculation, CalculationQuery, Wanted};
use crate::engine::kpi::AboutReport;
use crate::engine::kpi::about::{TermReport, WorkedReport};

/// What the reader chose and typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Typed {
    /// The KPI's id; empty for the first of the catalogue.
    pub kpi: String,
    /// The rule's id; empty for the first that takes figures.
    pub variant: String,
    /// What was typed, by the name of the term.
    pub figures: BTreeMap<String, String>,
    /// The term that is looked for; empty for none.
    pub wanted: String,
    /// The figure that it should lead to, as typed.
    pub target: String,
}

/// A calculator, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct CalculatorView {
    /// All KPIs: id and name.
    pub kpis: Vec<(String, String)>,
    /// The KPI shown.
    pub kpi: String,
    /// Its rules that take figures: id and name.
    pub rules: Vec<(String, String)>,
    /// The rule shown.
    pub variant: String,
    /// What the rule does.
    pub rule: String,
    /// One a term.
    pub fields: Vec<FieldView>,
    /// The terms that can be looked for, after the choice of none.
    pub wanted: Vec<(String, String)>,
    /// The unit in which a target is typed, as a sign; empty for plain numbers.
    pub target_sign: &'static str,
    /// Examples that fill the fields.
    pub examples: Vec<ExampleView>,
    /// The formula in words.
    pub formula: String,
    /// What the number cannot tell.
    pub limits: Vec<String>,
}

/// An example that one click fills in.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleView {
    /// What it shows.
    pub says: String,
    /// What popular articles get wrong about it; empty where nothing is known.
    pub note: String,
    /// Its figures.
    pub typed: Typed,
}

/// A field for a term.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldView {
    /// The term's name.
    pub name: String,
    /// Its name in words.
    pub label: String,
    /// What it is.
    pub says: String,
    /// The unit in which it is typed, as a sign; empty for plain numbers.
    pub sign: &'static str,
    /// Whether the formula cannot do without it.
    pub needed: bool,
    /// What stands in it.
    pub typed: String,
}

/// The calculator for what was chosen; nothing while the catalogue is empty.
pub fn calculator(catalogue: &[AboutReport], typed: &Typed) -> Option<CalculatorView> {
    let able: Vec<&AboutReport> = catalogue
        .iter()
        .filter(|about| !about.calculators.is_empty())
        .collect();
    let chosen = able.iter().find(|about| about.id == typed.kpi);
    let about = *chosen.or(able.first())?;
    let of_rule = about
        .calculators
        .iter()
        .find(|it| it.variant == typed.variant);
    let calculator = of_rule.or(about.calculators.first())?;
    let rule = about
        .variants
        .iter()
        .find(|it| it.id == calculator.variant)?;
    let named = |id: &str| {
        let rule = about.variants.iter().find(|it| it.id == id);
        rule.map_or_else(|| id.to_owned(), |it| it.name.clone())
    };
    let none = (String::new(), say(words::LOOK_FOR_NONE).to_owned());
    let terms = calculator.terms.iter();
    Some(CalculatorView {
        kpis: able
            .iter()
            .map(|it| (it.id.clone(), it.name.clone()))
            .collect(),
        kpi: about.id.clone(),
        rules: about
            .calculators
            .iter()
            .map(|it| (it.variant.clone(), named(&it.variant)))
            .collect(),
        variant: calculator.variant.clone(),
        rule: rule.rule.clone(),
        fields: terms.clone().map(|term| field(term, typed)).collect(),
        wanted: std::iter::once(none)
            .chain(terms.map(|term| (term.name.clone(), words::plain_name(&term.name))))
            .collect(),
        target_sign: sign(rule.unit.unwrap_or(about.unit)),
        examples: about.worked.iter().map(|it| example(about, it)).collect(),
        formula: about.formula.clone(),
        limits: about.limits.clone(),
    })
}

fn field(term: &TermReport, typed: &Typed) -> FieldView {
    FieldView {
        name: term.name.clone(),
        label: words::plain_name(&term.name),
        says: words::sentence(&term.says),
        sign: sign(term.unit),
        needed: term.needed,
        typed: typed.figures.get(&term.name).cloned().unwrap_or_default(),
    }
}

fn example(about: &AboutReport, worked: &WorkedReport) -> ExampleView {
    let calculators = about.calculators.iter();
    let terms = calculators
        .filter(|it| it.variant == worked.variant)
        .flat_map(|it| &it.terms);
    let unit = |name: &str| {
        let term = terms.clone().find(|term| term.name == name);
        term.map_or(Unit::Count, |term| term.unit)
    };
    let figures = worked
        .terms
        .iter()
        .map(|(name, figure)| (name.clone(), written(*figure, unit(name))));
    let typed = Typed {
        kpi: about.id.clone(),
        variant: worked.variant.clone(),
        figures: figures.collect(),
        ..Typed::default()
    };
    ExampleView {
        says: worked.says.clone(),
        note: worked.note.clone(),
        typed,
    }
}

fn sign(unit: Unit) -> &'static str {
    match unit {
        Unit::Ratio => "%",
        Unit::Hours => "h",
        Unit::Days => "d",
        Unit::Months => say(words::MONTHS),
        Unit::Times => "×",
        Unit::Score | Unit::Money | Unit::Count => "",
    }
}

/// A figure as it is typed: shares in percent.
fn written(figure: f64, unit: Unit) -> String {
    // Seventeen digits of a percentage are more than anybody typed.
    let figure = if unit == Unit::Ratio {
        (figure * 1e12).round() / 1e10
    } else {
        figure
    };
    figure.to_string()
}

/// A figure as typed: shares in percent; nothing where it is no number.
pub fn parsed(typed: &str, unit: Unit) -> Option<f64> {
    let digits = typed
        .trim()
        .replace(['%', '\u{a0}', '\u{202f}', ' '], "")
        .replace(',', ".")
        .replace('\u{2212}', "-");
    let number = digits.parse::<f64>().ok().filter(|it| it.is_finite())?;
    Some(if unit == Unit::Ratio {
        number / 100.0
    } else {
        number
    })
}

/// The question that the fields ask, as far as they are filled; nothing where a needed one is empty
/// and not looked for, or where the target is no number.
pub fn query(catalogue: &[AboutReport], typed: &Typed) -> Option<CalculationQuery> {
    let view = calculator(catalogue, typed)?;
    let about = catalogue.iter().find(|it| it.id == view.kpi)?;
    let calculator = about
        .calculators
        .iter()
        .find(|it| it.variant == view.variant)?;
    let rule = about.variants.iter().find(|it| it.id == view.variant)?;
    let mut terms = BTreeMap::new();
    for term in &calculator.terms {
        if term.name == typed.wanted {
            continue;
        }
        let given = typed.figures.get(&term.name);
        match given.and_then(|given| parsed(given, term.unit)) {
            Some(figure) => {
                terms.insert(term.name.clone(), figure);
            }
            None if term.needed => return None,
            None => {}
        }
    }
    let is_term = calculator.terms.iter().any(|it| it.name == typed.wanted);
    let solve = if is_term {
        Some(Wanted {
            term: typed.wanted.clone(),
            target: parsed(&typed.target, rule.unit.unwrap_or(about.unit))?,
        })
    } else {
        None
    };
    Some(CalculationQuery {
        kpi: view.kpi,
        variant: Some(view.variant),
        terms,
        solve,
        settings: BTreeMap::new(),
    })
}

/// An answer, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerView {
    /// The figure, or that there is none.
    pub value: String,
    /// What it is a figure of.
    pub label: String,
    /// Its interval; empty where there is none.
    pub interval: String,
    /// What the term must be, as a sentence; empty where none was looked for.
    pub solved: String,
    /// The terms and what came of them: name and figure.
    pub parts: Vec<(String, String)>,
    /// Why there is no figure: what, and what to do.
    pub refusal: Option<(String, String)>,
}

/// What was worked out, in words.
pub fn answer(
    habits: &Habits,
    catalogue: &[AboutReport],
    found: &Calculation,
) -> Option<AnswerView> {
    let about = catalogue.iter().find(|it| it.id == found.kpi)?;
    let unit_of = |name: &str| {
        let terms = about.calculators.iter().flat_map(|it| &it.terms);
        let part = about.parts.iter().find(|part| part.name == name);
        let term = terms.clone().find(|term| term.name == name);
        part.map(|it| it.unit)
            .or(term.map(|it| it.unit))
            .unwrap_or(Unit::Count)
    };
    let value = found.value.map(|value| habits.value(value, found.unit));
    let solved = found.solved.as_ref().map(|solved| {
        let meets = if solved.exact {
            say(words::MET_EXACTLY)
        } else {
            say(words::MET_NEXT)
        };
        let term = words::plain_name(&solved.term);
        format!(
            "{term}: {}. {meets}",
            habits.fine(solved.value, solved.unit)
        )
    });
    Some(AnswerView {
        value: value.unwrap_or_else(|| say(words::NOT_AVAILABLE).to_owned()),
        label: about.name.clone(),
        interval: found
            .interval
            .as_ref()
            .map(|it| habits.interval(it, found.unit))
            .unwrap_or_default(),
        solved: solved.unwrap_or_default(),
        parts: found
            .parts
            .0
            .iter()
            .map(|(name, value)| (words::plain_name(name), habits.fine(*value, unit_of(name))))
            .collect(),
        refusal: found
            .refusal
            .as_ref()
            .map(|it| (it.message.clone(), it.hint.clone())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calculator::{calculate, terms};

    fn typed(kpi: &str, figures: &[(&str, &str)]) -> Typed {
        let figures = figures.iter();
        Typed {
            kpi: kpi.to_owned(),
            figures: figures
                .map(|(name, it)| ((*name).to_owned(), (*it).to_owned()))
                .collect(),
            ..Typed::default()
        }
    }

    #[test]
    fn every_example_fills_the_fields_so_that_a_figure_comes_out() {
        let catalogue = terms::catalogue();
        for about in &catalogue {
            let view = calculator(&catalogue, &typed(&about.id, &[])).unwrap();
            for example in view.examples {
                let says = example.says;
                let query = query(&catalogue, &example.typed);
                let query = query.unwrap_or_else(|| panic!("{}: {says}", about.id));
                let found = calculate(&query).unwrap();
                assert!(found.value.is_some(), "{}: {says}", about.id);
            }
        }
    }

    #[test]
    fn shares_are_typed_in_percent() {
        assert_eq!(parsed("92,5 %", Unit::Ratio), Some(0.925));
        assert_eq!(parsed("\u{2212}3", Unit::Score), Some(-3.0));
        assert_eq!(parsed("", Unit::Count), None);
        assert_eq!(written(0.07, Unit::Ratio), "7");
    }

    #[test]
    fn a_question_waits_for_its_needed_figures() {
        let catalogue = terms::catalogue();
        let half = typed("renewal_rate", &[("due", "100")]);
        assert_eq!(query(&catalogue, &half), None);
        let looked_for = Typed {
            wanted: String::from("renewed"),
            target: String::from("80"),
            ..half
        };
        let found = calculate(&query(&catalogue, &looked_for).unwrap()).unwrap();
        let answer = answer(&Habits::default(), &catalogue, &found).unwrap();
        assert_eq!(answer.value, "80.0%");
        assert!(
            answer.solved.starts_with("Renewed: 80."),
            "{}",
            answer.solved
        );
    }
}
