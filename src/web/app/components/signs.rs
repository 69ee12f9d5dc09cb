//! The paths of the small signs, each in a box of its own size.
//!
//! They are constants because a part of a `view!` without any value is made through `innerHTML`, which
//! the page's policy forbids (Trusted Types): `<kbd>"T"</kbd>` would stop the page, `<kbd>{"T"}</kbd>`
//! does not. `tests/browser/access.test.js` opens every view under that policy.

/// More than before, in a box of 10 by 10.
pub const UP: &str = "M5 1 L9.2 9 L.8 9 Z";
/// Less than before, in a box of 10 by 10.
pub const DOWN: &str = "M5 9 L9.2 1 L.8 1 Z";
/// As before, in a box of 10 by 10.
pub const LEVEL: &str = "M1 5 L9 5";
/// Take away, in a box of 10 by 10.
pub const CROSS: &str = "M1 1 9 9 M9 1 1 9";
/// A period that is not over, in a box of 24 by 12.
pub const HATCHING: &str = "M0 12 12 0 M8 12 20 0 M16 12 24 4";
