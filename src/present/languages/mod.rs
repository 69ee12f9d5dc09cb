//! The languages of the page beside English, one file each.
//!
//! Takes: nothing. Gives: the text of each catalogue, in the format of gettext.
//! Never: holds a text of the page outside a catalogue.
//! Start at [`LANGUAGES`]. Tests: `tests/languages.rs`.

/// Each language by its tag, with its catalogue. A further one is a file beside this and a line.
pub const LANGUAGES: [(&str, &str); 1] = [("de", include_str!("de.po"))];
