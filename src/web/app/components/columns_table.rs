//! The columns of a table: what each was taken for, how sure, because.

use kept::present::check::{ColumnView, ScoreView, Sure, TableView};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// One row a column, with a select for its role; a wide table keeps the rest behind a summary.
#[component]
pub fn ColumnsTable(table: TableView) -> impl IntoView {
    let has_others = !table.others.is_empty();
    view! {
        <Section title=table.columns_title note=table.columns_say>
            <Columns table=table.name.clone() columns=table.columns />
            {has_others.then(|| view! {
                <details class="after">
                    <summary>{table.others_say}</summary>
                    <Columns table=table.name columns=table.others />
                </details>
            })}
        </Section>
    }
}

#[component]
fn Columns(table: String, columns: Vec<ColumnView>) -> impl IntoView {
    let row = move |column: ColumnView| view! { <ColumnRow table=table.clone() column /> };
    view! {
        <table class="coltab stack">
            <thead>
                <tr>
                    <th>{say(words::COLUMN)}</th>
                    <th>{say(words::TAKEN_FOR)}</th>
                    <th>{say(words::LOOKS_LIKE)}</th>
                    <th>{say(words::HOW_SURE)}</th>
                    <th>{say(words::BECAUSE)}</th>
                </tr>
            </thead>
            <tbody>{columns.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}

#[component]
fn ColumnRow(table: String, column: ColumnView) -> impl IntoView {
    let state = AppState::from_context();
    let (of_table, of_column) = (table.clone(), column.name.clone());
    let choose = Callback::new(move |role: String| {
        actions::choose_role(state, &of_table, &of_column, &role);
    });
    let score = column
        .score
        .map(|score| (table, column.name.clone(), score));
    view! {
        <tr>
            <td><code>{column.name}</code></td>
            <td data-l=say(words::TAKEN_FOR)>
                <Choice label=column.label options=column.roles chosen=column.role on_choose=choose />
                {score.map(|(table, column, score)| view! { <ScoreFields table column score /> })}
            </td>
            <td class="mono quiet">{column.looks_like}</td>
            <td data-l=say(words::HOW_SURE)><HowSure sure=column.sure /></td>
            <td class="quiet">{column.because}</td>
        </tr>
    }
}

/// What a score column asked, and its codes for no answer.
#[component]
fn ScoreFields(table: String, column: String, score: ScoreView) -> impl IntoView {
    let state = AppState::from_context();
    let (of_table, of_column) = (table.clone(), column.clone());
    let ask = Callback::new(move |asked: String| {
        actions::choose_asked(state, &of_table, &of_column, &asked);
    });
    let missing = move |codes: String| actions::choose_missing(state, &table, &column, &codes);
    view! {
        <div class="fields">
            <Choice label=say(words::QUESTION_ASKED) options=words::asked_choices() chosen=score.asked on_choose=ask />
            <label class="field">
                <span>{say(words::MISSING_CODES)}</span>
                <input
                    type="text"
                    title=say(words::MISSING_HINT)
                    prop:value=score.missing
                    on:change:target=move |event| missing(event.target().value())
                />
            </label>
        </div>
    }
}

#[component]
fn HowSure(sure: Sure) -> impl IntoView {
    let filled = move |place: u8| if place <= sure.boxes { "f" } else { "" };
    view! {
        <span class="conf" class:low=sure.open>
            <svg viewBox="0 0 22 10" aria-hidden="true">
                <rect class=filled(1) x=0.5 y=0.5 width=5 height=9 />
                <rect class=filled(2) x=8.5 y=0.5 width=5 height=9 />
                <rect class=filled(3) x=16.5 y=0.5 width=5 height=9 />
            </svg>
            {sure.word}
        </span>
    }
}
