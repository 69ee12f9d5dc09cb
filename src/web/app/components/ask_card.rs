//! A question with its answers, none preselected.

use kept::present::check::{QuestionView, Way};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::AppState;

/// The only tinted block of the page; it loses its tint once it is answered.
#[component]
pub fn AskCard(ask: QuestionView) -> impl IntoView {
    let question = StoredValue::new(ask.clone());
    let is_answered = ask.chosen.is_some();
    let name = ask.question.asks.clone();
    view! {
        <div class="ask" class:done=is_answered role="group" aria-label=name>
            <p class="asklabel">{ask.label}</p>
            <h3>{ask.question.asks}</h3>
            <p class="why">{ask.why}</p>
            {(!is_answered).then_some(ask.suggested.clone()).flatten().map(|(_, says)| view! { <p class="why">{says}</p> })}
            {match ask.way {
                Way::One => view! { <Buttons question answers=ask.answers chosen=ask.chosen suggested=ask.suggested.map(|(choice, _)| choice) /> }.into_any(),
                Way::Several => view! { <Ticks question answers=ask.answers chosen=ask.chosen /> }.into_any(),
                Way::Month => view! { <Month question chosen=ask.chosen /> }.into_any(),
            }}
        </div>
    }
}

fn answer(state: AppState, question: StoredValue<QuestionView>, choice: &str) {
    question.with_value(|ask| {
        actions::answer_question(state, &ask.table, &ask.question, choice);
    });
}

/// One of the answers.
#[component]
fn Buttons(
    question: StoredValue<QuestionView>,
    answers: Vec<(String, String)>,
    chosen: Option<String>,
    suggested: Option<String>,
) -> impl IntoView {
    let state = AppState::from_context();
    let button = move |(choice, words): (String, String)| {
        let is_chosen = chosen.as_ref() == Some(&choice);
        let is_likely = chosen.is_none() && suggested.as_ref() == Some(&choice);
        let choose = move |_| answer(state, question, &choice);
        view! { <button class="answer" class:likely=is_likely aria-pressed=is_chosen.to_string() on:click=choose>{words}</button> }
    };
    view! { <div class="seg">{answers.into_iter().map(button).collect_view()}</div> }
}

/// Any number of the answers.
#[component]
fn Ticks(
    question: StoredValue<QuestionView>,
    answers: Vec<(String, String)>,
    chosen: Option<String>,
) -> impl IntoView {
    let state = AppState::from_context();
    let before: Vec<String> = chosen
        .iter()
        .flat_map(|it| it.lines())
        .map(str::to_owned)
        .collect();
    let ticked = RwSignal::new(before);
    let tick = move |(choice, words): (String, String)| {
        let is_ticked = ticked.with_untracked(|ticked| ticked.contains(&choice));
        let change = move |_| {
            ticked.update(|ticked| match ticked.iter().position(|it| *it == choice) {
                Some(place) => drop(ticked.remove(place)),
                None => ticked.push(choice.clone()),
            });
        };
        view! {
            <label class="answer">
                <input type="checkbox" prop:checked=is_ticked on:change=change />
                {words}
            </label>
        }
    };
    let use_these = move |_| answer(state, question, &ticked.get_untracked().join("\n"));
    view! {
        <div class="seg">
            {answers.into_iter().map(tick).collect_view()}
            <button class="btn" disabled=move || ticked.with(Vec::is_empty) on:click=use_these>{say(words::USE_THESE)}</button>
        </div>
    }
}

/// A month that the reader names.
#[component]
fn Month(question: StoredValue<QuestionView>, chosen: Option<String>) -> impl IntoView {
    let state = AppState::from_context();
    let month = RwSignal::new(chosen.unwrap_or_default());
    let use_month = move |_| answer(state, question, &month.get_untracked());
    view! {
        <div class="seg">
            <input
                type="month"
                aria-label=say(words::MONTH_LABEL)
                placeholder="2025-01"
                prop:value=month
                on:input:target=move |event| month.set(event.target().value())
            />
            <button class="btn" disabled=move || month.with(String::is_empty) on:click=use_month>{say(words::USE_MONTH)}</button>
        </div>
    }
}
