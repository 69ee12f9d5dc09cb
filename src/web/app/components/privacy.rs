//! That nothing leaves, how to check it, and what it does not protect from.

use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::section::Section;
use super::status_line::Proof;
use crate::web::app::hooks::requests::whole_policy;
use crate::web::app::hooks::stored::use_stored;
use crate::web::app::state::AppState;

/// The crates that ship, a line for each licence; `cargo xtask test` keeps it true.
const PARTS: &str = include_str!("../../../../www/parts.txt");

/// The privacy claim with its test and its limits.
#[component]
pub fn Privacy() -> impl IntoView {
    let item = |text: &'static str| view! { <li><span>{text}</span></li> };
    view! {
        <Section title=say(words::PRIVACY_TITLE) note=say(words::PRIVACY_NOTE)>
            <div class="cols">
                <div class="c6">
                    <h3>{say(words::PRIVACY_CHECK)}</h3>
                    <ol class="proofs count">{words::PRIVACY_STEPS.map(say).map(item).collect_view()}</ol>
                </div>
                <div class="c6">
                    <h3>{say(words::PRIVACY_LIMITS)}</h3>
                    <ul class="proofs dash">{words::PRIVACY_LIMIT_LIST.map(say).map(item).collect_view()}</ul>
                </div>
            </div>
            <Here />
        </Section>
    }
}

/// What the browser itself tells of this page, and what the page is made of.
#[component]
fn Here() -> impl IntoView {
    let state = AppState::from_context();
    let stored = use_stored();
    let held = move || match stored.get() {
        Some(bytes) => {
            let bytes = state.habits().bytes(bytes);
            format!("{} {bytes}.", say(words::PRIVACY_STORED))
        }
        None => say(words::PRIVACY_STORED_UNKNOWN).to_owned(),
    };
    let code = |line: String| view! { <div><code>{line}</code></div> };
    let policy = match whole_policy() {
        Some(policy) => (say(words::PRIVACY_POLICY), Some(code(policy))),
        None => (say(words::PRIVACY_POLICY_ELSEWHERE), None),
    };
    let programs = state.programs();
    let line = |line: &'static str| view! { <p>{line}</p> };
    view! {
        <h3>{say(words::PRIVACY_HERE)}</h3>
        <ul class="proofs dash here">
            <li><div><p>{policy.0}</p>{policy.1}</div></li>
            <li><div><Proof /></div></li>
            <li><div>{held}</div></li>
            <li><div><p>{say(words::PRIVACY_PROGRAMS)}</p>{programs.into_iter().map(code).collect_view()}</div></li>
        </ul>
        <details>
            <summary>{say(words::PRIVACY_PARTS)}</summary>
            {PARTS.lines().map(line).collect_view()}
        </details>
    }
}
