//! Files dropped anywhere on the element.

use leptos::prelude::*;
use web_sys::DragEvent;

use super::file_list::files_of;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Whether files hang over the element, and what its events do about it.
#[derive(Clone, Copy)]
pub struct DropFiles {
    state: AppState,
    /// Enter and leave events of the inner elements; above 0 while files hang over any of them.
    depth: RwSignal<i32>,
}

impl DropFiles {
    /// Nothing hangs over the element yet.
    pub fn new(state: AppState) -> Self {
        Self {
            state,
            depth: RwSignal::new(0),
        }
    }

    /// Whether files hang over the element.
    pub fn is_over(self) -> bool {
        self.depth.get() > 0
    }

    /// Something was dragged onto an inner element.
    pub fn enter(self, event: &DragEvent) {
        if has_files(event) {
            event.prevent_default();
            self.depth.update(|depth| *depth += 1);
        }
    }

    /// It hangs there.
    pub fn over(event: &DragEvent) {
        if has_files(event) {
            event.prevent_default();
        }
    }

    /// It was dragged off an inner element.
    pub fn leave(self, event: &DragEvent) {
        if has_files(event) {
            self.depth.update(|depth| *depth = (*depth - 1).max(0));
        }
    }

    /// It was let go.
    pub fn dropped(self, event: &DragEvent) {
        self.depth.set(0);
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        if let Some(files) = files.filter(|files| files.length() > 0) {
            event.prevent_default();
            actions::open_files(self.state, files_of(&files));
        }
    }
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|transfer| {
        transfer
            .types()
            .iter()
            .any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}
