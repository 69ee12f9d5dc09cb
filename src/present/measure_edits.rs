//! The measures of a score as fields, and what a choice does to the options.

use crate::present::language::say;
use serde_json::{Map, Value, json};

use super::format::Habits;
use super::{measures, words};
use crate::engine::base::{Error, Unit};
use crate::engine::options::{Direction, Options};
use crate::engine::report::{Finding, MeasureReport};

/// The setting that lists the measures.
const MEASURES: &str = "customer_health_score.measures";

/// The setting of weights by name, which holds while no measures are listed.
const WEIGHTS: &str = "customer_health_score.weights";

/// The largest weight of the slider; any number can be typed.
pub const MOST_WEIGHT: f64 = 5.0;

/// What can be chosen of a measure.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Field {
    /// Its weight.
    Weight,
    /// Which end is good.
    Direction,
    /// How values become points: by their spread, on a line, in steps.
    Points,
    /// The values with their points.
    Knots,
    /// The group it belongs to.
    Group,
    /// What it counts where it is missing.
    Missing,
    /// After how many days a value no longer counts.
    FreshDays,
    /// Of a KPI: how many days it looks back.
    Days,
}

/// One measure as fields.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureEdit {
    /// How the settings name it.
    pub column: String,
    /// Its weight within its group, or among all.
    pub weight: f64,
    /// `high_is_good` or `low_is_good`.
    pub direction: &'static str,
    /// `spread`, `line`, `steps` or `words`.
    pub points: &'static str,
    /// "0: 100, 5: 0"; empty where points go by the spread or by words.
    pub knots: String,
    /// Its group; empty where it is in none.
    pub group: String,
    /// What it counts where it is missing.
    pub missing: String,
    /// After how many days a value no longer counts, empty for never; absent for measures without a
    /// date of their own.
    pub fresh_days: Option<String>,
    /// How many days a KPI looks back; absent for other measures, empty for all.
    pub days: Option<String>,
}

/// The measures of a finding as fields, in its order.
pub fn edits(options: &Options, finding: &Finding) -> Vec<MeasureEdit> {
    let listed = listed(options, finding);
    let measures = finding.measures.iter();
    measures
        .map(|measure| {
            let none = Map::new();
            let own = of_column(&listed, &measure.column).map_or(&none, |at| &listed[at]);
            edit(own, measure)
        })
        .collect()
}

fn edit(own: &Map<String, Value>, measure: &MeasureReport) -> MeasureEdit {
    let text = |name: &str| match own.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let is_kpi = measure.column.starts_with("kpi.");
    let is_figure = measure.column.starts_with("accounts.");
    let points = ["line", "steps", "words"];
    let points = points.into_iter().find(|way| own.contains_key(*way));
    MeasureEdit {
        column: measure.column.clone(),
        weight: own.get("weight").and_then(Value::as_f64).unwrap_or(1.0),
        direction: direction(measure),
        knots: points.map_or_else(String::new, |way| knots(own.get(way))),
        points: points.unwrap_or("spread"),
        group: text("group"),
        missing: measure.missing.clone(),
        fresh_days: (!is_kpi && !is_figure).then(|| text("fresh_days")),
        days: is_kpi.then(|| text("days")),
    }
}

const fn direction(measure: &MeasureReport) -> &'static str {
    match measure.direction {
        Direction::HighIsGood => "high_is_good",
        Direction::LowIsGood => "low_is_good",
    }
}

fn knots(list: Option<&Value>) -> String {
    let list = list.and_then(Value::as_array);
    let pairs = list.into_iter().flatten().filter_map(|pair| {
        let pair = pair.as_array()?;
        Some(format!("{}: {}", pair.first()?, pair.get(1)?))
    });
    pairs.collect::<Vec<_>>().join(", ")
}

