//! The mark: a dot held between two brackets.

use leptos::prelude::*;

/// A value inside its interval, data kept inside the page.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 26 14" aria-hidden="true">
            <line x1=1 y1=1 x2=1 y2=13 />
            <line x1=25 y1=1 x2=25 y2=13 />
            <line x1=1 y1=7 x2=25 y2=7 />
            <circle cx=13 cy=7 r=4.5 />
        </svg>
    }
}
