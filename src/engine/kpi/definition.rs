//! What a KPI is: a constant with every field compulsory, so that the compiler is the checklist.

use serde_json::Value;

use super::about::{
    AboutReport, ChoiceReport, NeedReport, PartReport, SettingReport, VariantReport,
};
use super::business_type;
use super::estimate::Estimate;
use super::scope::{Basis, Scope};
use crate::engine::base::refusal::Outcome;
use crate::engine::base::{Better, Unit};
use crate::engine::facts::ledger;
use crate::engine::roles::{Kind, Role};

/// One KPI: its words, its rules and its worked examples.
#[derive(Debug)]
pub struct Kpi {
    /// Full name in `snake_case`; part of the interface, and the file's name.
    pub id: &'static str,
    /// Grows when a number changes.
    pub edition: u32,
    /// Full name for people.
    pub name: &'static str,
    /// Acronym, where the trade has one.
    pub short: Option<&'static str>,
    /// The family: also the folder's name.
    pub family: &'static str,
    /// The question it answers.
    pub question: &'static str,
    /// What is counted, in words.
    pub definition: &'static str,
    /// The formula in words and signs.
    pub formula: &'static str,
    /// The unit of its value.
    pub unit: Unit,
    /// Which direction is good.
    pub better: Better,
    /// The tables it can be worked out from; the first that fits is used.
    pub needs: &'static [Need],
    /// What a figure covers unless the user says otherwise.
    pub covers: Covers,
    /// The rules; the first is in force unless another is chosen.
    pub rules: &'static [Rule],
    /// Parameters.
    pub settings: &'static [Setting],
    /// The terms of the formula.
    pub parts: &'static [Part],
    /// What the number cannot tell.
    pub limits: &'static [&'static str],
    /// Worked examples: tests, manual and "show me" at once. At least two, one of them a refusal.
    pub examples: &'static [Example],
}

/// A kind of table and the roles needed in it.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// The kind.
    pub kind: Kind,
    /// The roles; a group holds if any of its roles is there.
    pub roles: &'static [&'static [Role]],
    /// The facts that the KPI then rests on.
    pub basis: Basis,
    /// Whether a table of the kind without the roles is worth a refusal.
    pub expected: Expected,
    /// What another table must hold beside it.
    pub beside: Beside,
}

/// What another table must hold for a figure that rests on two.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Beside {
    /// Nothing: the table says it all.
    Nothing,
    /// Customers with the day on which each began.
    Customers,
    /// The same, for one of its rules; the others do without.
    CustomersIfAny,
    /// What customers pay over time.
    Revenue,
}

/// Whether a KPI is expected of a kind of table.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Expected {
    /// Most tables of the kind can give it: say what is missing where one cannot.
    Usually,
    /// Only some tables of the kind can give it: say nothing where one cannot.
    Sometimes,
}

/// What a figure covers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Covers {
    /// All rows, with or without dates.
    Everything,
    /// So many months that end with the last complete one.
    Months(u32),
    /// The end of the last day that counts; a series has the end of every month.
    LastDay,
    /// All complete months from the first to the last in which a row falls.
    WholeMonths,
}

/// A rule for the same question.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Part of the interface once released.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// The rule in one sentence.
    pub rule: &'static str,
    /// Who uses it, and where that was read.
    pub source: &'static str,
    /// How it is worked out, per basis.
    pub estimates: &'static [(Basis, Estimator)],
    /// Settings of the ledger that the rule brings with it, each a name and a value; empty for
    /// rules that take the ledger as the user has set it.
    pub ledger: &'static [(&'static str, &'static str)],
    /// The way from the default rule to this one, for rules that are no sums of classes.
    pub path: Option<Path>,
    /// The unit of its figure where that is not the KPI's: a mean beside a share.
    pub unit: Option<Unit>,
}

/// The way from the default rule's figure to another rule's, step by step.
pub type Path = fn(&Scope<'_>) -> Outcome<Vec<PathStep>>;

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq)]
pub struct PathStep {
    /// What makes the difference, as a short phrase.
    pub says: &'static str,
    /// The figure after the step.
    pub value: f64,
    /// The customers behind it, by their number in the ledger, ascending; by their row where the
    /// facts are no ledger.
    pub customers: Vec<u32>,
}

impl PathStep {
    /// A step; the customers may come in any order and more than once.
    pub fn new(says: &'static str, value: f64, mut customers: Vec<u32>) -> Self {
        customers.sort_unstable();
        customers.dedup();
        Self {
            says,
            value,
            customers,
        }
    }
}

/// Works out a KPI on a scope.
pub type Estimator = fn(&Scope<'_>) -> Outcome<Estimate>;

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name without the KPI's id.
    pub name: &'static str,
    /// What values it takes.
    pub takes: Takes,
    /// What holds unless set, in words; the KPI decides by the data.
    pub default: &'static str,
    /// What it does.
    pub says: &'static str,
}

/// What values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Takes {
    /// A number.
    Number,
    /// Names as they stand in a column: a list of texts, or one text with commas between them.
    Words,
    /// A number for each of some names, as an object.
    NumberByName,
    /// A list of objects, of the form that the manual of embedding shows.
    Objects,
    /// One of these, each with its meaning; the first is the default.
    OneOf(&'static [(&'static str, &'static str)]),
}

