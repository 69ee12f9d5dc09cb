//! The small trend of a card.

use kept::engine::chart_spec::ChartSpec;
use leptos::html;
use leptos::prelude::*;

use crate::web::app::hooks::canvas::{Detail, use_chart};
use crate::web::app::state::AppState;

/// A line without axes; the card says the same in words.
#[component]
pub fn Spark(spec: ChartSpec) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    use_chart(
        node,
        StoredValue::new(spec),
        Detail::Spark,
        AppState::from_context(),
        Signal::stored(None),
    );
    view! { <canvas node_ref=node aria-hidden="true"></canvas> }
}
