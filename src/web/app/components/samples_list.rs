//! The samples by kind of business.

use kept::present::language::say;
use kept::present::samples::{self, Sample};
use kept::present::{controls, words};
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// All samples, each with a button; those of the chosen type of business first.
#[component]
pub fn SamplesList() -> impl IntoView {
    let state = AppState::from_context();
    let business = Memo::new(move |_| state.options.with(|options| options.business_type.clone()));
    let set_business = Callback::new(move |id: String| {
        state
            .options
            .update(|options| *options = controls::with_business_type(options.clone(), &id));
    });
    let types = || {
        let mut types = controls::business_types();
        if let Some(any) = types.first_mut() {
            say(words::SAMPLES_ANY).clone_into(&mut any.1);
        }
        types
    };
    let item = move |sample: &'static Sample| {
        view! {
            <li>
                <h3>{say(sample.title)}</h3>
                <p>{say(sample.says)}</p>
                <button class="link" on:click=move |_| actions::open_sample(state, sample)>
                    {say(words::SAMPLE_OPEN)}<span class="sr">": "{say(sample.title)}</span>
                </button>
            </li>
        }
    };
    let items = move || {
        // What the tables tell counts where nothing is chosen.
        let told = || {
            state.outcome.with(|outcome| {
                let report = &outcome.as_ref()?.report;
                report.business_type.clone()
            })
        };
        let business = business.get().or_else(told);
        let offered = samples::offered(business.as_deref());
        offered.into_iter().map(item).collect_view()
    };
    view! {
        <Section title=say(words::SAMPLES_TITLE) note=say(words::SAMPLES_NOTE)>
            <div class="controls">
                <div class="field">
                    <span>{say(words::SAMPLES_FOR)}</span>
                    {move || view! { <Choice label=say(words::SAMPLES_FOR) options=types() chosen=business.get().unwrap_or_default() on_choose=set_business /> }}
                </div>
            </div>
            <ul class="samples">{items}</ul>
        </Section>
    }
}
