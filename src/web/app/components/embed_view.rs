//! Cards alone, or one card, inside another page.

use kept::present::card::CardView;
use kept::present::dashboard::cards;
use kept::present::language::say;
use kept::present::{ledger, words};
use leptos::prelude::*;

use super::banner::Banner;
use super::drop_zone::DropZone;
use super::kpi_card::KpiCard;
use super::kpi_page::KpiPage;
use super::mark::Mark;
use super::progress_strip::ProgressStrip;
use super::saved_line::SavedLine;
use super::status_line::Proof;
use crate::web::app::state::{AppState, Page};
use crate::web::embed::settings::View;

/// A hairline frame with cards and a footer that cannot be switched off.
#[component]
pub fn EmbedView() -> impl IntoView {
    let state = AppState::from_context();
    let view =
        Memo::new(move |_| state.presented(|reader, outcome| cards(reader, &outcome.report)));
    let one = state.view == View::Card;
    let shown = move |cards: Vec<CardView>| {
        let most = if one { 1 } else { usize::MAX };
        cards
            .into_iter()
            .take(most)
            .map(|card| view! { <KpiCard card /> })
            .collect_view()
    };
    let rows = move || state.reported(|report| ledger::status(&state.habits(), report));
    view! {
        <section class="frame" class:one=one aria-label=say(words::BRAND)>
            <div class="pad">
                <Banner />
                <SavedLine />
                <ProgressStrip />
                {move || match (state.page.get(), view.get()) {
                    (Page::Kpi(key), Some(_)) => view! { <KpiPage key /> }.into_any(),
                    (_, Some(cards)) => view! { <div class="cards">{shown(cards)}</div> }.into_any(),
                    (_, None) => view! { <div class="cols"><DropZone /></div> }.into_any(),
                }}
            </div>
            <footer class="foot">
                <span class="brand"><Mark />{say(words::BRAND)}</span>
                <Proof />
                <span class="end">{rows}</span>
            </footer>
        </section>
    }
}
