//! The page's clock, for rates only; no figure depends on it.

use crate::web::dom;

/// Milliseconds since the page was opened; 0 where the browser does not tell.
pub fn now() -> f64 {
    dom::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}
