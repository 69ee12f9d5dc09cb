//! What happens when the page's own program meets a bug: the script is told, and says so.

use std::cell::RefCell;
use std::panic;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static HEAR: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Has `hear` called when the program panics; it is of no use afterwards.
#[wasm_bindgen]
pub fn on_panic(hear: Function) {
    HEAR.set(Some(hear));
    panic::set_hook(Box::new(|_panic| {
        HEAR.with_borrow(|hear| {
            if let Some(hear) = hear {
                // We are going down already; a listener that fails changes nothing.
                drop(hear.call0(&JsValue::NULL));
            }
        });
    }));
}
