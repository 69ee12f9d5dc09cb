//! What people say on each side of the answers: themes with their shares, and the comments behind.

use kept::engine::rows::RowsQuery;
use kept::present::language::{say, say_text};
use kept::present::themes::{QUOTED, QuoteView, SideView, ThemeView, ThemesView, quotes};
use kept::present::words;
use leptos::prelude::*;

use super::left_out_table::RowsLink;
use super::section::Section;
use crate::web::app::actions;
use crate::web::app::state::AppState;

/// Both sides beside each other, or why there are none.
#[component]
pub fn Themes(view: ThemesView) -> impl IntoView {
    let column = view.column.clone();
    let refusal = (!view.refusal.is_empty()).then(|| view! { <p>{view.refusal}</p> });
    let side = move |side: SideView| view! { <Side column=column.clone() side /> };
    let remark = |says: String| view! { <p class="small quiet">{says}</p> };
    view! {
        <Section title=say(words::THEMES_TITLE) note=view.column>
            {refusal}
            <div class="cols">{view.sides.into_iter().map(side).collect_view()}</div>
            {view.remarks.into_iter().map(remark).collect_view()}
        </Section>
    }
}

#[component]
fn Side(column: String, side: SideView) -> impl IntoView {
    let (name, other) = (side.name.clone(), side.other);
    let heads = (name.clone(), other.clone());
    let is_empty = side.themes.is_empty();
    let row = move |theme: ThemeView| {
        view! { <Theme column=column.clone() theme heads=heads.clone() /> }
    };
    view! {
        <div class="c6">
            <h3>{name.clone()}</h3>
            <p class="small quiet"><RowsLink count=side.says query=side.all /></p>
            {if is_empty {
                view! { <p>{say(words::THEMES_NONE)}</p> }.into_any()
            } else {
                view! {
                    <table class="themes stack" aria-label=name.clone()>
                        <thead>
                            <tr>
                                <th scope="col">{say(words::THEME)}</th>
                                <th scope="col" class="num">{name.clone()}</th>
                                <th scope="col" class="num">{other}</th>
                            </tr>
                        </thead>
                        <tbody>{side.themes.into_iter().map(row).collect_view()}</tbody>
                    </table>
                }
                .into_any()
            }}
        </div>
    }
}

#[component]
fn Theme(
    /// The header of the comments.
    column: String,
    theme: ThemeView,
    /// The heads of the two columns of shares.
    heads: (String, String),
) -> impl IntoView {
    let (own, other) = heads;
    let named = format!("{}: {}", say(words::THEME_SHOW), theme.term);
    let shown = RwSignal::new(false);
    let query = theme.query.clone();
    let comments = move || {
        let (column, query, count) = (column.clone(), query.clone(), theme.count.clone());
        shown.get().then(|| view! { <Quotes column query count /> })
    };
    view! {
        <tr>
            <th scope="row">
                {theme.term}
                <span class="small quiet">{theme.verdict}</span>
                <button
                    class="link small"
                    aria-label=named
                    aria-expanded=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { say(words::THEME_HIDE) } else { say(words::THEME_SHOW) }}
                </button>
                {comments}
            </th>
            <td class="num" data-l=own>
                <b>{theme.share}</b>
                <span class="small quiet">{theme.interval}</span>
                <svg class="move" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=theme.bar.to_string() height=8 />
                </svg>
            </td>
            <td class="num" data-l=other>{theme.other}</td>
        </tr>
    }
}

/// The first comments, read back from the file, and the way to all of them.
#[component]
fn Quotes(column: String, query: RowsQuery, count: String) -> impl IntoView {
    let state = AppState::from_context();
    let found = RwSignal::new(None);
    actions::quote(
        state,
        RowsQuery {
            count: Some(QUOTED),
            ..query.clone()
        },
        found,
    );
    let quote = |quote: QuoteView| {
        view! { <li><q>{quote.text}</q>" "<span class="quiet">{quote.place}</span></li> }
    };
    let list = move || {
        found.with(|found| match found {
            Some(Ok(rows)) => state
                .presented(|reader, _| quotes(reader, rows, &column))
                .map(|all| view! { <ul class="quotes">{all.into_iter().map(quote).collect_view()}</ul> })
                .into_any(),
            Some(Err(error)) => view! { <p role="alert">{say_text(&error.message).into_owned()}</p> }.into_any(),
            None => view! { <p class="quiet" role="status">{say(words::READING)}</p> }.into_any(),
        })
    };
    view! {
        <div class="small">
            {list}
            <RowsLink count=count query />
        </div>
    }
}
