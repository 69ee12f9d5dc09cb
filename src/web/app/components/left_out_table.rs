//! Why rows of a table were left out, which cells cannot be read, and the way to those rows.

use kept::engine::rows::{Bucket, RowsQuery};
use kept::present::check::{FaultView, ReasonView, TableView};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// One row a reason, then the sum; one row a column with unreadable cells.
#[component]
pub fn LeftOutTable(table: TableView) -> impl IntoView {
    let (name, of_reasons) = (table.name.clone(), table.name);
    let reasons = (!table.reasons.is_empty()).then(|| {
        view! {
            <Section title=table.left_out_title>
                <Reasons table=of_reasons reasons=table.reasons sum=table.left_out />
            </Section>
        }
    });
    let faults = (!table.faults.is_empty()).then(|| {
        view! {
            <Section title=say(words::CELLS_TITLE) note=name.clone()>
                <Faults table=name faults=table.faults />
            </Section>
        }
    });
    view! { {reasons} {faults} }
}

/// A count that leads to the rows it counts.
#[component]
pub fn RowsLink(count: String, query: RowsQuery) -> impl IntoView {
    let state = AppState::from_context();
    let browse = move |_| actions::browse(state, query.clone());
    view! { <button class="link" on:click=browse>{count}</button> }
}

#[component]
fn Reasons(table: String, reasons: Vec<ReasonView>, sum: String) -> impl IntoView {
    let left_out = RowsQuery {
        table,
        bucket: Some(Bucket::LeftOut),
        ..RowsQuery::default()
    };
    let all = left_out.clone();
    let row = move |reason: ReasonView| {
        let query = RowsQuery {
            reason: Some(reason.code),
            ..left_out.clone()
        };
        view! {
            <tr>
                <td>{reason.says}</td>
                <td class="num" data-l=say(words::ROWS)><RowsLink count=reason.count query /></td>
                <td class="quiet">{reason.remedy}</td>
            </tr>
        }
    };
    view! {
        <table class="stack">
            <thead>
                <tr>
                    <th>{say(words::REASON)}</th>
                    <th class="num">{say(words::ROWS)}</th>
                    <th>{say(words::WHAT_TO_DO)}</th>
                </tr>
            </thead>
            <tbody>
                {reasons.into_iter().map(row).collect_view()}
                <tr class="sum">
                    <td>{say(words::ALL_REASONS)}</td>
                    <td class="num" data-l=say(words::ROWS)><RowsLink count=sum query=all /></td>
                    <td></td>
                </tr>
            </tbody>
        </table>
    }
}

#[component]
fn Faults(table: String, faults: Vec<FaultView>) -> impl IntoView {
    let row = move |fault: FaultView| {
        let query = RowsQuery {
            table: table.clone(),
            column: Some(fault.column.clone()),
            ..RowsQuery::default()
        };
        view! {
            <tr>
                <td><code>{fault.column}</code></td>
                <td>{fault.says}</td>
                <td class="num" data-l=say(words::CELLS)><RowsLink count=fault.count query /></td>
                <td class="quiet" data-l=say(words::EXPECTED)>{fault.expected}</td>
                <td class="quiet" data-l=say(words::FIRST_PLACES)>{fault.places}</td>
            </tr>
        }
    };
    view! {
        <table class="stack">
            <thead>
                <tr>
                    <th>{say(words::COLUMN)}</th>
                    <th>{say(words::REASON)}</th>
                    <th class="num">{say(words::CELLS)}</th>
                    <th>{say(words::EXPECTED)}</th>
                    <th>{say(words::FIRST_PLACES)}</th>
                </tr>
            </thead>
            <tbody>{faults.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
