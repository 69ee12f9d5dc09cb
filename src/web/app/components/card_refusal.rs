//! Why a card has no figure.

use kept::present::card::RefusalView;
use kept::present::words;
use leptos::prelude::*;

/// What is missing, why that matters, what to do instead.
#[component]
pub fn CardRefusal(refusal: RefusalView) -> impl IntoView {
    view! {
        <div class="refusal">
            <p class="val"><b class="na">{words::NOT_AVAILABLE}</b></p>
            <p><strong>{refusal.missing}</strong></p>
            <p>{refusal.matters}" "{refusal.instead}</p>
        </div>
    }
}
