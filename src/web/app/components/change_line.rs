//! The change on the period before.

use kept::present::card::{ChangeTone, ChangeView, Direction, Fill};
use leptos::prelude::*;

/// A triangle and a line; coloured only where the evidence allows it.
#[component]
pub fn ChangeLine(change: ChangeView) -> impl IntoView {
    let shape = match change.direction {
        Direction::Up => "M5 1 L9.2 9 L.8 9 Z",
        Direction::Down => "M5 9 L9.2 1 L.8 1 Z",
        Direction::Level => "M1 5 L9 5",
    };
    view! {
        <p
            class="chg"
            class:filled=change.fill == Fill::Filled
            class:better=change.tone == ChangeTone::Better
            class:worse=change.tone == ChangeTone::Worse
        >
            <svg viewBox="0 0 10 10" aria-hidden="true"><path d=shape /></svg>
            <span>{change.text}</span>
        </p>
    }
}
