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

/// Where the focus follows something that was moved by one place.
#[derive(Clone, Copy)]
pub enum Beside {
    /// To the entry before.
    Before,
    /// To the entry after.
    After,
}

/// Moves the focus from a pressed button to the button with the same place in the entry beside its
/// own, an element marked `data-row`. At the end of the list it stays.
pub fn focus_same_button(event: &MouseEvent, beside: Beside) {
    let Some(pressed) = event
        .current_target()
        .and_then(|it| it.dyn_into::<Element>().ok())
    else {
        return;
    };
    let Some(entry) = pressed.closest("[data-row]").ok().flatten() else {
        return;
    };
    let other = match beside {
        Beside::Before => entry.previous_element_sibling(),
        Beside::After => entry.next_element_sibling(),
    };
    let is_second = pressed.previous_element_sibling().is_some();
    let wanted = if is_second {
        "button + button"
    } else {
        "button"
    };
    let button = other.and_then(|it| it.query_selector(wanted).ok().flatten());
    if let Some(button) = button.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let focused = button.focus();
        debug_assert!(focused.is_ok(), "a button can take the focus");
    }
}
