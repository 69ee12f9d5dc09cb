//! A native select.

use leptos::prelude::*;

/// A select over value and name; `on_choose` gets the value.
#[component]
pub fn Choice(
    /// What it is called, for those who cannot see what stands above it.
    #[prop(into)]
    label: String,
    /// Value and name of every option.
    options: Vec<(String, String)>,
    /// The value in force.
    #[prop(into)]
    chosen: String,
    /// What to do with another value.
    on_choose: Callback<String>,
) -> impl IntoView {
    let option = move |(value, name): (String, String)| {
        let is_chosen = value == chosen;
        view! { <option value=value prop:selected=is_chosen>{name}</option> }
    };
    view! {
        <select aria-label=label on:change:target=move |event| on_choose.run(event.target().value())>
            {options.into_iter().map(option).collect_view()}
        </select>
    }
}
