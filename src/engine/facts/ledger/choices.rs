//! The rules by which rows of billing become recurring revenue: what counts, and from when.
//!
//! Each is a setting under `recurring_revenue.` and holds for every KPI that rests on the ledger.
//! The defaults are those of `ChartMogul` where that system has a rule.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::engine::base::Error;
use crate::engine::roles::Role;

/// What every name of a setting here begins with.
pub const PREFIX: &str = "recurring_revenue.";

/// One setting, for the manual and the page.
#[derive(Clone, Copy, Debug)]
pub struct LedgerSetting {
    /// Its name without [`PREFIX`].
    pub name: &'static str,
    /// Its values with their meaning, the default first.
    pub values: &'static [(&'static str, &'static str)],
    /// What it decides, in one sentence.
    pub says: &'static str,
    /// Columns without which it decides nothing; empty where it needs none.
    pub acts_on: &'static [Role],
}

macro_rules! choices {
    ($($field:ident: $kind:ident, $says:literal, $acts_on:expr, {
        $first:ident, $first_id:literal, $first_meaning:literal;
        $($variant:ident, $id:literal, $meaning:literal;)*
    };)*) => {
        $(
            #[doc = $says]
            #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
            pub enum $kind {
                #[doc = $first_meaning]
                #[default]
                $first,
                $(#[doc = $meaning] $variant,)*
            }

            impl $kind {
                const fn id(self) -> &'static str {
                    match self {
                        Self::$first => $first_id,
                        $(Self::$variant => $id,)*
                    }
                }

                fn from_id(id: &str) -> Option<Self> {
                    match id {
                        $first_id => Some(Self::$first),
                        $($id => Some(Self::$variant),)*
                        _ => None,
                    }
                }
            }
        )*

        /// The rules in force.
        #[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
        pub struct LedgerChoices {
            $(#[doc = $says] pub $field: $kind,)*
        }

        /// All settings of the ledger, in the order of the manual.
        pub const SETTINGS: &[LedgerSetting] = &[
            $(LedgerSetting {
                name: stringify!($field),
                values: &[($first_id, $first_meaning), $(($id, $meaning),)*],
                says: $says,
                acts_on: $acts_on,
            },)*
        ];

        impl LedgerChoices {
            /// The value of the setting of this name; empty for a name that is none.
            pub fn value(self, name: &str) -> &'static str {
                match name {
                    $(stringify!($field) => self.$field.id(),)*
                    _ => "",
                }
            }

            /// Takes the value of one setting; false where the value is none of it.
            pub fn take(&mut self, name: &str, value: &str) -> bool {
                match name {
                    $(stringify!($field) => match $kind::from_id(value) {
                        Some(value) => { self.$field = value; true }
                        None => false,
                    },)*
                    _ => true,
                }
            }
        }
    };
}

choices! {
    trials: Trials, "Whether a free trial counts as recurring revenue.", &[Role::Status, Role::TrialEndsAt], {
        Excluded, "excluded", "counts from the end of the trial";
        Counted, "counted", "counts from the start";
    };
    past_due: PastDue, "Whether a subscription whose status says past due counts.", &[Role::Status], {
        Counted, "counted", "counts until it ends";
        LeftOut, "left_out", "does not count at all, because no column says since when";
    };
    unpaid: Unpaid, "Whether a subscription whose status says unpaid counts.", &[Role::Status], {
        Counted, "counted", "counts until it ends";
        LeftOut, "left_out", "does not count at all, because no column says since when";
    };
    paused: Paused, "Whether a subscription whose status says paused counts.", &[Role::Status], {
        Counted, "counted", "counts until it ends";
        LeftOut, "left_out", "does not count at all, because no column says since when";
    };
    cancellation: Cancellation, "When a cancelled subscription stops counting.", &[Role::CancelRequestedAt], {
        ServiceEnd, "service_end", "on the day that service ends";
        Request, "request", "on the day that the cancellation was asked for";
    };
    discounts: Discounts, "Whether the discount column lowers the amount.", &[Role::Discount], {
        Subtracted, "subtracted", "the discount is taken off";
        Ignored, "ignored", "the list price counts";
    };
    tax: Tax, "Whether amounts hold the tax of the tax column.", &[Role::Tax], {
        NotIncluded, "not_included", "amounts are without tax";
        Included, "included", "the tax is taken off";
    };
    credits: Credits, "Whether lines with negative amounts count.", &[], {
        Counted, "counted", "they lower the customer's revenue";
        LeftOut, "left_out", "they are left out";
    };
    same_subscription: SameSubscription, "What a later row of the same subscription number does.", &[Role::Subscription], {
        Replaces, "replaces", "replaces the earlier row";
        Added, "added", "both count, as items of one subscription";
    };
    first_month: FirstMonth, "From when a subscription counts that begins within a month.", &[], {
        StartDay, "start_day", "from its own day";
        NextMonth, "next_month", "from the first of the next month, as the dbt MRR playbook does";
    };
    weeks: Weeks, "How weekly amounts become monthly ones.", &[Role::Interval], {
        Days, "365.25_days", "× 4.348 (365.25 days)";
        FiftyTwo, "52_weeks", "× 4.333 (52 weeks)";
    };
}

impl LedgerChoices {
    /// These rules with others for some settings, each a name and a value.
    #[must_use]
    pub fn with(mut self, settings: &[(&str, &str)]) -> Self {
        for (name, value) in settings {
            self.take(name, value);
        }
        self
    }

    /// The rules that the settings name.
    ///
    /// # Errors
    /// `setting_invalid` where a setting of the ledger has a value that it does not know.
    pub fn from_settings(settings: &BTreeMap<String, Value>) -> Result<Self, Error> {
        let mut choices = Self::default();
        for (name, value) in settings {
            let Some(name) = name.strip_prefix(PREFIX) else {
                continue;
            };
            if !value
                .as_str()
                .is_some_and(|value| choices.take(name, value))
            {
                let known = SETTINGS.iter().find(|setting| setting.name == name);
                let values: Vec<&str> = known
                    .map(|setting| setting.values.iter().map(|(id, _)| *id).collect())
                    .unwrap_or_default();
                return Err(Error::new(
                    "setting_invalid",
                    format!("The setting {PREFIX}{name} does not know the value given."),
                    if values.is_empty() {
                        String::from("Give one of the values that the manual lists.")
                    } else {
                        format!("Give one of: {}.", values.join(", "))
                    },
                ));
            }
        }
        Ok(choices)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: &str) -> Result<LedgerChoices, Error> {
        LedgerChoices::from_settings(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn settings_of_the_ledger_are_taken_and_others_are_left() {
        let choices = of(r#"{"recurring_revenue.trials":"counted","customer_churn_rate.x":3}"#);
        assert_eq!(choices.unwrap().trials, Trials::Counted);
    }

    #[test]
    fn a_value_that_is_none_is_an_error() {
        for bad in [
            r#"{"recurring_revenue.trials":"sometimes"}"#,
            r#"{"recurring_revenue.weeks":52}"#,
        ] {
            let error = of(bad).unwrap_err();
            assert_eq!(error.code, "setting_invalid");
        }
    }
}
