//! The ledger: read = used + left out.

use kept::engine::rows::{Bucket, RowsQuery};
use kept::present::language::say;
use kept::present::ledger::{LedgerView, ReasonRow, TableCounts, ledger};
use kept::present::words;
use leptos::prelude::*;

use super::left_out_table::RowsLink;
use super::rows_list::RowsList;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Every row, accounted for.
#[component]
pub fn LedgerPage() -> impl IntoView {
    let state = AppState::from_context();
    let view = move || state.reported(|report| ledger(&state.habits(), report));
    view! {
        <div class="head">
            <div>
                <h1>{say(words::LEDGER_TITLE)}</h1>
                <p class="lead">{say(words::LEDGER_LEAD)}</p>
            </div>
            <button class="btn" on:click=move |_| actions::save_list(state)>{say(words::LIST_SAVE)}</button>
        </div>
        {move || view().map(|view| view! { <Equation view=view.clone() /><Tables view /> })}
        <RowsList />
    }
}

#[component]
fn Equation(view: LedgerView) -> impl IntoView {
    view! {
        <section class="section">
            <div class="equation">
                <span>{view.read}<small>{say(words::LEDGER_READ)}</small></span>
                <i>{"="}</i>
                <span>{view.used}<small>{say(words::LEDGER_USED)}</small></span>
                <i>{"+"}</i>
                <span class="out">{view.left_out}<small>{view.left_out_says}</small></span>
            </div>
            <progress class="share" max="1" value=view.used_share.to_string() aria-hidden="true"></progress>
            <p class="small quiet">{say(words::LEDGER_SUM)}</p>
        </section>
    }
}

#[component]
fn Tables(view: LedgerView) -> impl IntoView {
    let table_row = |table: TableCounts| {
        let query = |bucket| RowsQuery {
            table: table.name.clone(),
            bucket,
            ..RowsQuery::default()
        };
        view! {
            <tr>
                <td>{table.name.clone()}</td>
                <td class="num" data-l=say(words::READ)><RowsLink count=table.read query=query(None) /></td>
                <td class="num" data-l=say(words::USED)><RowsLink count=table.used query=query(Some(Bucket::Used)) /></td>
                <td class="num" data-l=say(words::LEFT_OUT)><RowsLink count=table.left_out query=query(Some(Bucket::LeftOut)) /></td>
            </tr>
        }
    };
    view! {
        <div class="cols gap">
            <div class="c5">
                <Section title=say(words::LEDGER_BY_TABLE)>
                    <table class="stack">
                        <thead>
                            <tr>
                                <th>{say(words::TABLE)}</th>
                                <th class="num">{say(words::READ)}</th>
                                <th class="num">{say(words::USED)}</th>
                                <th class="num">{say(words::LEFT_OUT)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {view.tables.into_iter().map(table_row).collect_view()}
                            <tr class="sum">
                                <td>{say(words::ALL)}</td>
                                <td class="num" data-l=say(words::READ)>{view.read}</td>
                                <td class="num" data-l=say(words::USED)>{view.used}</td>
                                <td class="num" data-l=say(words::LEFT_OUT)>{view.left_out}</td>
                            </tr>
                        </tbody>
                    </table>
                </Section>
            </div>
            <div class="c7"><Reasons reasons=view.reasons sum=view.sum /></div>
        </div>
    }
}

#[component]
fn Reasons(reasons: Vec<ReasonRow>, sum: String) -> impl IntoView {
    let row = |reason: ReasonRow| {
        let query = RowsQuery {
            table: reason.table.clone(),
            bucket: Some(Bucket::LeftOut),
            reason: Some(reason.code),
            ..RowsQuery::default()
        };
        view! {
            <tr>
                <td>{reason.says}</td>
                <td class="num" data-l=say(words::ROWS)><RowsLink count=reason.count query /></td>
                <td class="quiet" data-l=say(words::TABLE)>{reason.table}</td>
                <td class="quiet">{reason.remedy}</td>
            </tr>
        }
    };
    if reasons.is_empty() {
        return view! { <Section title=say(words::LEDGER_WHY)><p class="quiet">{say(words::LEDGER_NONE)}</p></Section> }.into_any();
    }
    view! {
        <Section title=say(words::LEDGER_WHY)>
            <table class="stack">
                <thead>
                    <tr>
                        <th>{say(words::REASON)}</th>
                        <th class="num">{say(words::ROWS)}</th>
                        <th>{say(words::TABLE)}</th>
                        <th>{say(words::WHAT_TO_DO)}</th>
                    </tr>
                </thead>
                <tbody>
                    {reasons.into_iter().map(row).collect_view()}
                    <tr class="sum"><td>{say(words::ALL_REASONS)}</td><td class="num" data-l=say(words::ROWS)>{sum}</td><td></td><td></td></tr>
                </tbody>
            </table>
        </Section>
    }
    .into_any()
}
