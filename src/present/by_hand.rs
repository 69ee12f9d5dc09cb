//! The score of an account by hand: set, lowered or lifted, and what a choice does to the options.

use crate::present::language::say;
use serde_json::{Map, Value, json};

use super::words;
use crate::engine::base::Error;
use crate::engine::options::Options;
use crate::engine::report::Report;

/// The setting that lists what hands do.
const OVERRIDES: &str = "customer_health_score.overrides";

/// What a hand does, as the setting names it, and in words.
pub const EFFECTS: [(&str, &str); 3] = [
    ("score", words::HAND_IS),
    ("at_most", words::HAND_AT_MOST),
    ("at_least", words::HAND_AT_LEAST),
];

/// The column of the list whose cells are the ids of accounts.
pub fn column(report: &Report) -> Option<String> {
    let base = &report.joins.as_ref()?.base;
    let table = report.tables.iter().find(|table| table.name == *base)?;
    let mut columns = table.columns.iter();
    let found = columns.find(|column| column.role.as_deref() == Some("customer"))?;
    Some(found.name.clone())
}

/// What a hand does to the score of an account: the effect and the points as typed; nothing where
/// the options name others or none.
pub fn of_account(options: &Options, column: &str, customer: &str) -> Option<(String, String)> {
    let own = listed(options)
        .into_iter()
        .find(|it| is_of(it, column, customer))?;
    let (effect, _) = EFFECTS
        .iter()
        .find(|(effect, _)| own.contains_key(*effect))?;
    Some(((*effect).to_owned(), own.get(*effect)?.to_string()))
}

/// The options with a score by hand; without it where nothing is typed.
///
/// # Errors
/// `points_invalid` where what was typed is no number from 0 to 100.
pub fn with_hand(
    mut options: Options,
    (column, customer): (&str, &str),
    effect: &str,
    typed: &str,
) -> Result<Options, Error> {
    let mut all = listed(&options);
    all.retain(|it| !is_of(it, column, customer));
    let typed = typed.trim().replace(',', ".");
    if !typed.is_empty() {
        let points = typed
            .parse::<f64>()
            .ok()
            .filter(|it| (0.0..=100.0).contains(it));
        let points =
            points.ok_or_else(|| Error::new("points_invalid", say(words::HAND_INVALID), ""))?;
        let mut own = Map::new();
        own.insert(String::from("column"), json!(column));
        own.insert(String::from("is"), json!([customer]));
        own.insert(effect.to_owned(), json!(points));
        all.push(own);
    }
    if all.is_empty() {
        options.settings.remove(OVERRIDES);
    } else {
        let all = all.into_iter().map(Value::Object).collect();
        options
            .settings
            .insert(OVERRIDES.to_owned(), Value::Array(all));
    }
    Ok(options)
}

fn listed(options: &Options) -> Vec<Map<String, Value>> {
    let own = options.settings.get(OVERRIDES).and_then(Value::as_array);
    own.into_iter()
        .flatten()
        .filter_map(|it| it.as_object().cloned())
        .collect()
}

/// Whether an entry speaks of this account and no other.
fn is_of(entry: &Map<String, Value>, column: &str, customer: &str) -> bool {
    entry.get("column").and_then(Value::as_str) == Some(column)
        && entry.get("is") == Some(&json!([customer]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_sets_one_account_and_takes_it_back() {
        let of = |options: Options, customer: &str, effect: &str, typed: &str| {
            with_hand(options, ("id", customer), effect, typed)
        };
        let options = of(Options::default(), "A1", "at_most", "40").unwrap();
        let options = of(options, "A2", "score", "12,5").unwrap();
        let expected = json!([
            {"column": "id", "is": ["A1"], "at_most": 40.0},
            {"column": "id", "is": ["A2"], "score": 12.5},
        ]);
        assert_eq!(options.settings[OVERRIDES], expected);
        let of_two = of_account(&options, "id", "A2");
        assert_eq!(of_two, Some((String::from("score"), String::from("12.5"))));
        assert_eq!(
            of(options.clone(), "A1", "score", "101").unwrap_err().code,
            "points_invalid"
        );
        let options = of(options, "A1", "score", "").unwrap();
        assert_eq!(of_account(&options, "id", "A1"), None);
        assert_eq!(of(options, "A2", "score", " ").unwrap(), Options::default());
    }
}
