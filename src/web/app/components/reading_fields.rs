//! How a table was read, with the choices behind it.

use kept::present::check::{Field, ReadingView};
use leptos::prelude::*;

use super::choice::Choice;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// One line; the choices open on demand.
#[component]
pub fn ReadingFields(table: String, reading: ReadingView) -> impl IntoView {
    let state = AppState::from_context();
    if reading.fields.is_empty() {
        return reading.says.into_any();
    }
    let table = StoredValue::new(table);
    let choose = move |field: Field| {
        Callback::new(move |value: String| {
            actions::choose_reading(state, &table.get_value(), field, &value);
        })
    };
    let fields = reading.fields.into_iter().map(|field| {
        view! {
            <div class="field">
                <span aria-hidden="true">{field.label}</span>
                <Choice label=field.label options=field.choices chosen=field.chosen on_choose=choose(field.field) />
            </div>
        }
    });
    view! {
        <details>
            <summary>{reading.says}</summary>
            <div class="fields">{fields.collect_view()}</div>
        </details>
    }
    .into_any()
}
