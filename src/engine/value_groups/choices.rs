//! How customers are to be grouped, where the user says it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::engine::base::Error;

/// What the names of these settings begin with.
pub const PREFIX: &str = "value_groups.";

/// How customers are to be grouped.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Only orders of so many days up to the last one count; absent: all.
    pub days: Option<f64>,
    /// What customers gave back is taken off what they spent.
    pub returns_count: bool,
    /// Days since the last order up to which the score is 5, 4, 3 and 2; absent: fifths.
    pub recency_days: Option<[f64; 4]>,
    /// Orders from which on the score is 2, 3, 4 and 5; absent: fifths.
    pub frequency_orders: Option<[f64; 4]>,
    /// Amounts from which on the score is 2, 3, 4 and 5; absent: fifths.
    pub amounts: Option<[f64; 4]>,
    /// The share of the revenue that band A makes, 0 to 1.
    pub a_until: f64,
    /// The share of the revenue that bands A and B make together, 0 to 1.
    pub b_until: f64,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            days: None,
            returns_count: true,
            recency_days: None,
            frequency_orders: None,
            amounts: None,
            a_until: 0.8,
            b_until: 0.95,
        }
    }
}

impl Choices {
    /// The choices that the settings tell.
    ///
    /// # Errors
    /// `setting_invalid` for a name that is none, a number out of its range, a list that is not four
    /// ascending numbers, or `a_until` above `b_until`.
    pub fn from_settings(settings: &BTreeMap<String, Value>) -> Result<Self, Error> {
        let mut choices = Self::default();
        for (name, value) in settings {
            let Some(name) = name.strip_prefix(PREFIX) else {
                continue;
            };
            choices.take(name, value).ok_or_else(|| invalid(name))?;
        }
        if choices.a_until > choices.b_until {
            return Err(invalid("a_until"));
        }
        Ok(choices)
    }

    /// Takes one setting; nothing where it does not know the value.
    fn take(&mut self, name: &str, value: &Value) -> Option<()> {
        match name {
            "days" => self.days = Some(value.as_f64().filter(|it| (1.0..=1e6).contains(it))?),
            "returns" => {
                self.returns_count = match value.as_str()? {
                    "subtracted" => true,
                    "ignored" => false,
                    _ => return None,
                }
            }
            "recency_days" => self.recency_days = Some(four(value)?),
            "frequency_orders" => self.frequency_orders = Some(four(value)?),
            "amounts" => self.amounts = Some(four(value)?),
            "a_until" => self.a_until = share(value)?,
            "b_until" => self.b_until = share(value)?,
            _ => return None,
        }
        Some(())
    }
}

/// Four ascending numbers from 0 on.
fn four(value: &Value) -> Option<[f64; 4]> {
    let list = value.as_array()?;
    let numbers: Option<Vec<f64>> = list.iter().map(Value::as_f64).collect();
    let edges: [f64; 4] = numbers?.try_into().ok()?;
    (edges[0] >= 0.0 && edges.is_sorted_by(|one, next| one < next)).then_some(edges)
}

/// Per cent above 0 and up to 100 as a share.
fn share(value: &Value) -> Option<f64> {
    let percent = value.as_f64()?;
    (percent > 0.0 && percent <= 100.0).then_some(percent / 100.0)
}

fn invalid(name: &str) -> Error {
    Error::new(
        "setting_invalid",
        format!("The setting {PREFIX}{name} does not know the value given."),
        "Edges are four ascending numbers, shares are per cent; the manual of embedding shows each form.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Result<Choices, Error> {
        Choices::from_settings(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn settings_are_taken_and_others_are_left() {
        let found = of(
            r#"{"value_groups.recency_days":[30,90,180,365],"value_groups.a_until":70,
            "value_groups.returns":"ignored","value_groups.days":365,"other.days":"x"}"#,
        )
        .unwrap();
        assert_eq!(found.recency_days, Some([30.0, 90.0, 180.0, 365.0]));
        assert!((found.a_until - 0.7).abs() < 1e-12 && !found.returns_count);
        assert_eq!(found.days, Some(365.0));
    }

    #[test]
    fn a_setting_that_makes_no_sense_is_an_error() {
        for bad in [
            r#"{"value_groups.recency_days":[30,90,180]}"#,
            r#"{"value_groups.amounts":[1,2,2,3]}"#,
            r#"{"value_groups.frequency_orders":"2,3,4,5"}"#,
            r#"{"value_groups.a_until":0}"#,
            r#"{"value_groups.a_until":96}"#,
            r#"{"value_groups.b_until":101}"#,
            r#"{"value_groups.returns":true}"#,
            r#"{"value_groups.days":0}"#,
            r#"{"value_groups.day":7}"#,
        ] {
            assert_eq!(of(bad).unwrap_err().code, "setting_invalid", "{bad}");
        }
    }
}