/// The measures as the options list them; where they list none, as the report tells them.
fn listed(options: &Options, finding: &Finding) -> Vec<Map<String, Value>> {
    let own = options.settings.get(MEASURES).and_then(Value::as_array);
    if let Some(own) = own {
        return own
            .iter()
            .filter_map(|it| it.as_object().cloned())
            .collect();
    }
    let weights = options.settings.get(WEIGHTS).and_then(Value::as_object);
    let measures = finding.measures.iter().map(|measure| {
        let mut own = Map::new();
        own.insert(String::from("column"), json!(measure.column));
        if let Some(per) = &measure.per {
            own.insert(String::from("per"), json!(per));
        }
        if let Some(weight) = weights.and_then(|it| it.get(&measure.name)) {
            own.insert(String::from("weight"), weight.clone());
        }
        own
    });
    measures.collect()
}

fn of_column(listed: &[Map<String, Value>], column: &str) -> Option<usize> {
    listed
        .iter()
        .position(|it| it.get("column").and_then(Value::as_str) == Some(column))
}

/// The options with these measures and no weights beside them.
fn with(mut options: Options, listed: Vec<Map<String, Value>>) -> Options {
    options.settings.remove(WEIGHTS);
    let listed = listed.into_iter().map(Value::Object).collect();
    options
        .settings
        .insert(MEASURES.to_owned(), Value::Array(listed));
    options
}

/// The options with another choice for a measure. Nothing typed takes a choice back.
///
/// # Errors
/// `measure_field` where what was typed is no weight, no number of days, or no list of values with
/// points.
pub fn with_choice(
    options: Options,
    finding: &Finding,
    (column, field): (&str, Field),
    typed: &str,
) -> Result<Options, Error> {
    let mut listed = listed(&options, finding);
    let Some(own) = of_column(&listed, column).and_then(|at| listed.get_mut(at)) else {
        return Ok(options);
    };
    let typed = typed.trim();
    let number = |least: f64| {
        let number = typed.replace(',', ".").parse::<f64>().ok();
        number
            .filter(|it| it.is_finite() && *it >= least)
            .map(|it| json!(it))
    };
    let (name, value) = match field {
        Field::Weight => ("weight", number(0.0)),
        Field::FreshDays => ("fresh_days", number(f64::MIN_POSITIVE)),
        Field::Days => (
            "days",
            typed
                .parse::<u32>()
                .ok()
                .filter(|it| *it > 0)
                .map(|it| json!(it)),
        ),
        Field::Direction => ("direction", Some(json!(typed))),
        Field::Group => ("group", Some(json!(typed))),
        Field::Missing => ("missing", Some(json!(typed))),
        Field::Points => {
            let measure = finding.measures.iter().find(|it| it.column == column);
            let line = measure.and_then(usual_line);
            for way in ["line", "steps", "words"] {
                own.remove(way);
            }
            match (typed, line) {
                ("line", Some(line)) => ("line", Some(line)),
                ("steps", Some(line)) => ("steps", Some(line)),
                _ => return Ok(with(options, listed)),
            }
        }
        Field::Knots => {
            let way = if own.contains_key("steps") {
                "steps"
            } else {
                "line"
            };
            (way, knots_of(typed))
        }
    };
    match value {
        _ if typed.is_empty() => {
            own.remove(name);
        }
        Some(value) => {
            own.insert(name.to_owned(), value);
        }
        None => return Err(Error::new("measure_field", say(words::MEASURE_FIELD), "")),
    }
    Ok(with(options, listed))
}

/// A line over the values between which points change; over 0 to 1 where there are none.
fn usual_line(measure: &MeasureReport) -> Option<Value> {
    let (low, high) = measure.span.unwrap_or((0.0, 1.0));
    let points = match measure.direction {
        Direction::HighIsGood => [0, 100],
        Direction::LowIsGood => [100, 0],
    };
    (low < high).then(|| json!([[low, points[0]], [high, points[1]]]))
}

