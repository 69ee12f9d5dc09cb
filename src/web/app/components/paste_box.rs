//! Rows pasted from a spreadsheet.

use kept::present::language::say;
use kept::present::words;
use leptos::html;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::AppState;

/// A text box and the button that reads it.
#[component]
pub fn PasteBox() -> impl IntoView {
    let state = AppState::from_context();
    let text = NodeRef::<html::Textarea>::new();
    let read = move |_| {
        if let Some(text) = text.get_untracked() {
            actions::open_text(state, &text.value());
        }
    };
    view! {
        <div class="c5 paste">
            <label for="paste"><h3>{say(words::PASTE_TITLE)}</h3></label>
            <textarea id="paste" spellcheck="false" autocomplete="off" placeholder=say(words::PASTE_EXAMPLE) node_ref=text></textarea>
            <p><button class="btn" on:click=read>{say(words::PASTE_READ)}</button></p>
        </div>
    }
}
