//! How accounts are to be scored, where the user says it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::engine::base::Error;
use crate::engine::options::Direction;
use crate::engine::roles::synonyms::normal;

/// What the names of these settings begin with.
pub const PREFIX: &str = "customer_health_score.";

/// The most accounts that a report lists.
const MOST_LISTED: f64 = 200.0;

/// The most days that a look back at the score goes back.
const MOST_DAYS_BACK: f64 = 3_650.0;

/// How accounts are to be scored.
#[derive(Clone, Debug, PartialEq)]
pub struct HealthChoices {
    /// The measures; empty: those that the table's headers tell.
    pub measures: Vec<MeasureChoice>,
    /// Weights of measures by name in normal form.
    weights: Vec<(String, f64)>,
    /// Weights of groups by name in normal form.
    groups: Vec<(String, f64)>,
    /// What a missing measure counts.
    pub missing: Missing,
    /// Accounts whose score is set, lowered or lifted by hand.
    pub overrides: Vec<OverrideChoice>,
    /// Scores above this are yellow.
    pub yellow_above: f64,
    /// Scores above this are green.
    pub green_above: f64,
    /// A score at the edge of two bands is in the upper one.
    pub edge_is_upper: bool,
    /// Share of the weight that an account must have measures for.
    pub least_coverage: f64,
    /// Accounts that have left are scored too.
    pub scores_lost: bool,
    /// How many accounts with the lowest scores the report lists.
    pub lowest_accounts: usize,
    /// How many days a look back at the score goes back first of all.
    pub backtest_days: u32,
}

impl Default for HealthChoices {
    fn default() -> Self {
        Self {
            measures: Vec::new(),
            weights: Vec::new(),
            groups: Vec::new(),
            missing: Missing::LeaveOut,
            overrides: Vec::new(),
            yellow_above: 50.0,
            green_above: 75.0,
            edge_is_upper: false,
            least_coverage: 0.5,
            scores_lost: false,
            lowest_accounts: 0,
            backtest_days: 90,
        }
    }
}

/// One measure as the user describes it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct MeasureChoice {
    /// Header of its column.
    pub column: String,
    /// Header of a column by which it is divided.
    pub per: Option<String>,
    /// Of a KPI: so many days back from the last day that counts; all rows unless given.
    pub days: Option<u32>,
    /// Which end is good.
    pub direction: Option<Direction>,
    /// Values with their points, ascending; straight lines between them, flat beyond.
    pub line: Vec<(f64, f64)>,
    /// Values with the points that hold from each of them on, ascending.
    pub steps: Vec<(f64, f64)>,
    /// Points by the word in the cell.
    pub words: BTreeMap<String, f64>,
    /// Its weight within its group, or among all where it has none; 1 unless given.
    pub weight: Option<f64>,
    /// The group it belongs to.
    pub group: Option<String>,
    /// What it counts where it is missing.
    pub missing: Option<Missing>,
    /// After how many days a value no longer counts.
    pub fresh_days: Option<f64>,
    /// Header of the column that says how old a value is.
    pub dated_by: Option<String>,
}

/// What the name of a figure of the accounts begins with where settings name it as a measure.
const OF_ACCOUNTS: &str = "accounts.";

/// The same for a KPI that is worked out for each account by itself.
const OF_KPIS: &str = "kpi.";

impl MeasureChoice {
    /// The figure of the accounts that it means; absent where it means a column of the list. A KPI
    /// under a rule of its own is written with the rule behind a dot.
    pub fn figure(&self) -> Option<&str> {
        let is_kpi = self.column.starts_with(OF_KPIS);
        let own = is_kpi.then_some(self.column.as_str());
        own.or_else(|| self.column.strip_prefix(OF_ACCOUNTS))
    }

    /// The KPI that it means and its rule, where it means one.
    pub fn kpi(&self) -> Option<(&str, Option<&str>)> {
        let named = self.column.strip_prefix(OF_KPIS)?;
        Some(match named.split_once('.') {
            Some((kpi, rule)) => (kpi, Some(rule)),
            None => (named, None),
        })
    }

    /// How settings name a figure of the accounts.
    pub fn naming(figure: &str) -> String {
        if figure.starts_with(OF_KPIS) {
            figure.to_owned()
        } else {
            format!("{OF_ACCOUNTS}{figure}")
        }
    }

    /// How settings name a KPI that is worked out for each account by itself.
    pub fn naming_kpi(kpi: &str) -> String {
        format!("{OF_KPIS}{kpi}")
    }
}

/// What a missing measure counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nothing: the others count for more.
    LeaveOut,
    /// 50 points.
    Neutral,
    /// No points.
    Zero,
    /// The account has no score.
    Withhold,
}

