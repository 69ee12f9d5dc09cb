//! What went wrong, and what the reader should know; the page below it stays.

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
                    <p><b>{error.message}</b>" "{error.hint}</p>
                    <button class="link" on:click=move |_| state.error.set(None)>{words::CLOSE}</button>
                </div>
            }
        })
    };
    let notice = move || {
        state.notice.get().map(|notice| {
            view! {
                <div class="banner calm" role="status">
                    <p>{notice}</p>
                    <button class="link" on:click=move |_| state.notice.set(None)>{words::CLOSE}</button>
                </div>
            }
        })
    };
    view! { {error} {notice} }
}
