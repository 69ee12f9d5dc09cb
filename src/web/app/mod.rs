//! App: the screens.
//!
//! Takes: a controller and the element's settings. Gives: what the user sees.
//! Never: computes, formats, knows a KPI by its id, or reaches outside the element but by `hooks`.
//! Start at [`mount`]; verbs are in [`actions`], what is shown is in [`state`].

pub mod actions;
pub mod components;
pub mod hooks;
mod recipe_file;
pub mod state;
pub mod take;
mod told;

use kept::present::language::say;
use std::any::Any;

use kept::present::words;
use leptos::mount::mount_to;
use leptos::prelude::*;
use web_sys::HtmlElement;

use self::components::app::App;
use self::state::AppState;
use super::controller::{Controller, Subscription};
use super::embed::settings::ElementSettings;

/// The mounted screens; dropping it unmounts them.
pub struct MountedApp {
    _subscription: Subscription,
    _handle: Box<dyn Any>,
}

/// Mounts the screens into `parent`, which is inside the element's shadow root.
pub fn mount(parent: HtmlElement, controller: Controller, settings: ElementSettings) -> MountedApp {
    // Signals that outlive a single component belong to this owner, which goes with the handle.
    let owner = Owner::new();
    let state = owner.with(|| AppState::new(controller.clone(), &settings));
    let subscription = controller.subscribe(move |notice| told::hear(state, notice));
    state.catch_up();
    if settings.carries {
        state.notice.set(Some(say(words::WHOLE_CARRIED).to_owned()));
    }
    let handle = mount_to(parent, move || {
        provide_context(state);
        view! { <App /> }
    });
    MountedApp {
        _subscription: subscription,
        _handle: Box::new((handle, owner)),
    }
}
