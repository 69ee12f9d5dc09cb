//! The facts under the big number.

use kept::present::kpi_page::Fact;
use leptos::prelude::*;

/// Up to four facts side by side.
#[component]
pub fn Facts(facts: Vec<Fact>) -> impl IntoView {
    let item = |fact: Fact| {
        view! {
            <div>
                <dt>{fact.heading}</dt>
                <dd>{fact.says}</dd>
                <dd>{fact.detail}</dd>
            </div>
        }
    };
    view! { <dl class="facts">{facts.into_iter().map(item).collect_view()}</dl> }
}
