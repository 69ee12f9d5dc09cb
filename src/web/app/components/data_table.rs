//! The data of a chart as a table.

use kept::charts::Description;
use leptos::prelude::*;

/// The same numbers as the picture.
#[component]
pub fn DataTable(table: Description) -> impl IntoView {
    let head = |cell: String| view! { <th scope="col">{cell}</th> };
    let row = |cells: Vec<String>| {
        view! { <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=table.sentence>
            <table class="small">
                <thead><tr>{table.header.into_iter().map(head).collect_view()}</tr></thead>
                <tbody>{table.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
