//! The tables that were found.

use kept::engine::rows::{Bucket, RowsQuery};
use kept::present::check::{CheckView, TableView};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::left_out_table::RowsLink;
use super::reading_fields::ReadingFields;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// One row a table.
#[component]
pub fn TablesList(view: CheckView) -> impl IntoView {
    let state = AppState::from_context();
    let row = move |table: TableView| {
        let query = RowsQuery {
            table: table.name.clone(),
            bucket: Some(Bucket::LeftOut),
            ..RowsQuery::default()
        };
        view! {
            <tr>
                <td><b>{table.name.clone()}</b></td>
                <td data-l=say(words::READ_AS)>{table.read_as}</td>
                <td class="num" data-l=say(words::ROWS)>{table.rows}</td>
                <td class="num" data-l=say(words::LEFT_OUT)>
                    <RowsLink count=table.left_out query />
                </td>
                <td class="quiet"><ReadingFields table=table.name reading=table.reading /></td>
            </tr>
        }
    };
    let unread = |(name, says): (String, String)| {
        view! {
            <tr>
                <td><b>{name}</b></td>
                <td colspan="4"><b class="worse">{say(words::NOT_READ)}</b>" "{says}</td>
            </tr>
        }
    };
    view! {
        <Section title=say(words::FILES_TITLE) note=view.files>
            <table class="stack">
                <thead>
                    <tr>
                        <th>{say(words::TABLE)}</th>
                        <th>{say(words::READ_AS)}</th>
                        <th class="num">{say(words::ROWS)}</th>
                        <th class="num">{say(words::LEFT_OUT)}</th>
                        <th>{say(words::WRITTEN_IN)}</th>
                    </tr>
                </thead>
                <tbody>
                    {view.tables.into_iter().map(row).collect_view()}
                    {view.unread.into_iter().map(unread).collect_view()}
                </tbody>
            </table>
            <p class="after"><button class="link" on:click=move |_| actions::go(state, Page::Data)>{say(words::ADD_FILES)}</button></p>
        </Section>
    }
}
