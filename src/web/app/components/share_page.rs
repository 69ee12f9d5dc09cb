//! A file to pass on: what it holds, what is chosen about it, and how much it withholds.

use kept::frozen::{Choices, LEAST, frozen};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::file_button::FileButton;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};
use crate::web::app::take;

/// The thresholds that are offered.
const OFFERED: [u64; 5] = [LEAST, 5, 10, 20, 50];

/// Share without rows.
#[component]
pub fn SharePage() -> impl IntoView {
    let state = AppState::from_context();
    let chosen = RwSignal::new(Choices::default());
    let file = Memo::new(move |_| {
        state.presented(|reader, outcome| frozen(reader, &outcome.report, chosen.get()))
    });
    let save = move |_| {
        if let Some(file) = file.get_untracked() {
            take::save_text(
                state,
                &file.html,
                "kept-report.html",
                "text/html;charset=utf-8",
            );
        }
    };
    let offered: Vec<(String, String)> = OFFERED
        .iter()
        .map(|count| (count.to_string(), count.to_string()))
        .collect();
    let choose = Callback::new(move |count: String| {
        chosen.update(|it| it.smallest = count.parse().unwrap_or(it.smallest));
    });
    let says = move || file.get().map(|file| words::withheld(file.withheld));
    view! {
        <div class="head">
            <div>
                <p class="crumb">
                    <button class="link" on:click=move |_| actions::go(state, Page::Kpis)>{say(words::TAB_KPIS)}</button>
                </p>
                <h1>{say(words::SHARE_TITLE)}</h1>
            </div>
        </div>
        <Section title=say(words::SHARE_WITHOUT_ROWS)>
            <p class="lead">{say(words::SHARE_LEAD)}</p>
            <div class="after acts">
                <span>{say(words::SHARE_SMALLEST)}</span>
                <Choice label=say(words::SHARE_SMALLEST) options=offered chosen=Choices::default().smallest.to_string() on_choose=choose />
            </div>
            <p class="after" role="status">{say(words::SHARE_SMALL_SAYS)}" "{says}</p>
            <p class="after quiet">{say(words::SHARE_LIMIT)}</p>
            <p class="after">
                <label class="answer">
                    <input type="checkbox" on:change:target=move |event| chosen.update(|it| it.names = event.target().checked()) />
                    {say(words::SHARE_NAMES)}
                </label>
            </p>
            <p class="small quiet">{say(words::SHARE_NAMES_SAY)}</p>
            <p class="after"><button class="btn primary" on:click=save>{say(words::SHARE_SAVE)}</button></p>
        </Section>
        <Section title=say(words::SAVE_FIGURES)>
            <p class="quiet">{say(words::SAVE_FIGURES_SAY)}</p>
            <p class="after acts">
                <button class="btn" on:click=move |_| take::csv(state)>{say(words::SAVE_CSV)}</button>
                <button class="btn" on:click=move |_| take::text(state)>{say(words::SAVE_MARKDOWN)}</button>
                <button class="btn" on:click=move |_| take::json(state)>{say(words::SAVE_JSON)}</button>
            </p>
        </Section>
        <WholeFile />
        <Recipe />
    }
}

/// A file with every row: asked for twice, and said plainly.
#[component]
fn WholeFile() -> impl IntoView {
    let state = AppState::from_context();
    let is_asked = RwSignal::new(false);
    let is_making = RwSignal::new(false);
    let warning = move || {
        let tables = state.controller().held();
        let habits = state.habits();
        view! {
            <div class="after" role="group" aria-label=say(words::WHOLE_TITLE)>
                <p><b>{say(words::WHOLE_WARNS)}</b></p>
                <ul>
                    {tables
                        .into_iter()
                        .map(|(name, bytes)| view! { <li>{name}", "{habits.bytes(bytes)}</li> })
                        .collect_view()}
                </ul>
                <p class="after acts">
                    <button class="btn primary" disabled=move || is_making.get() on:click=move |_| take::whole(state, is_making)>
                        {say(words::WHOLE_SAVE)}
                    </button>
                    <button class="btn" on:click=move |_| is_asked.set(false)>{say(words::WHOLE_NOT)}</button>
                </p>
                <p role="status">{move || is_making.get().then_some(say(words::WHOLE_MAKING))}</p>
            </div>
        }
    };
    let ask = move || {
        view! {
            <p class="after">
                <button class="btn" on:click=move |_| is_asked.set(true)>{say(words::WHOLE_ASK)}</button>
            </p>
        }
    };
    view! {
        <Section title=say(words::WHOLE_TITLE)>
            <p class="quiet">{say(words::WHOLE_SAY)}</p>
            <Show when=move || is_asked.get() fallback=ask>
                {warning}
            </Show>
        </Section>
    }
}

/// The choices in force as a file, and back.
#[component]
fn Recipe() -> impl IntoView {
    let state = AppState::from_context();
    view! {
        <Section title=say(words::RECIPE_TITLE)>
            <p class="quiet">{say(words::RECIPE_SAY)}</p>
            <p class="after acts">
                <button class="btn" on:click=move |_| take::recipe(state)>{say(words::RECIPE_SAVE)}</button>
                <FileButton
                    label=say(words::RECIPE_OPEN)
                    class="btn"
                    accept=".json,application/json"
                    on_files=move |files| actions::open_recipes(state, files)
                />
            </p>
        </Section>
    }
}
