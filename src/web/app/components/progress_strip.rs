//! How far reading has come, with a way to stop it.

use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Shown while something is read.
#[component]
pub fn ProgressStrip() -> impl IntoView {
    let state = AppState::from_context();
    let view = move || state.progress.get().unwrap_or_default();
    let share = move || view().share.map(|share| share.to_string());
    view! {
        <Show when=move || state.progress.with(Option::is_some)>
            <div class="prog">
                <b>{move || view().label}</b>
                <span class="quiet">{move || view().percent}</span>
                <progress max="1" value=share aria-label=say(words::READING)></progress>
                <span class="quiet">{move || view().done}</span>
                <span class="quiet">{move || view().rate}</span>
                <button class="link" on:click=move |_| actions::cancel(state)>{say(words::STOP)}</button>
            </div>
        </Show>
    }
}
