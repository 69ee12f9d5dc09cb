//! Customers by their value, one section a table.

use kept::present::customer_groups::{GroupLine, GroupsView};
use kept::present::language::say;
use kept::present::words;
use leptos::prelude::*;

use super::left_out_table::RowsLink;
use super::section::Section;

/// What rests on few, the segments, the bands.
#[component]
pub fn CustomerGroups(groups: GroupsView) -> impl IntoView {
    let items = |list: Vec<String>| {
        let items = list.into_iter().map(|says| view! { <li>{says}</li> });
        view! { <ul class="notes">{items.collect_view()}</ul> }
    };
    let line = |line: GroupLine| {
        let link = line
            .rows
            .map(|(count, query)| view! { <RowsLink count query /> });
        view! {
            <tr>
                <td><b>{line.name}</b>" "<span class="quiet">{line.says}</span></td>
                <td class="num" data-l=say(words::CUSTOMERS)>{line.customers}</td>
                <td class="num" data-l=say(words::REVENUE)>{line.revenue}</td>
                <td class="num" data-l=say(words::ROWS)>{link}</td>
            </tr>
        }
    };
    let table = move |lines: Vec<GroupLine>| {
        view! {
            <table class="stack">
                <thead>
                    <tr>
                        <th>{say(words::GROUP)}</th>
                        <th class="num">{say(words::CUSTOMERS)}</th>
                        <th class="num">{say(words::REVENUE)}</th>
                        <th class="num">{say(words::ROWS)}</th>
                    </tr>
                </thead>
                <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
            </table>
        }
    };
    view! {
        <Section title=groups.title note=groups.note>
            {items(groups.sentences)}
            {groups.tables.into_iter().map(table).collect_view()}
            {items(groups.remarks)}
        </Section>
    }
}
