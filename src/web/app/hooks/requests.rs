//! Counting the network requests that the browser has seen since the page was ready, and reading
//! the policy that the page was delivered with.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::PerformanceObserver;

use crate::web::dom;

/// What the browser has seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requests {
    /// How many requests began after the page was ready.
    pub count: usize,
    /// Where the last of them went.
    pub last: String,
}

/// Owns the observer.
struct Watch {
    observer: Option<PerformanceObserver>,
    _heard: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// The requests since now, kept up to date.
pub fn use_requests() -> RwSignal<Requests> {
    let requests = RwSignal::new(Requests::default());
    let began = super::clock::now();
    let watch = StoredValue::new_local(None::<Watch>);
    Effect::new(move || {
        let heard = Closure::<dyn FnMut()>::new(move || requests.set(seen_since(began)));
        let observer = PerformanceObserver::new(heard.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            let wanted = js_sys::Object::new();
            let types = js_sys::Array::of1(&"resource".into());
            let set = Reflect::set(&wanted, &"entryTypes".into(), &types);
            debug_assert!(set.is_ok(), "an object of our own takes properties");
            observer.observe(wanted.unchecked_ref());
        }
        watch.set_value(Some(Watch {
            observer,
            _heard: heard,
        }));
    });
    on_cleanup(move || watch.dispose());
    requests
}

fn seen_since(began: f64) -> Requests {
    let entries = dom::window()
        .and_then(|window| window.performance())
        .map(|performance| performance.get_entries_by_type("resource"));
    let mut requests = Requests::default();
    for entry in entries.iter().flat_map(js_sys::Array::iter) {
        let start = Reflect::get(&entry, &JsValue::from_str("startTime")).ok();
        let name = dom::text_property(&entry, "name").unwrap_or_default();
        let outside = name.starts_with("http:") || name.starts_with("https:");
        if outside
            && start
                .and_then(|start| start.as_f64())
                .is_some_and(|start| start > began)
        {
            requests.count += 1;
            requests.last = name;
        }
    }
    requests
}

/// The `connect-src` of the policy in the page's own head; absent where it has none that we can
/// read.
pub fn policy() -> Option<String> {
    let policy = whole_policy()?;
    policy
        .split(';')
        .map(str::trim)
        .find(|directive| directive.starts_with("connect-src"))
        .map(str::to_owned)
}

/// The policy in the page's own head.
pub fn whole_policy() -> Option<String> {
    let meta = dom::window()?
        .document()?
        .query_selector("meta[http-equiv='Content-Security-Policy' i]")
        .ok()??;
    meta.get_attribute("content")
}
