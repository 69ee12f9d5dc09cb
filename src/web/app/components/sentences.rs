//! The findings in sentences.

use kept::present::findings::SentenceView;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// At most five sentences, real changes first.
#[component]
pub fn Sentences(
    sentences: Vec<SentenceView>,
    /// Whether no chart stands beside them.
    wide: bool,
) -> impl IntoView {
    let item = |sentence: SentenceView| {
        view! {
            <li>
                <span class="verdict" class:real=sentence.real>
                    <svg viewBox="0 0 12 12" aria-hidden="true"><circle cx=6 cy=6 r=4.5 /></svg>
                    {sentence.verdict}
                </span>
                <div>
                    <Says key=sentence.key says=sentence.says />
                    <p>{sentence.evidence}</p>
                </div>
            </li>
        }
    };
    view! {
        <ul class="findings" class:c12=wide class:c7=!wide>{sentences.into_iter().map(item).collect_view()}</ul>
    }
}

#[component]
fn Says(key: Option<String>, says: String) -> impl IntoView {
    let state = AppState::from_context();
    let page = key.map_or(Page::Check, Page::Kpi);
    view! {
        <p><button class="bare" on:click=move |_| actions::go(state, page.clone())>{says}</button></p>
    }
}
