//! What moves a score away from 50: a bar to the left and to the right, and its legend.

use kept::present::accounts::BarPart;
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

/// The bar; `sum` says it in words.
#[component]
pub fn HealthBar(parts: Vec<BarPart>, sum: String) -> impl IntoView {
    let rect = |part: BarPart| {
        let class = if part.adds { "adds" } else { "takes" };
        let title = format!("{} {}", part.name, part.points);
        view! {
            <rect class=class x=part.start.to_string() y=1 width=part.width.to_string() height=8><title>{title}</title></rect>
        }
    };
    // Without words there is nothing to read aloud.
    let (role, hidden) = if sum.is_empty() {
        (None, Some("true"))
    } else {
        (Some("img"), None)
    };
    view! {
        <svg class="hbar" viewBox="-50 0 100 10" preserveAspectRatio="none" role=role aria-hidden=hidden aria-label=sum>
            {parts.into_iter().map(rect).collect_view()}
            <line x1=0 y1=0 x2=0 y2=10></line>
        </svg>
    }
}

/// What the two colours mean.
#[component]
pub fn HealthLegend() -> impl IntoView {
    view! {
        <ul class="legend">
            <li><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="takes" width=20 height=10></rect></svg>{say(words::TAKES_AWAY)}</li>
            <li><svg viewBox="0 0 20 10" aria-hidden="true"><rect class="adds" width=20 height=10></rect></svg>{say(words::ADDS_POINTS)}</li>
        </ul>
    }
}