/// "0: 100, 5: 0" as pairs of ascending values with points from 0 to 100.
fn knots_of(typed: &str) -> Option<Value> {
    let pairs: Option<Vec<(f64, f64)>> = typed
        .split([',', ';', '\n'])
        .filter(|pair| !pair.trim().is_empty())
        .map(|pair| {
            let (value, points) = pair.split_once(':')?;
            Some((value.trim().parse().ok()?, points.trim().parse().ok()?))
        })
        .collect();
    let pairs = pairs?;
    let ascends = pairs.windows(2).all(|two| two[0].0 < two[1].0);
    let holds = |it: &(f64, f64)| it.0.is_finite() && (0.0..=100.0).contains(&it.1);
    (!pairs.is_empty() && ascends && pairs.iter().all(holds)).then(|| json!(pairs))
}

/// The options with one measure more.
pub fn with_measure(options: Options, finding: &Finding, column: &str) -> Options {
    let mut listed = listed(&options, finding);
    let mut own = Map::new();
    own.insert(String::from("column"), json!(column));
    listed.push(own);
    with(options, listed)
}

/// The options without a measure.
pub fn without_measure(options: Options, finding: &Finding, column: &str) -> Options {
    let mut listed = listed(&options, finding);
    listed.retain(|it| it.get("column").and_then(Value::as_str) != Some(column));
    if listed.is_empty() {
        return usual(options);
    }
    with(options, listed)
}

/// The options with the measures that the tables tell, all of the same weight.
#[must_use]
pub fn usual(mut options: Options) -> Options {
    options.settings.remove(MEASURES);
    options.settings.remove(WEIGHTS);
    options
}

/// Whether the options say what the measures are.
pub fn are_own(options: &Options) -> bool {
    [MEASURES, WEIGHTS]
        .iter()
        .any(|name| options.settings.contains_key(*name))
}

/// What could be a measure besides: how the settings name it, and its name; a blank first.
pub fn offered(finding: &Finding) -> Vec<(String, String)> {
    let mut found = vec![(String::new(), say(words::MEASURE_ADD).to_owned())];
    let all = finding.offered_measures.iter();
    found.extend(all.map(|it| (it.column.clone(), measures::name(&it.name))));
    found
}

/// The score before something is tried, and the choices that led to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The choices.
    pub options: Options,
    /// The mean score, and how many accounts are red, yellow and green.
    score: (Option<f64>, [Option<f64>; 3]),
}

impl Tried {
    /// What there is before something is tried.
    pub fn new(options: Options, finding: &Finding) -> Self {
        Self {
            options,
            score: score(finding),
        }
    }

    /// "Tried: mean score 62.1, now 58.4; red 14, now 22; …"
    pub fn says(&self, habits: &Habits, finding: &Finding) -> String {
        let (before, now) = (self.score, score(finding));
        let mean = |value: Option<f64>| {
            value.map_or_else(
                || String::from("–"),
                |value| habits.value(value, Unit::Score),
            )
        };
        let mut parts = vec![format!("{} → {}", mean(before.0), mean(now.0))];
        let bands = before.1.iter().zip(now.1).zip(words::BANDS.map(say));
        parts.extend(bands.filter_map(|((before, now), name)| {
            let count = |it: f64| habits.count(it as u64);
            Some(format!("{name} {} → {}", count((*before)?), count(now?)))
        }));
        parts.join(", ")
    }
}

