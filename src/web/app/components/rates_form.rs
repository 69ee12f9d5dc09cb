//! Exchange rates, where money is in several currencies.

use kept::present::language::say;
use kept::present::rates::{RateView, RatesView, with_currency, with_rate};
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// The currency of the report, and one field a currency that is to be converted.
#[component]
pub fn RatesForm(view: RatesView) -> impl IntoView {
    let state = AppState::from_context();
    let currency = StoredValue::new(view.currency.clone());
    let to_currency = Callback::new(move |code: String| {
        actions::update(state, |options| with_currency(options, &code));
    });
    let field = move |rate: RateView| {
        let code = rate.code;
        let typed = move |typed: String| {
            actions::update(state, |options| {
                with_rate(options, &currency.get_value(), &code, &typed)
            });
        };
        view! {
            <label class="field">
                <span>{rate.label}</span>
                <input
                    type="number"
                    min="0"
                    step="any"
                    prop:value=rate.value
                    on:change:target=move |event| typed(event.target().value())
                />
            </label>
        }
    };
    view! {
        <Section title=say(words::RATES_TITLE) note=say(words::RATES_NOTE)>
            <div class="controls">
                <div class="field">
                    <span aria-hidden="true">{say(words::REPORT_CURRENCY)}</span>
                    <Choice label=say(words::REPORT_CURRENCY) options=view.currencies chosen=view.currency on_choose=to_currency />
                </div>
                {view.rates.into_iter().map(field).collect_view()}
            </div>
        </Section>
    }
}
