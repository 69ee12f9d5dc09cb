//! Hearing that colours or the density of pixels changed, so that charts are drawn again.

use kept::charts::Theme;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit, ShadowRoot};

use super::listener::Listener;
use crate::web::app::state::AppState;
use crate::web::dom;

/// What can change the colours without any of our signals changing.
const QUERIES: [&str; 4] = [
    "(prefers-color-scheme: dark)",
    "(forced-colors: active)",
    "(min-resolution: 1.25dppx)",
    "(min-resolution: 1.75dppx)",
];

/// The observer of the host element's attributes.
struct HostWatch {
    observer: Option<MutationObserver>,
    _heard: Closure<dyn FnMut()>,
}

impl HostWatch {
    fn new(host: &Element, hear: impl FnMut() + 'static) -> Self {
        let heard = Closure::<dyn FnMut()>::new(hear);
        let observer = MutationObserver::new(heard.as_ref().unchecked_ref()).ok();
        let wanted = MutationObserverInit::new();
        wanted.set_attributes(true);
        if let Some(observer) = &observer {
            let watching = observer.observe_with_options(host, &wanted);
            debug_assert!(watching.is_ok(), "attributes of an element can be watched");
        }
        Self {
            observer,
            _heard: heard,
        }
    }
}

impl Drop for HostWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Grows `state.redraw` whenever colours or pixel density may have changed.
pub fn use_theme(root: NodeRef<html::Div>, state: AppState) {
    let listeners = StoredValue::new_local(Vec::<Listener>::new());
    let host_watch = StoredValue::new_local(None::<HostWatch>);
    let changed = move || state.redraw.update(|times| *times = times.wrapping_add(1));
    Effect::new(move || {
        let Some(window) = dom::window() else { return };
        let heard = QUERIES
            .iter()
            .filter_map(|query| window.match_media(query).ok().flatten())
            .map(|list| Listener::new(&list, "change", move |_| changed()))
            .collect();
        listeners.set_value(heard);
    });
    Effect::new(move || {
        let Some(root) = root.get() else { return };
        let host = root
            .get_root_node()
            .dyn_into::<ShadowRoot>()
            .ok()
            .map(|root| root.host());
        host_watch.set_value(host.map(|host| HostWatch::new(&host, changed)));
    });
    on_cleanup(move || {
        listeners.dispose();
        host_watch.dispose();
    });
}

/// The colours in force at this element, read from the stylesheet's properties.
pub fn theme_of(element: &Element) -> Theme {
    let Some(window) = dom::window() else {
        return Theme::light();
    };
    let forced = window.match_media("(forced-colors: active)").ok().flatten();
    if forced.is_some_and(|list| list.matches()) {
        return Theme::forced();
    }
    let Some(style) = window.get_computed_style(element).ok().flatten() else {
        return Theme::light();
    };
    let mut theme = Theme::light();
    let [h0, h1, h2, h3, h4, h5, h6] = &mut theme.heat;
    let tokens: [(&mut String, &str); 25] = [
        (&mut theme.page, "--page"),
        (&mut theme.sunken, "--sunken"),
        (&mut theme.ink, "--ink"),
        (&mut theme.ink_2, "--ink-2"),
        (&mut theme.ink_3, "--ink-3"),
        (&mut theme.edge, "--edge"),
        (&mut theme.rule, "--rule"),
        (&mut theme.data, "--data"),
        (&mut theme.loss, "--loss"),
        (&mut theme.better, "--better"),
        (&mut theme.worse, "--worse"),
        (&mut theme.band, "--band"),
        (&mut theme.s2, "--s2"),
        (&mut theme.s3, "--s3"),
        (&mut theme.s4, "--s4"),
        (h0, "--h0"),
        (h1, "--h1"),
        (h2, "--h2"),
        (h3, "--h3"),
        (h4, "--h4"),
        (h5, "--h5"),
        (h6, "--h6"),
        (&mut theme.on_low_heat, "--h-lo"),
        (&mut theme.on_high_heat, "--h-hi"),
        (&mut theme.font_sans, "--sans"),
    ];
    for (colour, token) in tokens {
        let found = style.get_property_value(token).unwrap_or_default();
        if !found.trim().is_empty() {
            found.trim().clone_into(colour);
        }
    }
    theme
}
