//! A button that lets files be chosen.

use leptos::html;
use leptos::prelude::*;
use web_sys::File;

use crate::web::app::hooks::file_list::files_of;

/// A button with the browser's chooser of files behind it.
#[component]
pub fn FileButton(
    /// What the button says.
    label: &'static str,
    /// Its class.
    class: &'static str,
    /// Kinds of files that are offered first, as the browser wants them; empty: all.
    #[prop(optional)]
    accept: &'static str,
    /// Whether several may be chosen.
    #[prop(optional)]
    multiple: bool,
    /// Hears what was chosen.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let chooser = NodeRef::<html::Input>::new();
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            if let Some(files) = chooser.files() {
                on_files.run(files_of(&files));
            }
            // Or the same file could not be chosen again.
            chooser.set_value("");
        }
    };
    view! {
        <button class=class on:click=choose>{label}</button>
        <input class="sr" type="file" multiple=multiple accept=accept tabindex="-1" aria-label=label node_ref=chooser on:change=chosen />
    }
}
