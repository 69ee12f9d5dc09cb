//! That nothing leaves, how to check it, and what it does not protect from.

use kept::present::words;
use leptos::prelude::*;

use super::section::Section;

/// The privacy claim with its test and its limits.
#[component]
pub fn Privacy() -> impl IntoView {
    let item = |text: &'static str| view! { <li><span>{text}</span></li> };
    view! {
        <Section title=words::PRIVACY_TITLE note=words::PRIVACY_NOTE>
            <div class="cols">
                <div class="c6">
                    <h3>{words::PRIVACY_CHECK}</h3>
                    <ol class="proofs count">{words::PRIVACY_STEPS.map(item).collect_view()}</ol>
                </div>
                <div class="c6">
                    <h3>{words::PRIVACY_LIMITS}</h3>
                    <ul class="proofs dash">{words::PRIVACY_LIMIT_LIST.map(item).collect_view()}</ul>
                </div>
            </div>
        </Section>
    }
}
