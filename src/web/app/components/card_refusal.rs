//! Why a card has no figure.

use kept::present::card::RefusalView;
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};
use crate::web::embed::settings::View;

/// What is missing, why that matters, what to do instead, and the way to where that is done.
#[component]
pub fn CardRefusal(refusal: RefusalView) -> impl IntoView {
    let state = AppState::from_context();
    let way = refusal.way.and_then(|way| {
        let there = way.key.map_or(Page::Check, Page::Kpi);
        // Cards in another page have no Check page; and nobody is sent to where they are.
        let is_elsewhere = state.page.get_untracked() != there;
        let can_go = is_elsewhere && (state.view == View::App || there != Page::Check);
        let go = move |_| actions::go(state, there.clone());
        can_go.then(|| view! { <p><button class="link" on:click=go>{way.says}</button></p> })
    });
    view! {
        <div class="refusal">
            <p class="val"><b class="na">{say(words::NOT_AVAILABLE)}</b></p>
            <p><strong>{refusal.missing}</strong></p>
            <p>{refusal.matters}" "{refusal.instead}</p>
            {way}
        </div>
    }
}
