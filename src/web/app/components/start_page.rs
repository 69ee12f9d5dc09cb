//! The start page: drop, choose, paste, samples, and how to check the privacy.

use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::drop_zone::DropZone;
use super::paste_box::PasteBox;
use super::privacy::Privacy;
use super::samples_list::SamplesList;

/// Where data comes in.
#[component]
pub fn StartPage() -> impl IntoView {
    view! {
        <div class="head">
            <div>
                <h1>{say(words::START_TITLE)}</h1>
                <p class="lead">{say(words::START_LEAD)}</p>
            </div>
        </div>
        <ol class="steps" aria-label=say(words::STEPS)>
            <li aria-current="step"><span>{"1"}</span>{say(words::STEP_ADD)}</li>
            <li><span>{"2"}</span>{say(words::STEP_CHECK)}</li>
            <li><span>{"3"}</span>{say(words::STEP_READ)}</li>
        </ol>
        <section class="section">
            <div class="cols">
                <DropZone />
                <PasteBox />
            </div>
        </section>
        <SamplesList />
        <Privacy />
    }
}
