//! The control row: period, compared with, split by, filters.

use kept::engine::options::Filter;
use kept::present::language::say;
use kept::present::{controls, words};
use leptos::prelude::*;

use super::choice::Choice;
use super::filter_adder::FilterAdder;
use super::signs;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Native selects, label above; filters as chips.
#[component]
pub fn ControlRow() -> impl IntoView {
    let state = AppState::from_context();
    let period = move || state.options.with(controls::period_id);
    let compare = move || state.options.with(controls::comparison_id);
    let split = move || {
        state
            .options
            .with(|options| options.segment.clone().unwrap_or_default())
    };
    let splits = move || {
        state
            .presented(|_, outcome| controls::splits(&outcome.report, &outcome.previews))
            .unwrap_or_default()
    };
    let business = move || {
        state
            .options
            .with(|options| options.business_type.clone().unwrap_or_default())
    };
    let set_business = Callback::new(move |id: String| {
        actions::update(state, |options| controls::with_business_type(options, &id));
    });
    let set_period = Callback::new(move |id: String| {
        actions::update(state, |options| controls::with_period(options, &id));
    });
    let set_compare = Callback::new(move |id: String| {
        actions::update(state, |options| controls::with_comparison(options, &id));
    });
    let set_split = Callback::new(move |id: String| {
        actions::update(state, |options| controls::with_split(options, &id));
    });
    let filters = move || state.options.with(|options| options.filter.clone());
    view! {
        <div class="controls">
            <div class="field">
                <span>{say(words::PERIOD)}</span>
                {move || view! { <Choice label=say(words::PERIOD) options=controls::periods() chosen=period() on_choose=set_period /> }}
            </div>
            <div class="field">
                <span>{say(words::COMPARED)}</span>
                {move || view! { <Choice label=say(words::COMPARED) options=controls::comparisons() chosen=compare() on_choose=set_compare /> }}
            </div>
            <div class="field">
                <span>{say(words::SPLIT)}</span>
                {move || view! { <Choice label=say(words::SPLIT) options=splits() chosen=split() on_choose=set_split /> }}
            </div>
            <div class="field">
                <span>{say(words::BUSINESS)}</span>
                {move || view! { <Choice label=say(words::BUSINESS) options=controls::business_types() chosen=business() on_choose=set_business /> }}
            </div>
            {move || filters().into_iter().map(|filter| view! { <Chip filter /> }).collect_view()}
            <FilterAdder />
        </div>
    }
}

#[component]
fn Chip(filter: Filter) -> impl IntoView {
    let state = AppState::from_context();
    let text = controls::chip(&filter);
    let remove = move |_| {
        actions::update(state, |options| {
            controls::without_filter(options, &filter.column)
        });
    };
    view! {
        <span class="chip">
            {text}
            <button aria-label=say(words::FILTER_REMOVE) on:click=remove>
                <svg viewBox="0 0 10 10" aria-hidden="true"><path d=signs::CROSS /></svg>
            </button>
        </span>
    }
}
