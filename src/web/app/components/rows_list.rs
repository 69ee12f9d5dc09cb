//! Rows of a table as they stand in the file, each with its verdict; 200 at a time.

use kept::engine::rows::{Bucket, RowsQuery};
use kept::present::language::{say, say_text};
use kept::present::rows::{RowView, RowsView, choices, rows};
use kept::present::words;
use leptos::prelude::*;

use super::choice::Choice;
use super::section::Section;
use super::signs;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// The rows that were asked for, and what else can be asked.
#[component]
pub fn RowsList() -> impl IntoView {
    let state = AppState::from_context();
    let shown = move || {
        state.rows.with(|shown| match shown {
            Some(Ok(found)) => {
                state.presented(|reader, outcome| Ok(rows(reader, &outcome.report, found)))
            }
            Some(Err(error)) => Some(Err(say_text(&error.message).into_owned())),
            None => None,
        })
    };
    move || {
        state.browsed.get().map(|query| {
            let title = format!("{} {}", say(words::ROWS_OF), query.table);
            view! {
                <Section title>
                    <Controls query=query.clone() />
                    {move || match shown() {
                        Some(Ok(view)) => view! { <Page query=query.clone() view /> }.into_any(),
                        Some(Err(says)) => view! { <p class="after" role="alert">{says}</p> }.into_any(),
                        None => view! { <p class="after quiet" role="status">{say(words::READING)}</p> }.into_any(),
                    }}
                </Section>
            }
        })
    }
}

#[component]
fn Controls(query: RowsQuery) -> impl IntoView {
    let state = AppState::from_context();
    let found = state.presented(|reader, outcome| choices(reader, &outcome.report, &query));
    let chosen = StoredValue::new(query.clone());
    // Another choice begins at the first row again.
    let with = move |change: fn(&mut RowsQuery, String)| {
        Callback::new(move |value: String| {
            let mut query = chosen.get_value();
            query.from = None;
            change(&mut query, value);
            actions::browse(state, query);
        })
    };
    let to_table = with(|query, table| {
        *query = RowsQuery {
            table,
            ..RowsQuery::default()
        };
    });
    let to_bucket = with(|query, id| {
        query.bucket = match id.as_str() {
            "used" => Some(Bucket::Used),
            "left_out" => Some(Bucket::LeftOut),
            _ => None,
        };
        query.reason = None;
    });
    let to_reason = with(|query, code| {
        query.bucket = (!code.is_empty()).then_some(Bucket::LeftOut);
        query.reason = (!code.is_empty()).then_some(code);
    });
    let any_step = with(|query, _| {
        (query.rule, query.step, query.group) = (None, None, None);
        (query.term, query.side) = (None, None);
    });
    let to_finding = with(|query, id| {
        (query.reason, query.rule, query.step) = (None, None, None);
        (query.term, query.side) = (None, None);
        query.finding = (!id.is_empty()).then_some(id);
    });
    let any_column = with(|query, _| query.column = None);
    let bucket = match query.bucket {
        Some(Bucket::Used) => "used",
        Some(Bucket::LeftOut) => "left_out",
        None => "",
    };
    let labelled = |label: &'static str, options, chosen: String, on_choose| {
        view! {
            <div class="field">
                <span aria-hidden="true">{label}</span>
                <Choice label options chosen on_choose />
            </div>
        }
    };
    found.map(|found| {
        let column = query.column.clone();
        view! {
            <div class="controls">
                {labelled(say(words::TABLE), found.tables, query.table, to_table)}
                {labelled(say(words::SHOW), found.buckets, bucket.to_owned(), to_bucket)}
                {labelled(say(words::REASON), found.reasons, query.reason.unwrap_or_default(), to_reason)}
                {labelled(say(words::FOR_KPI), found.findings, query.finding.unwrap_or_default(), to_finding)}
                {column.map(|column| {
                    let says = format!("{} {column}", say(words::IN_COLUMN));
                    view! { <Narrowed says remove=any_column /> }
                })}
                {found.step.map(|step| {
                    let there = step.key.map_or(Page::Kpis, Page::Kpi);
                    view! {
                        <Narrowed says=step.says remove=any_step />
                        <button class="link pad" on:click=move |_| actions::go(state, there.clone())>{step.back}</button>
                    }
                })}
            </div>
        }
    })
}

/// What narrows the rows beside the selects, with a way to drop it.
#[component]
fn Narrowed(says: String, remove: Callback<String>) -> impl IntoView {
    view! {
        <span class="chip">
            {says}
            <button aria-label=say(words::FILTER_REMOVE) on:click=move |_| remove.run(String::new())>
                <svg viewBox="0 0 10 10" aria-hidden="true"><path d=signs::CROSS /></svg>
            </button>
        </span>
    }
}

#[component]
fn Page(query: RowsQuery, view: RowsView) -> impl IntoView {
    let state = AppState::from_context();
    let turn = move |label: &'static str, from: Option<u32>| {
        let query = query.clone();
        let go = move |_| {
            if from.is_some() {
                actions::browse(
                    state,
                    RowsQuery {
                        from,
                        ..query.clone()
                    },
                );
            }
        };
        view! { <button class="link" disabled=from.is_none() on:click=go>{label}</button> }
    };
    let row = |row: RowView| {
        let verdict = if row.is_used {
            say(words::USED)
        } else {
            say(words::LEFT_OUT)
        };
        let line = |says: String| view! { <span class="said">{says}</span> };
        view! {
            <tr>
                <td class="mono nb" data-l=say(words::LINE_HEAD)>{row.place}</td>
                <td class="mono">{row.written}</td>
                <td class="nb" class:out=!row.is_used>{verdict}</td>
                <td>{row.read_as.into_iter().map(line).collect_view()}</td>
            </tr>
        }
    };
    view! {
        <p class="tools" role="status">
            <span>{view.says}</span>
            {turn.clone()(say(words::ROWS_BEFORE), view.previous)}
            {turn(say(words::ROWS_AFTER), view.next)}
        </p>
        <table class="lines stack">
            <thead>
                <tr>
                    <th>{say(words::LINE_HEAD)}</th>
                    <th>{say(words::AS_IN_FILE)}</th>
                    <th>{say(words::VERDICT)}</th>
                    <th>{say(words::READ_AS_OR_WHY)}</th>
                </tr>
            </thead>
            <tbody>{view.rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
