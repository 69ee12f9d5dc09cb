//! A chart: words first, then the picture, then the table.

use kept::charts::describe;
use kept::engine::chart_spec::ChartSpec;
use kept::present::words;
use leptos::html;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::data_table::DataTable;
use crate::web::app::hooks::canvas::{Detail, use_chart};
use crate::web::app::state::AppState;

/// A figure with its caption, its canvas and its data table; T opens the table.
#[component]
pub fn ChartFigure(spec: ChartSpec) -> impl IntoView {
    let state = AppState::from_context();
    let node = NodeRef::<html::Canvas>::new();
    let is_open = RwSignal::new(false);
    let described = describe(&spec, &untrack(|| state.habits()));
    let sentence = described.sentence.clone();
    let table = StoredValue::new(described);
    let footnotes = spec.footnotes.clone();
    let title = spec.title.clone();
    use_chart(node, StoredValue::new(spec), Detail::Chart, state);
    let toggle = move || is_open.update(|is_open| *is_open = !*is_open);
    let key = move |event: KeyboardEvent| {
        if event.key().eq_ignore_ascii_case("t") && !event.ctrl_key() && !event.meta_key() {
            toggle();
        }
    };
    let label = move || {
        if is_open.get() {
            words::HIDE_TABLE
        } else {
            words::DATA_TABLE
        }
    };
    view! {
        <figure tabindex="0" on:keydown=key>
            <figcaption>
                <strong>{title}</strong>
                <span>{sentence}</span>
            </figcaption>
            <div class="plot"><canvas node_ref=node aria-hidden="true"></canvas></div>
            <div class="tools">
                {footnotes.into_iter().map(|note| view! { <span>{note}</span> }).collect_view()}
                <button class="link" aria-expanded=move || is_open.get().to_string() on:click=move |_| toggle()>
                    {label} <kbd>"T"</kbd>
                </button>
            </div>
            <Show when=move || is_open.get()>
                <DataTable table=table.get_value() />
            </Show>
        </figure>
    }
}
