//! Saving a file that the reader asked for.

use wasm_bindgen::JsCast as _;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use crate::web::dom;

/// A file that the reader asked for.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub blob: Blob,
}

impl File {
    /// A text as a file; absent where the browser makes none.
    pub fn of_text(text: &str, name: &str, mime: &str) -> Option<Self> {
        let parts = js_sys::Array::of1(&text.into());
        let kind = BlobPropertyBag::new();
        kind.set_type(mime);
        let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
        let name = name.to_owned();
        Some(Self { name, blob })
    }

    /// Whether it is a picture, so that it is shown as one.
    pub fn is_picture(&self) -> bool {
        self.blob.type_().starts_with("image/png")
    }
}

/// Whether the page stands where downloads may be forbidden: in a frame, or sandboxed by its server.
/// No browser tells whether they are.
pub fn may_be_forbidden() -> bool {
    let Some(window) = dom::window() else {
        return false;
    };
    let framed = window
        .parent()
        .is_ok_and(|parent| parent.is_some_and(|parent| parent != window));
    let nowhere = dom::text_property(&window, "origin").is_some_and(|origin| origin == "null");
    let from_folder = window.location().protocol().is_ok_and(|it| it == "file:");
    framed || (nowhere && !from_folder)
}

/// Hands the file to the browser to save. Where the host page forbids downloads, nothing happens.
pub fn save(file: &File) {
    let Ok(address) = Url::create_object_url_with_blob(&file.blob) else {
        return;
    };
    let anchor = dom::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&address);
        anchor.set_download(&file.name);
        anchor.click();
    }
    // The click has taken the blob over; a failure to release it costs memory only.
    drop(Url::revoke_object_url(&address));
}
