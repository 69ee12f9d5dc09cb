//! The top bar: mark, tabs, export, clear.

use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::mark::Mark;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};
use crate::web::app::take;

/// The bar at the top.
#[component]
pub fn TopBar() -> impl IntoView {
    let state = AppState::from_context();
    view! {
        <header class="top">
            <div class="top-in">
                <span class="brand"><Mark />{say(words::BRAND)}</span>
                <nav class="tabs" aria-label=say(words::MAIN_TABS)>
                    <Tab name=say(words::TAB_DATA) page=Page::Data />
                    <Tab name=say(words::TAB_CHECK) page=Page::Check />
                    <Tab name=say(words::TAB_KPIS) page=Page::Kpis />
                    <Show when=move || state.has_accounts()>
                        <Tab name=say(words::TAB_ACCOUNTS) page=Page::Accounts />
                    </Show>
                    <Tab name=say(words::TAB_ROWS) page=Page::Rows />
                    <Tab name=say(words::TAB_CALCULATORS) page=Page::Calculators />
                </nav>
                <Show when=move || state.has_outcome()>
                    <div class="top-end">
                        <button class="link wideonly" on:click=move |_| take::json(state)>{say(words::EXPORT)}</button>
                        <button class="link" on:click=move |_| actions::clear(state)>{say(words::CLEAR)}</button>
                    </div>
                </Show>
            </div>
        </header>
    }
}

#[component]
fn Tab(name: &'static str, page: Page) -> impl IntoView {
    let state = AppState::from_context();
    let here = page.clone();
    let is_current = Memo::new(move |_| {
        let shown = state.page.get();
        shown == here
            || (here == Page::Kpis && matches!(shown, Page::Kpi(_)))
            || (here == Page::Accounts && matches!(shown, Page::Account(_)))
    });
    let always = matches!(page, Page::Data | Page::Calculators);
    let go = move |_| actions::go(state, page.clone());
    view! {
        <button
            class="tab"
            aria-current=move || is_current.get().then_some("page")
            disabled=move || !always && !state.has_outcome()
            on:click=go
        >
            {name}
        </button>
    }
}
