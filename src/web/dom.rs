//! The only door to the window, and how JavaScript's errors become ours.

use js_sys::Reflect;
use kept::engine::base::Error;
use wasm_bindgen::{JsCast as _, JsValue};

/// The window; absent in a worker.
pub fn window() -> Option<web_sys::Window> {
    js_sys::global().dyn_into().ok()
}

/// The language of the browser, as a BCP 47 tag.
pub fn language() -> String {
    let language = window().and_then(|window| window.navigator().language());
    language.unwrap_or_else(|| String::from("en"))
}

/// A text property of a JavaScript object; absent where it is none.
pub fn text_property(object: &JsValue, name: &str) -> Option<String> {
    Reflect::get(object, &JsValue::from_str(name))
        .ok()?
        .as_string()
}

/// A JavaScript error as ours: `code` and `hint` are taken over where it has them.
pub fn error_from_js(thrown: &JsValue, code: &str, hint: &str) -> Error {
    let message = text_property(thrown, "message")
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| String::from("The browser gave no reason."));
    Error {
        code: text_property(thrown, "code").unwrap_or_else(|| code.to_owned()),
        message,
        hint: text_property(thrown, "hint").unwrap_or_else(|| hint.to_owned()),
    }
}

/// Our error as a JavaScript `Error` with `code` and `hint`.
pub fn js_from_error(error: &Error) -> JsValue {
    let thrown = js_sys::Error::new(&error.message);
    for (name, text) in [("code", &error.code), ("hint", &error.hint)] {
        let set = Reflect::set(&thrown, &JsValue::from_str(name), &JsValue::from_str(text));
        debug_assert!(set.is_ok(), "an error of our own takes properties");
    }
    thrown.into()
}
