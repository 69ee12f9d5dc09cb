//! The drop zone with its file chooser. Files may be dropped anywhere; this says so.

use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::file_button::FileButton;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Where files are dropped or chosen.
#[component]
pub fn DropZone() -> impl IntoView {
    let state = AppState::from_context();
    view! {
        <div class="c7 drop">
            <h2>{say(words::DROP_TITLE)}</h2>
            <p class="quiet">{say(words::DROP_KINDS)}</p>
            <p>
                <FileButton
                    label=say(words::CHOOSE_FILES)
                    class="btn primary"
                    multiple=true
                    on_files=move |files| actions::open_files(state, files)
                />
            </p>
            <p class="small dim">{say(words::DROP_NOTE)}</p>
        </div>
    }
}
