//! Why rows of a table were left out, and what the reader can do.

use kept::present::check::TableView;
use kept::present::words;
use leptos::prelude::*;

use super::section::Section;

/// One row a reason, then the sum.
#[component]
pub fn LeftOutTable(table: TableView) -> impl IntoView {
    let row = |(says, count, remedy): (String, String, &'static str)| {
        view! {
            <tr>
                <td>{says}</td>
                <td class="num" data-l=words::ROWS>{count}</td>
                <td class="quiet">{remedy}</td>
            </tr>
        }
    };
    (!table.reasons.is_empty()).then(|| {
        view! {
            <Section title=table.left_out_title>
                <table class="stack">
                    <thead>
                        <tr>
                            <th>{words::REASON}</th>
                            <th class="num">{words::ROWS}</th>
                            <th>{words::WHAT_TO_DO}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {table.reasons.into_iter().map(row).collect_view()}
                        <tr class="sum">
                            <td>{words::ALL_REASONS}</td>
                            <td class="num" data-l=words::ROWS>{table.left_out}</td>
                            <td></td>
                        </tr>
                    </tbody>
                </table>
            </Section>
        }
    })
}
