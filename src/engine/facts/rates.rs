//! Exchange rates that the user gives, so that money in several currencies can be added up.
//!
//! One rate a currency for all time: a movement of revenue then never comes from the rate.

use std::collections::BTreeMap;

use super::ledger::Remark;
use super::reading::Reading;
use crate::engine::base::Error;
use crate::engine::roles::Role;

/// What other currencies are worth in the currency of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExchangeRates {
    /// The currency of the run; empty where there are no rates.
    target: String,
    /// Units of the target for one unit, by ISO 4217 code.
    rates: BTreeMap<String, f64>,
}

impl ExchangeRates {
    /// The rates into a currency.
    ///
    /// # Errors
    /// `exchange_rates_need_currency` without a currency of the run; `exchange_rate_invalid` for a
    /// rate that is not above nothing.
    pub fn new(target: Option<&str>, given: &BTreeMap<String, f64>) -> Result<Self, Error> {
        if given.is_empty() {
            return Ok(Self::default());
        }
        let Some(target) = target else {
            return Err(Error::new(
                "exchange_rates_need_currency",
                "There are exchange rates, and no currency that they lead to.",
                "Choose the currency of the report.",
            ));
        };
        if given.values().any(|rate| !rate.is_finite() || *rate <= 0.0) {
            return Err(Error::new(
                "exchange_rate_invalid",
                "An exchange rate is not above zero.",
                "Give what one unit of the currency is worth.",
            ));
        }
        let rates = given
            .iter()
            .map(|(code, rate)| (code.trim().to_uppercase(), *rate))
            .collect();
        Ok(Self {
            target: target.trim().to_uppercase(),
            rates,
        })
    }

    /// What one unit of the currency is worth in the target; `None` where no rate is given.
    pub fn of(&self, currency: &str) -> Option<f64> {
        if currency == self.target {
            return Some(1.0);
        }
        self.rates.get(currency).copied()
    }

    /// The currency that amounts of this one end up in.
    pub fn becomes<'a>(&'a self, currency: &'a str) -> &'a str {
        if self.rates.contains_key(currency) {
            &self.target
        } else {
            currency
        }
    }

    /// Whether no rate is given.
    pub fn is_empty(&self) -> bool {
        self.rates.is_empty()
    }
}

/// Says that amounts were converted, where they were.
pub fn converted(reading: &Reading<'_>) -> Option<Remark> {
    let has_column = reading.mapping.column_of(Role::Currency).is_some();
    (!reading.frame.rates.is_empty() && has_column).then_some(Remark::new(
        "amounts_converted",
        "Amounts in other currencies are converted at the rates given, one rate for all months.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_without_a_rate_stays_what_it_is() {
        let given = BTreeMap::from([(String::from("usd"), 0.5)]);
        let rates = ExchangeRates::new(Some("eur"), &given).unwrap();
        assert_eq!(rates.of("USD"), Some(0.5));
        assert_eq!(rates.of("EUR"), Some(1.0));
        assert_eq!(rates.of("GBP"), None);
        assert_eq!((rates.becomes("USD"), rates.becomes("GBP")), ("EUR", "GBP"));
    }

    #[test]
    fn rates_lead_somewhere_and_are_above_nothing() {
        let rate = |rate| BTreeMap::from([(String::from("USD"), rate)]);
        let code = |target, given| {
            let error: Error = ExchangeRates::new(target, &given).unwrap_err();
            error.code
        };
        assert_eq!(code(None, rate(1.0)), "exchange_rates_need_currency");
        assert_eq!(code(Some("EUR"), rate(0.0)), "exchange_rate_invalid");
        assert_eq!(code(Some("EUR"), rate(f64::NAN)), "exchange_rate_invalid");
    }
}
