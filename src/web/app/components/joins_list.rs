//! How tables belong together: by what each was matched, and what waits for the reader.

use kept::present::joins::{
    JoinView, JoinsView, SuggestionView, joins, with_apart, with_base, with_pair,
};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// More pairs than this are opened by the reader.
const SHOWN_AT_ONCE: usize = 8;

/// The joins; nothing where one table stands alone.
#[component]
pub fn JoinsList() -> impl IntoView {
    let state = AppState::from_context();
    let view = move || {
        let options = state.options.get();
        state
            .reported(|report| joins(&state.habits(), report, &options))
            .flatten()
    };
    move || view().map(|view| view! { <Shown view /> })
}

#[component]
fn Shown(view: JoinsView) -> impl IntoView {
    let state = AppState::from_context();
    let by_base = Callback::new(move |base: String| {
        actions::update(state, |options| with_base(options, &base));
    });
    let pairs: Vec<SuggestionView> = view
        .tables
        .iter()
        .flat_map(|it| it.suggestions.clone())
        .collect();
    let same = view.same.clone();
    view! {
        <Section title=say(words::JOINS_TITLE) note=view.note>
            {(view.bases.len() > 1).then(|| view! {
                <div class="controls"><div class="field"><span>{say(words::JOINS_BASE)}</span>
                    <Choice label=say(words::JOINS_BASE) options=view.bases chosen=view.base on_choose=by_base />
                </div></div>
            })}
            <table class="stack">
                <thead><tr>
                    <th>{say(words::TABLE)}</th><th>{say(words::JOINS_MATCHED)}</th><th>{say(words::JOINS_BY)}</th><th>{say(words::JOINS_REST)}</th><td></td>
                </tr></thead>
                <tbody>{view.tables.into_iter().map(|table| view! { <Table table /> }).collect_view()}</tbody>
            </table>
            {(!pairs.is_empty()).then(|| view! { <h3 class="after">{say(words::JOINS_PAIRS)}</h3><Pairs pairs /> })}
            {(!same.is_empty()).then(|| view! { <h3 class="after">{say(words::JOINS_SAME)}</h3><p class="small quiet">{view.same_says}</p><Pairs pairs=same /> })}
        </Section>
    }
}

#[component]
fn Table(table: JoinView) -> impl IntoView {
    let state = AppState::from_context();
    let (name, apart) = (table.name.clone(), table.is_apart);
    let turn = move |_| actions::update(state, |options| with_apart(options, &name, !apart));
    let lines = |lines: Vec<String>| {
        lines
            .into_iter()
            .map(|line| view! { <div>{line}</div> })
            .collect_view()
    };
    view! {
        <tr>
            <td><b>{table.name}</b></td>
            <td data-l=say(words::JOINS_MATCHED)>{table.matched}</td>
            <td data-l=say(words::JOINS_BY)>{lines(table.by)}</td>
            <td class="quiet" data-l=say(words::JOINS_REST)>{lines(table.rest)}</td>
            <td><button class="link" on:click=turn>{if apart { say(words::JOINS_TOGETHER) } else { say(words::JOINS_APART) }}</button></td>
        </tr>
    }
}

#[component]
fn Pairs(pairs: Vec<SuggestionView>) -> impl IntoView {
    let state = AppState::from_context();
    let row = move |pair: SuggestionView| {
        let (id, confirmed) = (pair.id, pair.confirmed);
        let turn = move |_| actions::update(state, |options| with_pair(options, &id, !confirmed));
        view! {
            <tr>
                <td>{pair.one}</td>
                <td>{pair.other}</td>
                <td class="quiet">{pair.says}</td>
                <td><button class="btn" aria-pressed=confirmed.to_string() on:click=turn>{if confirmed { say(words::UNCONFIRM) } else { say(words::CONFIRM) }}</button></td>
            </tr>
        }
    };
    let is_short = pairs.len() <= SHOWN_AT_ONCE;
    view! {
        <details open=is_short>
            <summary>{words::counted(pairs.len(), "pair", "pairs")}</summary>
            <table class="stack"><tbody>{pairs.into_iter().map(row).collect_view()}</tbody></table>
        </details>
    }
}
