//! A question with its answers, none preselected.

use kept::present::check::QuestionView;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::AppState;

/// The only tinted block of the page; it loses its tint once it is answered.
#[component]
pub fn AskCard(ask: QuestionView) -> impl IntoView {
    let state = AppState::from_context();
    let question = StoredValue::new(ask.clone());
    let QuestionView {
        label,
        question: asked,
        answers,
        chosen,
        ..
    } = ask;
    let is_answered = chosen.is_some();
    let name = asked.asks.clone();
    let answer = move |(choice, words): (String, String)| {
        let is_chosen = chosen.as_ref() == Some(&choice);
        let choose = move |_| {
            question.with_value(|ask| {
                actions::answer_question(state, &ask.table, &ask.question, &choice);
            });
        };
        view! { <button class="answer" aria-pressed=is_chosen.to_string() on:click=choose>{words}</button> }
    };
    view! {
        <div class="ask" class:done=is_answered role="group" aria-label=name>
            <p class="asklabel">{label}</p>
            <h3>{asked.asks}</h3>
            <p class="why">{asked.because}</p>
            <div class="seg">{answers.into_iter().map(answer).collect_view()}</div>
        </div>
    }
}
