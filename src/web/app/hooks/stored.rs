//! How much the browser holds for the site of this page.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Bytes that the browser holds for the site; absent until it tells, and where it does not.
pub fn use_stored() -> RwSignal<Option<f64>> {
    let stored = RwSignal::new(None);
    spawn_local(async move {
        if let Ok(bytes) = told().await {
            // The page may have gone meanwhile; then nobody wants to know.
            stored.try_set(bytes.as_f64());
        }
    });
    stored
}

/// `navigator.storage.estimate()`, which frames without an origin and old browsers do not have.
async fn told() -> Result<JsValue, JsValue> {
    let inner = |object: &JsValue, name: &str| Reflect::get(object, &JsValue::from_str(name));
    let storage = inner(&inner(&js_sys::global(), "navigator")?, "storage")?;
    let estimate: Function = inner(&storage, "estimate")?.dyn_into()?;
    let promise: Promise = estimate.call0(&storage)?.dyn_into()?;
    inner(&JsFuture::from(promise).await?, "usage")
}