/// A term of the formula.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its name in `parts`.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// What it is, in words.
    pub says: &'static str,
}

/// A worked example, from pasted cells to the figure.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// A claim, in `snake_case`.
    pub name: &'static str,
    /// The cells as pasted.
    pub pasted: &'static str,
    /// Options as JSON; empty for none.
    pub options: &'static str,
    /// What must come out.
    pub gives: Gives,
}

/// What an example gives.
#[derive(Clone, Copy, Debug)]
pub enum Gives {
    /// A value, and some of its terms.
    Value(f64, &'static [(&'static str, f64)]),
    /// A refusal with this code.
    Refusal(&'static str),
}

impl Kpi {
    /// The rule with this id. For an unknown id or none the default one, unless it needs other
    /// facts: then the first that rows like these can be asked for. What is typed is meant for a
    /// rule, so there the default one says what it lacks.
    pub fn rule(&self, id: Option<&str>, basis: Basis) -> &'static Rule {
        let chosen = id.and_then(|id| self.rules.iter().find(|rule| rule.id == id));
        let applies = |rule: &&'static Rule| {
            let mut bases = rule.estimates.iter().map(|(own, _)| *own);
            bases.any(|own| own == basis || Some(own) == basis.dated_otherwise())
        };
        let first = || {
            let mut rules = self.rules.iter();
            rules.find(applies).filter(|_| basis != Basis::Typed)
        };
        chosen.or_else(first).unwrap_or(&self.rules[0])
    }

    /// The unit of a rule's figure.
    pub fn unit_of(&self, rule: &Rule) -> Unit {
        rule.unit.unwrap_or(self.unit)
    }

    /// Whether it is worked out from customers' revenue over time, so that the settings of the
    /// ledger decide about it.
    pub fn rests_on_ledger(&self) -> bool {
        self.needs
            .iter()
            .any(|need| need.kind == Kind::Subscription)
    }

    /// The description that travels to the page and the API.
    pub fn report(&self) -> AboutReport {
        AboutReport {
            id: self.id.to_owned(),
            edition: self.edition,
            name: self.name.to_owned(),
            short: self.short.map(str::to_owned),
            family: self.family.to_owned(),
            question: self.question.to_owned(),
            definition: self.definition.to_owned(),
            formula: self.formula.to_owned(),
            unit: self.unit,
            better: self.better,
            needs: self.needs.iter().map(Need::report).collect(),
            variants: self
                .rules
                .iter()
                .enumerate()
                .map(|(place, rule)| VariantReport {
                    id: rule.id.to_owned(),
                    name: rule.name.to_owned(),
                    rule: rule.rule.to_owned(),
                    source: rule.source.to_owned(),
                    unit: rule.unit,
                    default: place == 0,
                })
                .collect(),
            settings: self.setting_reports(),
            parts: self
                .parts
                .iter()
                .map(|part| PartReport {
                    name: part.name.to_owned(),
                    unit: part.unit,
                    says: part.says.to_owned(),
                })
                .collect(),
            limits: self
                .limits
                .iter()
                .map(|limit| (*limit).to_owned())
                .collect(),
            first_for: business_type::first_for(self.id)
                .into_iter()
                .map(|(kind, place)| (kind.to_owned(), place))
                .collect(),
            calculators: Vec::new(),
            worked: Vec::new(),
        }
    }
}

impl Kpi {
    /// Its own settings, then those that it shares.
    fn setting_reports(&self) -> Vec<SettingReport> {
        let shared = self.rests_on_ledger().then(ledger_settings);
        self.settings
            .iter()
            .map(|setting| SettingReport {
                name: format!("{}.{}", self.id, setting.name),
                value_type: String::from(match setting.takes {
                    Takes::Number => "number",
                    Takes::Words => "words",
                    Takes::NumberByName => "numbers by name",
                    Takes::Objects => "objects",
                    Takes::OneOf(_) => "choice",
                }),
                default: Value::String(setting.default.to_owned()),
                says: setting.says.to_owned(),
                choices: match setting.takes {
                    Takes::Number | Takes::Words | Takes::NumberByName | Takes::Objects => {
                        Vec::new()
                    }
                    Takes::OneOf(values) => choices(values),
                },
            })
            .chain(shared.into_iter().flatten())
            .collect()
    }
}

impl Need {
    fn report(&self) -> NeedReport {
        let first = self.roles.iter().filter_map(|group| group.first());
        NeedReport {
            kind: self.kind.id().to_owned(),
            roles: first.map(|role| role.id().to_owned()).collect(),
        }
    }
}

/// The settings of the ledger, which all KPIs on it share.
fn ledger_settings() -> Vec<SettingReport> {
    ledger::choices::SETTINGS
        .iter()
        .map(|setting| SettingReport {
            name: format!("{}{}", ledger::choices::PREFIX, setting.name),
            value_type: String::from("choice"),
            default: Value::String(setting.values.first().map_or("", |it| it.0).to_owned()),
            says: setting.says.to_owned(),
            choices: choices(setting.values),
        })
        .collect()
}

fn choices(values: &[(&str, &str)]) -> Vec<ChoiceReport> {
    values
        .iter()
        .map(|(value, says)| ChoiceReport {
            value: (*value).to_owned(),
            says: (*says).to_owned(),
        })
        .collect()
}
