//! App: the screens.
//!
//! Takes: a controller and the element's settings. Gives: what the user sees.
//! Never: computes, formats or knows a KPI.
//! Start at [`mount`].

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use web_sys::HtmlElement;

use super::controller::{Controller, Notice, Subscription};
use super::embed::settings::ElementSettings;

/// A mounted page; dropping it unmounts.
pub struct MountedApp {
    _subscription: Subscription,
    _handle: Box<dyn std::any::Any>,
}

/// Mounts the screens into `parent`.
pub fn mount(
    parent: HtmlElement,
    controller: Controller,
    _settings: ElementSettings,
) -> MountedApp {
    let (line, set_line) = signal(String::from("Kept is ready."));
    let subscription = controller.subscribe(move |notice| {
        set_line.set(match notice {
            Notice::Finished(outcome) => format!("{} findings", outcome.report.findings.len()),
            Notice::Failed(error) => format!("{} {}", error.message, error.hint),
            other => format!("{other:?}"),
        });
    });
    let handle: UnmountHandle<_> = mount_to(parent, move || view! { <p>{line}</p> });
    MountedApp {
        _subscription: subscription,
        _handle: Box::new(handle),
    }
}
