//! The change on the period before.

use kept::present::card::{ChangeTone, ChangeView, Direction, Fill};
use leptos::prelude::*;

use super::signs;

/// A triangle and a line; coloured only where the evidence allows it.
#[component]
pub fn ChangeLine(change: ChangeView) -> impl IntoView {
    let shape = match change.direction {
        Direction::Up => signs::UP,
        Direction::Down => signs::DOWN,
        Direction::Level => signs::LEVEL,
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
