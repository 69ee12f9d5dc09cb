//! A file to pass on: what it holds, what is chosen about it, and how much it withholds.

use kept::frozen::{Choices, LEAST, frozen};
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::hooks::download;
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
            download::save(&file.html, "kept-report.html", "text/html;charset=utf-8");
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
                    <button class="link" on:click=move |_| actions::go(state, Page::Kpis)>{words::TAB_KPIS}</button>
                </p>
                <h1>{words::SHARE_TITLE}</h1>
                <p class="lead">{words::SHARE_LEAD}</p>
            </div>
            <button class="btn primary" on:click=save>{words::SHARE_SAVE}</button>
        </div>
        <Section title=words::SHARE_SMALLEST>
            <Choice label=words::SHARE_SMALLEST options=offered chosen=Choices::default().smallest.to_string() on_choose=choose />
            <p class="after" role="status">{words::SHARE_SMALL_SAYS}" "{says}</p>
            <p class="after quiet">{words::SHARE_LIMIT}</p>
            <p class="after">
                <label class="answer">
                    <input type="checkbox" on:change:target=move |event| chosen.update(|it| it.names = event.target().checked()) />
                    {words::SHARE_NAMES}
                </label>
            </p>
            <p class="small quiet">{words::SHARE_NAMES_SAY}</p>
        </Section>
        <Section title=words::SAVE_FIGURES>
            <p class="quiet">{words::SAVE_FIGURES_SAY}</p>
            <p class="after">
                <button class="btn" on:click=move |_| take::csv(state)>{words::SAVE_CSV}</button>" "
                <button class="btn" on:click=move |_| take::text(state)>{words::SAVE_MARKDOWN}</button>" "
                <button class="btn" on:click=move |_| take::json(state)>{words::SAVE_JSON}</button>
            </p>
        </Section>
    }
}
