//! Exchange rates: the currency of the report and what one unit of each other currency is worth.

use crate::present::language::say;
use std::collections::BTreeSet;

use super::words;
use crate::engine::base::Unit;
use crate::engine::kpi::AboutReport;
use crate::engine::options::Options;
use crate::engine::report::Finding;

/// The fields for the currencies of a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct RatesView {
    /// The currency in force.
    pub currency: String,
    /// The currencies that can be that of the report.
    pub currencies: Vec<(String, String)>,
    /// One a currency that is not.
    pub rates: Vec<RateView>,
}

/// What one unit of a currency is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct RateView {
    /// The currency.
    pub code: String,
    /// "1 USD in EUR".
    pub label: String,
    /// The rate in force; empty where there is none.
    pub value: String,
}

/// The fields, where the finding is refused for its currencies or money is converted.
pub fn rates(
    about: Option<&AboutReport>,
    finding: &Finding,
    options: &Options,
) -> Option<RatesView> {
    let speaks_of_money = finding.unit == Unit::Money
        || about.is_some_and(|it| it.parts.iter().any(|part| part.unit == Unit::Money));
    let is_converted = !options.exchange_rates.is_empty() && speaks_of_money;
    if finding.currencies.is_empty() && !is_converted {
        return None;
    }
    let chosen = options.currency.as_ref();
    let currency = chosen.or_else(|| finding.currencies.first())?.clone();
    let codes: BTreeSet<&String> = finding
        .currencies
        .iter()
        .chain(options.exchange_rates.keys())
        .chain([&currency])
        .collect();
    let rate = |code: &&&String| **code != &currency;
    Some(RatesView {
        rates: codes
            .iter()
            .filter(rate)
            .map(|code| RateView {
                code: (*code).clone(),
                label: format!("1 {code} {} {currency}", say(words::RATE_IN)),
                value: options
                    .exchange_rates
                    .get(*code)
                    .map_or_else(String::new, f64::to_string),
            })
            .collect(),
        currencies: codes
            .iter()
            .map(|code| ((*code).clone(), (*code).clone()))
            .collect(),
        currency,
    })
}

/// The options with another currency of the report. Rates lead to the currency before, so they go.
#[must_use]
pub fn with_currency(mut options: Options, currency: &str) -> Options {
    options.exchange_rates.clear();
    options.currency = Some(currency.to_owned());
    options
}

/// The options with what one unit of `code` is worth in `currency`, as typed; nothing, or what is
/// no number above zero, takes the rate out.
#[must_use]
pub fn with_rate(mut options: Options, currency: &str, code: &str, typed: &str) -> Options {
    match typed.trim().parse::<f64>() {
        Ok(rate) if rate.is_finite() && rate > 0.0 => {
            options.currency = Some(currency.to_owned());
            options.exchange_rates.insert(code.to_owned(), rate);
        }
        _ => drop(options.exchange_rates.remove(code)),
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::example::Example;

    fn view(options: &Options, currencies: &[&str]) -> Option<RatesView> {
        let mut example = Example::new();
        let found = currencies.iter().map(|code| (*code).to_owned()).collect();
        example.report.findings[1].currencies = found;
        rates(example.catalogue.get(1), example.finding(1), options)
    }

    #[test]
    fn a_rate_is_asked_for_every_currency_but_that_of_the_report() {
        assert_eq!(view(&Options::default(), &[]), None);
        let found = view(&Options::default(), &["USD", "EUR", "GBP"]).unwrap();
        assert_eq!(found.currency, "USD");
        let labels: Vec<&str> = found.rates.iter().map(|it| it.label.as_str()).collect();
        assert_eq!(labels, ["1 EUR in USD", "1 GBP in USD"]);
    }

    #[test]
    fn a_given_rate_stays_in_its_field_and_names_the_currency() {
        let options = with_rate(Options::default(), "EUR", "USD", "0.9");
        assert_eq!(options.currency.as_deref(), Some("EUR"));
        let found = view(&options, &[]).unwrap();
        assert_eq!(
            (found.currency.as_str(), found.rates[0].value.as_str()),
            ("EUR", "0.9")
        );
        for typed in ["", "0", "-1", "much"] {
            let none = with_rate(options.clone(), "EUR", "USD", typed);
            assert!(none.exchange_rates.is_empty(), "{typed}");
        }
        assert!(with_currency(options, "USD").exchange_rates.is_empty());
    }
}
