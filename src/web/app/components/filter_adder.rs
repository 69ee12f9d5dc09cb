//! Adding a filter: a column, then one of its values.

use kept::present::language::say;
use kept::present::{controls, words};
use leptos::prelude::*;

use super::choice::Choice;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Two selects that open on demand.
#[component]
pub fn FilterAdder() -> impl IntoView {
    let state = AppState::from_context();
    let is_open = RwSignal::new(false);
    let column = RwSignal::new(String::new());
    let columns = move || {
        state.presented(|_, outcome| {
            controls::columns_with_blank(&outcome.report, &outcome.previews)
        })
    };
    let values = move || {
        state.presented(|_, outcome| {
            controls::values_with_blank(&outcome.report, &outcome.previews, &column.get())
        })
    };
    let choose_column = Callback::new(move |chosen| column.set(chosen));
    let choose_value = Callback::new(move |value: String| {
        is_open.set(false);
        let filtered = column.get_untracked();
        if !value.is_empty() {
            actions::update(state, |options| {
                controls::with_filter(options, &filtered, &value)
            });
        }
    });
    view! {
        <Show
            when=move || is_open.get()
            fallback=move || view! {
                <button class="link pad" on:click=move |_| is_open.set(true)>{say(words::FILTER_ADD)}</button>
            }
        >
            <div class="field">
                <span>{say(words::FILTER_COLUMN)}</span>
                {move || columns().map(|options| view! {
                    <Choice label=say(words::FILTER_COLUMN) options chosen=column.get() on_choose=choose_column />
                })}
            </div>
            <div class="field">
                <span>{say(words::FILTER_IS)}</span>
                {move || values().map(|options| view! {
                    <Choice label=say(words::FILTER_IS) options chosen="" on_choose=choose_value />
                })}
            </div>
        </Show>
    }
}
