//! The interval glyph with the interval behind it.

use leptos::prelude::*;

/// Before every interval.
#[component]
pub fn IntervalText(
    /// The interval in words; absent for a full count, which says `instead`.
    text: Option<String>,
    /// What a full count says.
    instead: &'static str,
) -> impl IntoView {
    match text {
        Some(text) => view! {
            <span class="ci">
                <svg viewBox="0 0 18 8" aria-hidden="true">
                    <line x1=1 y1=0 x2=1 y2=8 />
                    <line x1=17 y1=0 x2=17 y2=8 />
                    <line x1=1 y1=4 x2=17 y2=4 />
                    <circle cx=9 cy=4 r=2.5 />
                </svg>
                {text}
            </span>
        }
        .into_any(),
        None => view! { <span class="ci">{instead}</span> }.into_any(),
    }
}
