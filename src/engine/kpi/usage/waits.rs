//! How long each customer, or each user of a log, took to their first value or has waited for it.

use crate::engine::facts::activity::DAY_MINUTES;
use crate::engine::kpi::on_activity::chosen;
use crate::engine::kpi::prelude::*;
use stats::ranked::Ranked;

/// Days until the first value, and days waited without.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waits {
    /// Days of those who got there.
    pub reached: Vec<f64>,
    /// Days for which the others have been watched.
    pub waiting: Vec<f64>,
}

impl Waits {
    /// From a list of customers, or from a log.
    ///
    /// # Errors
    /// `no_rows_count`; `value_event_missing` and `name_unknown` for a log.
    pub fn of(scope: &Scope<'_>) -> Outcome<Self> {
        let found = match scope.first_values() {
            Ok(facts) => {
                let mut found = Self::default();
                for row in scope.rows.iter().map(|row| *row as usize) {
                    let days = facts.until_value[row];
                    found.add((!days.is_nan()).then_some(days), facts.watched[row]);
                }
                found
            }
            Err(_) => Self::of_log(scope)?,
        };
        let all = (found.reached.len() + found.waiting.len()) as u64;
        at_least_one(all, "customers or users who began")?;
        Ok(found)
    }

    fn add(&mut self, until_value: Option<f64>, watched: f64) {
        match until_value {
            Some(days) => self.reached.push(days),
            None => self.waiting.push(watched),
        }
    }

    /// From the first event of each user to the first one that shows value.
    fn of_log(scope: &Scope<'_>) -> Outcome<Self> {
        let (activity, facts) = scope.log()?;
        let named = facts.events.as_ref().or(facts.features.as_ref());
        let marks = chosen(scope, "time_to_value.value_event", named)?;
        let (Some(named), Some(marks)) = (named, marks) else {
            return Err(Refusal::new(
                "value_event_missing",
                "Which event shows that a user got what they came for is not known.",
                "Name it in the settings of this figure.",
            ));
        };
        let as_of = scope.as_of.map_or(0, |day| day.0);
        // What is told by day is seen up to the last day, not up to its end.
        let seen_to = as_of + i32::from(facts.minutes.is_some());
        let end = seen_to * DAY_MINUTES;
        let people = activity.newcomers(scope.window);
        let mut values = vec![i32::MAX; people.len()];
        for (row, person) in activity.actions(facts, None) {
            let person = person as usize;
            if marks[named.codes[row] as usize] && people.contains(&person) {
                let value = &mut values[person - people.start];
                *value = (*value).min(facts.minute(row));
            }
        }
        let days = |from: i32, to: i32| f64::from(to - from) / f64::from(DAY_MINUTES);
        let starts = &activity.first_minutes(facts)[people];
        let mut found = Self::default();
        for (start, value) in starts.iter().zip(values) {
            let until = (value != i32::MAX).then(|| days(*start, value));
            found.add(until, days(*start, end));
        }
        Ok(found)
    }

    /// All durations, and whether each ended with the first value.
    pub fn together(&self) -> (Vec<f64>, Vec<bool>) {
        let durations = self.reached.iter().chain(&self.waiting).copied().collect();
        let mut happened = vec![true; self.reached.len()];
        happened.resize(self.reached.len() + self.waiting.len(), false);
        (durations, happened)
    }

    /// How long it took those who got there.
    pub fn chart(
        &self,
        reached: &mut Ranked<'_>,
        median: Option<f64>,
        with_waiting: Option<f64>,
    ) -> ChartSpec {
        let marker = |label: &str, at: Option<f64>| {
            at.filter(|at| *at > 0.0).map(|at| Marker {
                label: label.to_owned(),
                at,
            })
        };
        let markers = [
            marker("median of these", median),
            marker("median with those who wait", with_waiting),
        ];
        ChartSpec {
            title: String::from("How long it took those who got there"),
            summary: String::new(),
            plot: Plot::Histogram {
                unit: Unit::Days,
                classes: log_classes(reached),
                markers: markers.into_iter().flatten().collect(),
            },
            footnotes: vec![format!(
                "The axis is logarithmic: each step to the right is a multiple. {} still wait and are not drawn.",
                self.waiting.len()
            )],
        }
    }
}
