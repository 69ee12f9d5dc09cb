//! What a KPI says of itself, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::base::{Better, Unit};

/// A KPI's description as it travels to the page, the API (`kpis()`) and the manual.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AboutReport {
    /// Full name in `snake_case`; part of the interface.
    pub id: String,
    /// Grows when a number changes.
    pub edition: u32,
    /// Full name for people.
    pub name: String,
    /// Acronym, where the trade has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub short: Option<String>,
    /// `revenue`, `retention`, `value`, `survey`, `support`, `usage` or `business`.
    pub family: String,
    /// The question it answers.
    pub question: String,
    /// What is counted, in words.
    pub definition: String,
    /// The formula in words and signs.
    pub formula: String,
    /// The unit of its value.
    pub unit: Unit,
    /// Which direction is good.
    pub better: Better,
    /// The tables and roles it can be worked out from; any one of them is enough.
    pub needs: Vec<NeedReport>,
    /// The rules, the default marked.
    pub variants: Vec<VariantReport>,
    /// Parameters.
    pub settings: Vec<SettingReport>,
    /// The terms of the formula, as `parts` of a finding names them.
    pub parts: Vec<PartReport>,
    /// What the number cannot tell.
    pub limits: Vec<String>,
    /// Business types that look at it first, each with its place among theirs, from 0.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub first_for: BTreeMap<String, usize>,
    /// Rules that can be worked out from typed figures.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub calculators: Vec<CalculatorReport>,
    /// Worked examples on typed figures.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub worked: Vec<WorkedReport>,
}

/// A kind of table and the roles needed in it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct NeedReport {
    /// The kind's id.
    pub kind: String,
    /// Ids of roles.
    pub roles: Vec<String>,
}

/// A rule for the same question.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct VariantReport {
    /// Part of the interface once released.
    pub id: String,
    /// For people.
    pub name: String,
    /// The rule in one sentence.
    pub rule: String,
    /// Who uses it, and where that was read.
    pub source: String,
    /// The unit of its figure where that is not the KPI's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<Unit>,
    /// Whether it is in force unless another is chosen.
    pub default: bool,
}

/// A rule that can be worked out from typed figures.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CalculatorReport {
    /// The rule's id.
    pub variant: String,
    /// The figures that it takes, in the order in which it asks for them.
    pub terms: Vec<TermReport>,
}

/// A worked example on typed figures.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct WorkedReport {
    /// What it shows, in a few words.
    pub says: String,
    /// What popular articles get wrong about it; empty where nothing is known.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub note: String,
    /// The rule's id.
    pub variant: String,
    /// The figures by the names of the terms.
    pub terms: BTreeMap<String, f64>,
}

/// A figure that a formula takes.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TermReport {
    /// Its name, as in `parts`.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// What it is, in words.
    pub says: String,
    /// Whether the formula cannot do without it; others are nothing unless given.
    pub needed: bool,
}

/// A parameter of a KPI.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SettingReport {
    /// `<kpi id>.<name>`, as `settings` takes it.
    pub name: String,
    /// `number`, `words`, `numbers by name`, `objects` or `choice`.
    #[serde(rename = "type")]
    pub value_type: String,
    /// What holds unless set.
    pub default: serde_json::Value,
    /// What it does.
    pub says: String,
    /// For a choice: its values, the default first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub choices: Vec<ChoiceReport>,
}

/// A value of a setting.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ChoiceReport {
    /// As `settings` takes it.
    pub value: String,
    /// What it means.
    pub says: String,
}

/// A term of the formula.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PartReport {
    /// Its name in `parts`.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// What it is, in words.
    pub says: String,
}
