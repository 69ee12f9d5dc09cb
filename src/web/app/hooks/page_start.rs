//! A new page starts at its top, with the focus on its title.

use leptos::html;
use leptos::prelude::*;

use crate::web::app::state::AppState;

/// Scrolls the element's top into view when the page changes, and moves the focus to its main part
/// so that a keyboard or a screen reader goes on from there.
pub fn use_page_start(root: NodeRef<html::Div>, main: NodeRef<html::Main>, state: AppState) {
    Effect::new(move |before: Option<bool>| {
        state.page.track();
        if before.is_some() {
            if let Some(root) = root.get_untracked()
                && root.get_bounding_client_rect().top() < 0.0
            {
                root.scroll_into_view_with_bool(true);
            }
            if let Some(main) = main.get_untracked() {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(true);
                let focused = main.focus_with_options(&options);
                debug_assert!(focused.is_ok(), "the main part can take the focus");
            }
        }
        true
    });
}
