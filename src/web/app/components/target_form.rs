//! Setting a target.

use kept::engine::base::Unit;
use kept::present::{controls, words};
use leptos::html;
use leptos::prelude::*;

use crate::web::app::actions;
use crate::web::app::state::AppState;

/// A field for the wanted figure, in the unit that is shown.
#[component]
pub fn TargetForm(
    /// The KPI's id, for the choice.
    kpi: String,
    unit: Unit,
    /// The target in force as typed; empty for none.
    target: String,
) -> impl IntoView {
    let state = AppState::from_context();
    let field = NodeRef::<html::Input>::new();
    let has_target = !target.is_empty();
    let kpi = StoredValue::new(kpi);
    let set = move |typed: &str| {
        actions::update(state, |options| {
            kpi.with_value(|kpi| controls::with_target(options, kpi, unit, typed))
        });
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            set(&field.value());
        }
    };
    view! {
        <section class="section">
            <h3>{words::TARGET}</h3>
            <form class="inline" on:submit=submit>
                <input type="text" inputmode="decimal" aria-label=words::TARGET node_ref=field prop:value=target />
                <button class="btn" type="submit">{words::TARGET_SET}</button>
                {has_target.then(|| view! {
                    <button class="link" type="button" on:click=move |_| set("")>{words::TARGET_REMOVE}</button>
                })}
            </form>
        </section>
    }
}