impl Missing {
    /// The name in settings and in the report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::LeaveOut => "leave_out",
            Self::Neutral => "neutral",
            Self::Zero => "zero",
            Self::Withhold => "withhold",
        }
    }
}

/// A score that is changed by hand, for rows whose cell is one of some texts.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct OverrideChoice {
    /// Header of the column.
    pub column: String,
    /// The cells, as written.
    pub is: Vec<String>,
    /// The score that then holds, whatever the measures say.
    pub score: Option<f64>,
    /// The score is then no higher.
    pub at_most: Option<f64>,
    /// The score is then no lower.
    pub at_least: Option<f64>,
}

/// Where a score stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Band {
    /// The lowest.
    Red,
    /// The middle one.
    Yellow,
    /// The highest.
    Green,
}

impl Band {
    /// The name in the report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Yellow => "yellow",
            Self::Green => "green",
        }
    }
}

impl HealthChoices {
    /// The choices that the settings tell.
    ///
    /// # Errors
    /// `setting_invalid` where a weight is below nothing, points or edges lie outside 0 to 100, a
    /// list is not ascending, or a value is of another form.
    pub fn from_settings(settings: &BTreeMap<String, Value>) -> Result<Self, Error> {
        let get = |name: &str| settings.get(&format!("{PREFIX}{name}"));
        let number = |name: &str, default: f64, within: (f64, f64)| match get(name) {
            None => Ok(default),
            Some(value) => value
                .as_f64()
                .filter(|it| within.0 <= *it && *it <= within.1)
                .ok_or_else(|| invalid(name)),
        };
        let flag = |name: &str, (off, on): (&str, &str)| match get(name).map(Value::as_str) {
            None => Ok(false),
            Some(Some(chosen)) if chosen == off => Ok(false),
            Some(Some(chosen)) if chosen == on => Ok(true),
            Some(_) => Err(invalid(name)),
        };
        let usual = Self::default();
        let choices = Self {
            measures: list(get("measures"), "measures", is_measure)?,
            weights: weights(get("weights"), "weights")?,
            groups: weights(get("groups"), "groups")?,
            missing: match get("missing") {
                None => usual.missing,
                Some(value) => Missing::deserialize(value).map_err(|_reason| invalid("missing"))?,
            },
            overrides: list(get("overrides"), "overrides", is_override)?,
            yellow_above: number("yellow_above", usual.yellow_above, (0.0, 100.0))?,
            green_above: number("green_above", usual.green_above, (0.0, 100.0))?,
            edge_is_upper: flag("edge", ("lower_band", "upper_band"))?,
            least_coverage: number("least_coverage", usual.least_coverage, (0.0, 1.0))?,
            scores_lost: flag("lost_accounts", ("left_out", "scored"))?,
            lowest_accounts: number("lowest_accounts", 0.0, (0.0, MOST_LISTED))? as usize,
            backtest_days: number("backtest_days", 90.0, (1.0, MOST_DAYS_BACK))? as u32,
        };
        if choices.yellow_above > choices.green_above {
            return Err(invalid("yellow_above"));
        }
        Ok(choices)
    }

    /// The weight of a measure: its own, else that by its name, else 1.
    pub fn weight_of(&self, name: &str, own: Option<f64>) -> f64 {
        own.or_else(|| found(&self.weights, name)).unwrap_or(1.0)
    }

    /// The weight of a group, 1 unless given.
    pub fn group_weight(&self, name: &str) -> f64 {
        found(&self.groups, name).unwrap_or(1.0)
    }

    /// The band of a score.
    #[expect(
        clippy::needless_bitwise_bool,
        reason = "without branches, which a million scores in no order would make slow"
    )]
    pub fn band(&self, score: f64) -> Band {
        let beyond = |edge: f64| (score > edge) | (self.edge_is_upper & (score >= edge));
        let passed = usize::from(beyond(self.yellow_above)) + usize::from(beyond(self.green_above));
        [Band::Red, Band::Yellow, Band::Green][passed]
    }
}

fn found(weights: &[(String, f64)], name: &str) -> Option<f64> {
    let name = normal(name);
    let listed = weights.iter().find(|(known, _)| *known == name);
    listed.map(|(_, weight)| *weight)
}

/// A list of objects, each of which must hold.
fn list<T: for<'de> Deserialize<'de>>(
    value: Option<&Value>,
    name: &str,
    holds: fn(&T) -> bool,
) -> Result<Vec<T>, Error> {
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    let found = Vec::<T>::deserialize(value).map_err(|_reason| invalid(name))?;
    if found.iter().all(holds) {
        Ok(found)
    } else {
        Err(invalid(name))
    }
}

