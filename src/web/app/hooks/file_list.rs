//! Files as the browser lists them.

use web_sys::{File, FileList};

/// The files, in their order. The browser's own list may be emptied later.
pub fn files_of(list: &FileList) -> Vec<File> {
    (0..list.length())
        .filter_map(|place| list.get(place))
        .collect()
}
