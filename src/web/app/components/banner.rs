//! What went wrong, and what the reader should know; the page below it stays.

use kept::present::language::{say, say_text};
use kept::present::words;
use leptos::prelude::*;

use crate::web::app::state::AppState;

/// Errors and notices, each with a way to close it.
#[component]
pub fn Banner() -> impl IntoView {
    let state = AppState::from_context();
    let error = move || {
        state.error.get().map(|error| {
            view! {
                <div class="banner" role="alert">
                    <p><b>{say_text(&error.message).into_owned()}</b>" "{say_text(&error.hint).into_owned()}</p>
                    <button class="link" on:click=move |_| state.error.set(None)>{say(words::CLOSE)}</button>
                </div>
            }
        })
    };
    let notice = move || {
        state.notice.get().map(|notice| {
            view! {
                <div class="banner calm" role="status">
                    <p>{notice}</p>
                    <button class="link" on:click=move |_| state.notice.set(None)>{say(words::CLOSE)}</button>
                </div>
            }
        })
    };
    view! { {error} {notice} }
}
