//! What customers were promised, where the user says it: hours by target and priority.

use std::collections::BTreeMap;

use serde_json::Value;

use super::service_levels::Target;
use crate::engine::base::Error;
use crate::engine::roles::synonyms::normal;

/// What the names of these settings begin with.
pub const PREFIX: &str = "service_level_attainment.";

/// Promised times, and how they are measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Promises {
    first_response: Hours,
    resolution: Hours,
    /// What a column of promised times is about, where its header does not say.
    pub column_is_for: Option<Target>,
    /// Times are measured in business hours.
    pub in_business_hours: bool,
}

/// Hours promised for one target.
#[derive(Clone, Debug, Default, PartialEq)]
struct Hours {
    /// For every priority that is not listed.
    all: Option<f64>,
    /// By priority, in normal form.
    by_priority: Vec<(String, f64)>,
}

impl Promises {
    /// The promises that the settings tell.
    ///
    /// # Errors
    /// `setting_invalid` where a promise is no number of hours above nothing, or a choice is not
    /// known.
    pub fn from_settings(settings: &BTreeMap<String, Value>) -> Result<Self, Error> {
        let get = |name: &str| settings.get(&format!("{PREFIX}{name}"));
        let hours = |name: &str| -> Result<Hours, Error> {
            let by_name = format!("{name}_by_priority");
            let all = get(name).map(|value| positive(name, value)).transpose()?;
            let mut by_priority = Vec::new();
            match get(&by_name) {
                None => {}
                Some(Value::Object(entries)) => {
                    for (priority, value) in entries {
                        by_priority.push((normal(priority), positive(&by_name, value)?));
                    }
                }
                Some(_) => return Err(invalid(&by_name)),
            }
            Ok(Hours { all, by_priority })
        };
        Ok(Self {
            first_response: hours("first_response_hours")?,
            resolution: hours("resolution_hours")?,
            column_is_for: match get("target_is_for").map(Value::as_str) {
                None | Some(Some("by_header")) => None,
                Some(Some("first_response")) => Some(Target::FirstResponse),
                Some(Some("resolution")) => Some(Target::Resolution),
                Some(_) => return Err(invalid("target_is_for")),
            },
            in_business_hours: match get("measured_in").map(Value::as_str) {
                None | Some(Some("calendar_hours")) => false,
                Some(Some("business_hours")) => true,
                Some(_) => return Err(invalid("measured_in")),
            },
        })
    }

    /// Hours promised for a target at a priority; absent where nothing is promised.
    pub fn hours(&self, target: Target, priority: &str) -> Option<f64> {
        let hours = match target {
            Target::FirstResponse => &self.first_response,
            Target::Resolution => &self.resolution,
            Target::Whole => return None,
        };
        let word = normal(priority);
        let listed = hours.by_priority.iter().find(|(known, _)| *known == word);
        listed.map(|(_, hours)| *hours).or(hours.all)
    }

    /// Whether anything is promised for a target.
    pub fn has(&self, target: Target) -> bool {
        match target {
            Target::FirstResponse => self.first_response != Hours::default(),
            Target::Resolution => self.resolution != Hours::default(),
            Target::Whole => false,
        }
    }
}

fn positive(name: &str, value: &Value) -> Result<f64, Error> {
    let hours = value.as_f64().filter(|hours| *hours > 0.0);
    hours.ok_or_else(|| invalid(name))
}

fn invalid(name: &str) -> Error {
    Error::new(
        "setting_invalid",
        format!("The setting {PREFIX}{name} does not know the value given."),
        "Give hours above nothing, by priority as {\"urgent\": 1, \"high\": 4}, or one of the values that the manual lists.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Result<Promises, Error> {
        Promises::from_settings(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn a_priority_that_is_not_listed_has_the_promise_for_all() {
        let promises = of(r#"{"service_level_attainment.first_response_hours":8,
            "service_level_attainment.first_response_hours_by_priority":{"Urgent":1}}"#)
        .unwrap();
        let hours = |priority| promises.hours(Target::FirstResponse, priority);
        assert_eq!((hours("urgent"), hours("LOW")), (Some(1.0), Some(8.0)));
        assert_eq!(promises.hours(Target::Resolution, "urgent"), None);
        assert!(promises.has(Target::FirstResponse) && !promises.has(Target::Resolution));
    }

    #[test]
    fn a_promise_that_is_none_is_an_error() {
        for bad in [
            r#"{"service_level_attainment.first_response_hours":0}"#,
            r#"{"service_level_attainment.resolution_hours":"soon"}"#,
            r#"{"service_level_attainment.resolution_hours_by_priority":[1]}"#,
            r#"{"service_level_attainment.resolution_hours_by_priority":{"low":-1}}"#,
            r#"{"service_level_attainment.measured_in":"weeks"}"#,
            r#"{"service_level_attainment.target_is_for":3}"#,
        ] {
            assert_eq!(of(bad).unwrap_err().code, "setting_invalid", "{bad}");
        }
    }
}
