//! A field for a figure that is wanted: a target, a precision.

use kept::present::language::say;
use kept::present::words;
use leptos::html;
use leptos::prelude::*;

/// The figure as typed, to be set or removed, and what follows from it.
#[component]
pub fn WantedForm(
    /// What is wanted.
    title: &'static str,
    /// What the button says.
    set_words: &'static str,
    /// The figure in force as typed; empty for none.
    typed: String,
    /// What follows from it, in sentences.
    says: Vec<String>,
    /// Takes what was typed; empty removes it.
    on_set: Callback<String>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let is_set = !typed.is_empty();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(field) = field.get_untracked() {
            on_set.run(field.value());
        }
    };
    view! {
        <section class="section">
            <h3>{title}</h3>
            {says.into_iter().map(|says| view! { <p class="quiet">{says}</p> }).collect_view()}
            <form class="inline" on:submit=submit>
                <input type="text" inputmode="decimal" aria-label=title node_ref=field prop:value=typed />
                <button class="btn" type="submit">{set_words}</button>
                {is_set.then(|| view! {
                    <button class="link" type="button" on:click=move |_| on_set.run(String::new())>
                        {say(words::REMOVE)}<span class="sr">": "{title}</span>
                    </button>
                })}
            </form>
        </section>
    }
}
