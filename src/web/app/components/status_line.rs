//! The status line: what the browser measured, what the rows add up to.

use kept::present::language::say;
use kept::present::{ledger, words};
use leptos::prelude::*;

use super::mark::Mark;
use crate::web::app::actions;
use crate::web::app::hooks::requests::{policy, use_requests};
use crate::web::app::state::{AppState, Page};

/// The line at the bottom of every page.
#[component]
pub fn StatusLine() -> impl IntoView {
    let state = AppState::from_context();
    let rows = move || state.reported(|report| ledger::status(&state.habits(), report));
    let until = move || state.reported(|report| ledger::data_to(&state.habits(), report));
    view! {
        <footer class="status">
            <div class="status-in">
                <Proof />
                <button class="link" on:click=move |_| actions::go(state, Page::Data)>{say(words::PRIVACY_CHECK)}</button>
                <span class="end">{move || rows().unwrap_or_else(|| say(words::STATUS_NO_DATA).to_owned())}</span>
                <span class="opt">{move || until().unwrap_or_else(|| say(words::STATUS_STORED).to_owned())}</span>
            </div>
        </footer>
    }
}

/// How many requests there were, measured; and the policy, read.
#[component]
pub fn Proof() -> impl IntoView {
    let requests = use_requests();
    let policy = policy();
    let count = move || words::requests(requests.get().count);
    let any = move || requests.get().count > 0;
    let last = move || any().then(|| requests.get().last);
    view! {
        <span class="proof">
            <Mark />
            <span class:worse=any>
                {count}
                {move || last().map(|last| view! { " · " <code>{last}</code> })}
                {policy.map(|policy| view! { " · " <code>{policy}</code> })}
            </span>
        </span>
    }
}
