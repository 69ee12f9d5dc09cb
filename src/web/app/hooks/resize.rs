//! Hearing that a box changed its size.

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// Owns an observer of one element's size.
pub struct SizeWatch {
    observer: Option<ResizeObserver>,
    _heard: Closure<dyn FnMut(Array)>,
}

impl SizeWatch {
    /// Calls `hear` before the next picture and whenever the element's size changes, until dropped.
    pub fn new(element: &Element, mut hear: impl FnMut() + 'static) -> Self {
        let heard = Closure::<dyn FnMut(Array)>::new(move |_| hear());
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self {
            observer,
            _heard: heard,
        }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
