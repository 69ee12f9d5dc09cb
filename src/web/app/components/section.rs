//! A section: an ink line, a title, a note at its right, and what stands in it.

use leptos::prelude::*;

/// A titled part of a page.
#[component]
pub fn Section(
    /// The title.
    #[prop(into)]
    title: String,
    /// What stands at the right of the title.
    #[prop(into, optional)]
    note: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="section">
            <div class="section-head">
                <h2>{title}</h2>
                <p>{note}</p>
            </div>
            {children()}
        </section>
    }
}