fn weights(value: Option<&Value>, name: &str) -> Result<Vec<(String, f64)>, Error> {
    let Some(value) = value else {
        return Ok(Vec::new());
    };
    let entries = value.as_object().ok_or_else(|| invalid(name))?;
    let read = entries.iter().map(|(key, value)| {
        let weight = value.as_f64().filter(|it| is_weight(*it));
        Ok((normal(key), weight.ok_or_else(|| invalid(name))?))
    });
    read.collect()
}

fn is_measure(choice: &MeasureChoice) -> bool {
    let lists = [&choice.line, &choice.steps];
    let ways = lists.iter().filter(|list| !list.is_empty()).count();
    let points = lists.iter().flat_map(|list| list.iter().map(|it| it.1));
    !choice.column.is_empty()
        && ways + usize::from(!choice.words.is_empty()) <= 1
        && lists.into_iter().all(|list| is_ascending(list))
        && points.chain(choice.words.values().copied()).all(is_points)
        && choice.weight.is_none_or(is_weight)
        && choice.fresh_days.is_none_or(|days| days > 0.0)
        && choice.days.is_none_or(|days| days > 0)
}

fn is_override(choice: &OverrideChoice) -> bool {
    let effects = [choice.score, choice.at_most, choice.at_least];
    let given: Vec<f64> = effects.into_iter().flatten().collect();
    !choice.column.is_empty() && given.len() == 1 && given.into_iter().all(is_points)
}

fn is_ascending(list: &[(f64, f64)]) -> bool {
    list.iter().all(|it| it.0.is_finite()) && list.windows(2).all(|pair| pair[0].0 < pair[1].0)
}

/// Points are 0 to 100.
fn is_points(points: f64) -> bool {
    (0.0..=100.0).contains(&points)
}

fn is_weight(weight: f64) -> bool {
    weight.is_finite() && weight >= 0.0
}

fn invalid(name: &str) -> Error {
    Error::new(
        "setting_invalid",
        format!("The setting {PREFIX}{name} does not know the value given."),
        "Points and edges are 0 to 100, weights are 0 or more, lists of values ascend; the manual of embedding shows each form.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Result<HealthChoices, Error> {
        HealthChoices::from_settings(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn the_edge_of_a_band_belongs_to_the_lower_one_unless_chosen() {
        let usual = of("{}").unwrap();
        let bands = |choices: &HealthChoices| [50.0, 50.1, 75.0, 76.0].map(|it| choices.band(it));
        assert_eq!(
            bands(&usual),
            [Band::Red, Band::Yellow, Band::Yellow, Band::Green]
        );
        let upper = of(r#"{"customer_health_score.edge":"upper_band"}"#).unwrap();
        assert_eq!(
            bands(&upper),
            [Band::Yellow, Band::Yellow, Band::Green, Band::Green]
        );
    }

    #[test]
    fn weights_go_by_name_however_it_is_written() {
        let choices = of(r#"{"customer_health_score.weights":{"Open Tickets":3}}"#).unwrap();
        assert!((choices.weight_of("open_tickets", None) - 3.0).abs() < 1e-12);
        assert!((choices.weight_of("open_tickets", Some(2.0)) - 2.0).abs() < 1e-12);
        assert!((choices.weight_of("logins", None) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_setting_that_makes_no_sense_is_an_error() {
        for bad in [
            r#"{"customer_health_score.weights":{"a":-1}}"#,
            r#"{"customer_health_score.weights":[1]}"#,
            r#"{"customer_health_score.measures":[{"weight":1}]}"#,
            r#"{"customer_health_score.measures":[{"column":"a","line":[[2,0],[1,100]]}]}"#,
            r#"{"customer_health_score.measures":[{"column":"a","steps":[[2,101]]}]}"#,
            r#"{"customer_health_score.measures":[{"column":"a","line":[[1,0]],"steps":[[1,0]]}]}"#,
            r#"{"customer_health_score.measures":[{"column":"a","colour":"red"}]}"#,
            r#"{"customer_health_score.overrides":[{"column":"a","is":["x"]}]}"#,
            r#"{"customer_health_score.missing":"guess"}"#,
            r#"{"customer_health_score.least_coverage":50}"#,
            r#"{"customer_health_score.yellow_above":80}"#,
            r#"{"customer_health_score.edge":"both"}"#,
            r#"{"customer_health_score.lowest_accounts":1000}"#,
            r#"{"customer_health_score.backtest_days":0}"#,
        ] {
            assert_eq!(of(bad).unwrap_err().code, "setting_invalid", "{bad}");
        }
    }
}