/// The mean score, and how many accounts are in each band where that is told.
fn score(finding: &Finding) -> (Option<f64>, [Option<f64>; 3]) {
    let bands = ["red", "yellow", "green"];
    (finding.value, bands.map(|band| finding.parts.get(band)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::report::OfferedMeasure;
    use crate::present::example::Example;

    fn finding() -> Finding {
        let mut finding = Example::new().finding(0).clone();
        let measure = |column: &str, direction| MeasureReport {
            name: column.to_owned(),
            column: column.to_owned(),
            per: None,
            span: Some((2.0, 40.0)),
            direction,
            points: String::new(),
            because: String::new(),
            group: None,
            weight: 0.5,
            missing: String::from("leave_out"),
            fresh_days: None,
            accounts: 3,
            mean_points: Some(50.0),
            adds: 25.0,
        };
        finding.measures = vec![
            measure("logins", Direction::HighIsGood),
            measure("kpi.net_promoter_score", Direction::LowIsGood),
        ];
        finding.offered_measures = vec![OfferedMeasure {
            column: String::from("mrr"),
            name: String::from("mrr"),
        }];
        finding
    }

    fn chosen(options: Options, column: &str, field: Field, typed: &str) -> Options {
        with_choice(options, &finding(), (column, field), typed).unwrap()
    }

    #[test]
    fn a_choice_lists_the_measures_and_holds_for_one_of_them() {
        let options = chosen(Options::default(), "logins", Field::Weight, "2.5");
        let expected =
            json!([{"column":"logins","weight":2.5},{"column":"kpi.net_promoter_score"}]);
        assert_eq!(options.settings[MEASURES], expected);
        assert!(are_own(&options));
        let found = edits(&options, &finding());
        assert!((found[0].weight - 2.5).abs() < 1e-12 && (found[1].weight - 1.0).abs() < 1e-12);
        assert_eq!(
            (found[0].days.as_deref(), found[1].days.as_deref()),
            (None, Some(""))
        );
        assert!(!are_own(&usual(options)));
    }

    #[test]
    fn weights_by_name_are_kept_when_measures_are_listed() {
        let mut options = Options::default();
        options
            .settings
            .insert(WEIGHTS.to_owned(), json!({"logins": 3}));
        let options = chosen(options, "kpi.net_promoter_score", Field::Days, "90");
        let expected =
            json!([{"column":"logins","weight":3},{"column":"kpi.net_promoter_score","days":90}]);
        assert_eq!(options.settings[MEASURES], expected);
        assert!(!options.settings.contains_key(WEIGHTS));
    }

    #[test]
    fn points_are_typed_as_values_with_points() {
        let options = chosen(Options::default(), "logins", Field::Points, "line");
        assert_eq!(edits(&options, &finding())[0].knots, "2.0: 0, 40.0: 100");
        let options = chosen(options, "logins", Field::Knots, "0: 0, 10: 50, 20: 100");
        assert_eq!(
            options.settings[MEASURES][0]["line"],
            json!([[0.0, 0.0], [10.0, 50.0], [20.0, 100.0]])
        );
        for bad in ["x", "5: 0, 5: 1", "1: 101", "nonsense: 3"] {
            let refused = with_choice(options.clone(), &finding(), ("logins", Field::Knots), bad);
            assert_eq!(refused.unwrap_err().code, "measure_field", "{bad}");
        }
        let options = chosen(options, "logins", Field::Points, "spread");
        assert_eq!(edits(&options, &finding())[0].points, "spread");
    }

    #[test]
    fn measures_come_and_go_and_the_last_leaves_the_usual_ones() {
        let finding = finding();
        assert_eq!(offered(&finding)[1].0, "mrr");
        let options = with_measure(Options::default(), &finding, "mrr");
        assert_eq!(options.settings[MEASURES].as_array().unwrap().len(), 3);
        let mut options = options;
        for column in ["logins", "mrr", "kpi.net_promoter_score"] {
            options = without_measure(options, &finding, column);
        }
        assert_eq!(options, Options::default());
    }

    #[test]
    fn what_is_tried_is_held_against_what_was() {
        let mut now = finding();
        let set = |finding: &mut Finding, mean, red| {
            finding.value = Some(mean);
            finding.parts.0 = vec![(String::from("red"), red), (String::from("green"), 4.0)];
        };
        set(&mut now, 62.1, 14.0);
        let tried = Tried::new(Options::default(), &now);
        set(&mut now, 58.4, 22.0);
        let says = tried.says(&Habits::new("en", None), &now);
        assert_eq!(
            says, "62.1 → 58.4, red 14 → 22, green 4 → 4",
            "what is not told is no 0"
        );
    }
}
