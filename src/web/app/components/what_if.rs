//! What the score of an account would be if some of its values were others.

use kept::present::language::{reports, say};
use std::collections::BTreeMap;

use kept::engine::accounts::query::{AccountPage, AccountQuery};
use kept::present::account::{SliderView, account};
use kept::present::{measures, words};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::web::app::state::AppState;

/// One slider a measure, and the score that would follow; nothing is changed by it.
#[component]
pub fn WhatIf(customer: String, sliders: Vec<SliderView>) -> impl IntoView {
    let state = AppState::from_context();
    let customer = StoredValue::new(customer);
    let suppose: RwSignal<BTreeMap<String, Option<f64>>> = RwSignal::default();
    let answer: RwSignal<Option<Result<String, String>>> = RwSignal::default();
    Effect::new(move || {
        let supposed = suppose.get();
        if supposed.is_empty() {
            answer.set(None);
            return;
        }
        let controller = state.controller();
        let query = AccountQuery {
            customer: customer.get_value(),
            suppose: supposed.clone(),
        };
        spawn_local(async move {
            let told = controller
                .account(query)
                .await
                .map_err(|error| reports::told(error).message);
            let told = told.and_then(|json| {
                serde_json::from_str::<AccountPage>(&json).map_err(|reason| reason.to_string())
            });
            // An answer to what was supposed before is not shown.
            if suppose.try_get_untracked() == Some(supposed) {
                let habits = untrack(|| state.habits());
                answer.set(Some(told.map(|page| {
                    account(&habits, None, &page).supposed.unwrap_or_default()
                })));
            }
        });
    });
    let slider = move |slider: SliderView| view! { <Slider slider suppose /> };
    view! {
        <details class="whatif">
            <summary>{say(words::WHAT_IF)}</summary>
            <p class="quiet">{say(words::WHAT_IF_SAYS)}</p>
            <ul>{sliders.into_iter().map(slider).collect_view()}</ul>
            <p role="status">
                {move || answer.get().map(|answer| match answer {
                    Ok(score) => view! { {say(words::WHAT_IF_WOULD)}" "<b>{score}</b>"." }.into_any(),
                    Err(says) => says.into_any(),
                })}
            </p>
            <Show when=move || suppose.with(|it| !it.is_empty())>
                <button class="link pad" on:click=move |_| suppose.set(BTreeMap::new())>{say(words::WHAT_IF_BACK)}</button>
            </Show>
        </details>
    }
}

#[component]
fn Slider(slider: SliderView, suppose: RwSignal<BTreeMap<String, Option<f64>>>) -> impl IntoView {
    let state = AppState::from_context();
    let (low, high) = slider.ends;
    let name = StoredValue::new(slider.name.clone());
    let given = slider.value;
    let value = move || {
        let moved = name.with_value(|name| suppose.with(|it| it.get(name).copied().flatten()));
        moved.or(given)
    };
    let written = move || {
        let value = value();
        value.map_or_else(
            || say(words::MISSING_VALUE).to_owned(),
            |value| {
                state
                    .habits()
                    .number(value, usize::from(value.fract().abs() > 1e-9) * 2)
            },
        )
    };
    let set = move |typed: String| {
        if let Ok(value) = typed.parse::<f64>() {
            suppose.update(|it| {
                it.insert(name.get_value(), Some(value));
            });
        }
    };
    view! {
        <li>
            <span>{measures::name(&slider.name)}</span>
            <input
                type="range"
                min=low.to_string()
                max=high.to_string()
                step=slider.step.to_string()
                aria-label=measures::name(&slider.name)
                aria-valuetext=written
                prop:value=move || value().unwrap_or(low).to_string()
                on:change:target=move |event| set(event.target().value())
            />
            <b class="num">{written}</b>
        </li>
    }
}
