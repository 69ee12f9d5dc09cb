//! A listener that ends when it is dropped.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// Owns a listener on a target.
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `hear` with every such event until dropped.
    pub fn new(
        target: &EventTarget,
        name: &'static str,
        hear: impl FnMut(Event) + 'static,
    ) -> Self {
        let heard = Closure::<dyn FnMut(Event)>::new(hear);
        let added = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        debug_assert!(added.is_ok(), "a listener can be added to any target");
        Self {
            target: target.clone(),
            name,
            heard,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let gone = self
            .target
            .remove_event_listener_with_callback(self.name, self.heard.as_ref().unchecked_ref());
        debug_assert!(gone.is_ok(), "a listener of our own can be removed");
    }
}
