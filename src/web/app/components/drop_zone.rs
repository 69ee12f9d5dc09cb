//! The drop zone with its file chooser. Files may be dropped anywhere; this says so.

use kept::present::words;
use leptos::html;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Where files are dropped or chosen.
#[component]
pub fn DropZone() -> impl IntoView {
    let state = AppState::from_context();
    let chooser = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            if let Some(files) = chooser.files() {
                actions::open_files(state, &files);
            }
            chooser.set_value("");
        }
    };
    view! {
        <div class="c7 drop">
            <h2>{words::DROP_TITLE}</h2>
            <p class="quiet">{words::DROP_KINDS}</p>
            <p>
                <button class="btn primary" on:click=choose>{words::CHOOSE_FILES}</button>
                <input class="sr" type="file" multiple tabindex="-1" aria-label=words::CHOOSE_FILES node_ref=chooser on:change=chosen />
            </p>
            <p class="small dim">{words::DROP_NOTE}</p>
        </div>
    }
}
