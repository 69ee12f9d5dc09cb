//! What was handed to the browser to save, where that may be forbidden: to be taken from the page.

use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::Url;

use crate::web::app::hooks::download::File;
use crate::web::app::state::AppState;

/// A longer text would hold the page up.
const MOST_BYTES: f64 = 2e6;

/// What is shown of the file.
#[derive(Clone)]
enum Shown {
    Text(String),
    /// The address of a picture.
    Picture(String),
    TooLong,
}

/// Says what was saved last, and shows it when asked.
#[component]
pub fn SavedLine() -> impl IntoView {
    let state = AppState::from_context();
    move || {
        state
            .saved()
            .get()
            .map(|file| view! { <Saved file=StoredValue::new_local(file) /> })
    }
}

#[component]
fn Saved(file: StoredValue<File, LocalStorage>) -> impl IntoView {
    let state = AppState::from_context();
    let shown = RwSignal::new(None::<Shown>);
    on_cleanup(move || {
        if let Some(Some(Shown::Picture(address))) = shown.try_get_untracked() {
            drop(Url::revoke_object_url(&address));
        }
    });
    let show = move |_| {
        let file = file.get_value();
        spawn_local(async move {
            let found = if file.is_picture() {
                Url::create_object_url_with_blob(&file.blob)
                    .ok()
                    .map(Shown::Picture)
            } else if file.blob.size() > MOST_BYTES {
                Some(Shown::TooLong)
            } else {
                let text = JsFuture::from(file.blob.text()).await;
                text.ok().and_then(|text| text.as_string()).map(Shown::Text)
            };
            shown.set(found);
        });
    };
    let name = file.with_value(|file| file.name.clone());
    let label = name.clone();
    let body = move || {
        let label = label.clone();
        shown.get().map(|shown| match shown {
            Shown::Text(text) => view! {
                <textarea class="whole" readonly spellcheck="false" rows=8 aria-label=label prop:value=text></textarea>
            }
            .into_any(),
            Shown::Picture(address) => view! { <img class="whole" src=address alt=label /> }.into_any(),
            Shown::TooLong => view! { <p>{say(words::SAVED_LONG)}</p> }.into_any(),
        })
    };
    view! {
        <div class="banner calm" role="status">
            <p>{name}" "{say(words::SAVED_HANDED)}</p>
            {move || shown.with(Option::is_none).then(|| view! { <button class="link" on:click=show>{say(words::SAVED_SHOW)}</button> })}
            <button class="link" on:click=move |_| state.saved().set(None)>{say(words::CLOSE)}</button>
            {body}
        </div>
    }
}
