//! Where the focus goes when what had it goes away.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, MouseEvent};

/// Moves the focus to the field in the entry of the list in which a button was pressed.
pub fn focus_field_beside(event: &MouseEvent) {
    let pressed = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let entry = pressed.and_then(|it| it.closest("li").ok().flatten());
    let field = entry.and_then(|it| it.query_selector("select, input").ok().flatten());
    if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let focused = field.focus();
        debug_assert!(focused.is_ok(), "a field can take the focus");
    }
}
