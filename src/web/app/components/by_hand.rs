//! A score that someone knows better.

use kept::present::language::say;
use kept::present::{by_hand, words};
use leptos::html;
use leptos::prelude::*;

use super::choice::Choice;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Sets, lowers or lifts the score of an account; nothing typed takes it back.
#[component]
pub fn ByHand(customer: String) -> impl IntoView {
    let state = AppState::from_context();
    let column = untrack(|| state.reported(by_hand::column).flatten());
    column.map(|column| {
        let known = state.options.with_untracked(|options| by_hand::of_account(options, &column, &customer));
        let (effect, typed) = known.unwrap_or_else(|| (String::from("score"), String::new()));
        let is_open = !typed.is_empty();
        let place = StoredValue::new((column, customer));
        let chosen = RwSignal::new(effect.clone());
        let field = NodeRef::<html::Input>::new();
        let effects = by_hand::EFFECTS.map(|(value, says)| (value.to_owned(), say(says).to_owned()));
        let submit = move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.get_untracked() else { return };
            let options = state.controller().chosen();
            let changed = place.with_value(|(column, customer)| {
                let effect = chosen.get_untracked();
                by_hand::with_hand(options, (column, customer), &effect, &field.value())
            });
            match changed {
                Ok(options) => actions::update(state, |_| options),
                Err(error) => state.error.set(Some(error)),
            }
        };
        view! {
            <details class="whatif" open=is_open>
                <summary>{say(words::HAND)}</summary>
                <p class="quiet">{say(words::HAND_SAYS)}</p>
                <form class="inline" on:submit=submit>
                    <Choice label=say(words::HAND) options=effects.to_vec() chosen=effect on_choose=Callback::new(move |it| chosen.set(it)) />
                    <input type="text" inputmode="decimal" aria-label=say(words::HAND_POINTS) node_ref=field prop:value=typed />
                    <button class="btn" type="submit">{say(words::HAND_SET)}</button>
                </form>
            </details>
        }
    })
}
