//! The samples by kind of business.

use kept::present::words;
use leptos::prelude::*;

use super::section::Section;
use crate::web::app::actions;
use crate::web::app::samples::{SAMPLES, Sample};
use crate::web::app::state::AppState;

/// All samples, each with a button.
#[component]
pub fn SamplesList() -> impl IntoView {
    let state = AppState::from_context();
    let item = move |sample: &'static Sample| {
        view! {
            <li>
                <h3>{sample.title}</h3>
                <p>{sample.says}</p>
                <button class="link" on:click=move |_| actions::open_sample(state, sample)>
                    {words::SAMPLE_OPEN}<span class="sr">": "{sample.title}</span>
                </button>
            </li>
        }
    };
    view! {
        <Section title=words::SAMPLES_TITLE note=words::SAMPLES_NOTE>
            <ul class="samples">{SAMPLES.iter().map(item).collect_view()}</ul>
        </Section>
    }
}
