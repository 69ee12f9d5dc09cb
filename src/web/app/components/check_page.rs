//! The check page: tables, questions, columns, rows left out, notes.

use kept::present::check::{NoteView, check};
use kept::present::findings::SentenceView;
use kept::present::language::say;
use kept::present::warnings::warnings;
use kept::present::words;
use leptos::prelude::*;

use super::ask_card::AskCard;
use super::columns_table::ColumnsTable;
use super::joins_list::JoinsList;
use super::left_out_table::LeftOutTable;
use super::section::Section;
use super::tables_list::TablesList;
use crate::web::app::actions;
use crate::web::app::state::{AppState, Page};

/// What was understood, and what is asked.
#[component]
pub fn CheckPage() -> impl IntoView {
    let state = AppState::from_context();
    let view = Memo::new(move |_| {
        let (options, answers) = (state.options.get(), state.answers.get());
        state.presented(|reader, outcome| {
            let found = check(
                reader,
                &outcome.report,
                &outcome.previews,
                &options,
                &answers,
            );
            (found, warnings(reader, &outcome.report))
        })
    });
    move || {
        view.get().map(|(view, warnings)| {
            // What stands at the top need not stand at the end as well.
            let is_told = |note: &NoteView| warnings.iter().any(|it| it.says == note.says);
            let notes: Vec<NoteView> = view
                .notes
                .iter()
                .filter(|it| !is_told(it))
                .cloned()
                .collect();
            let asks = view.questions.clone();
            let tables = view.tables.clone();
            let has_questions = !asks.is_empty();
            view! {
                <Head lead=view.lead.clone() open=view.open />
                <Warnings warnings />
                <TablesList view=view.clone() />
                {has_questions.then(|| view! {
                    <Section title=say(words::QUESTIONS_TITLE) note=view.questions_say.clone()>
                        {asks.into_iter().map(|ask| view! { <AskCard ask /> }).collect_view()}
                    </Section>
                })}
                <JoinsList />
                {tables.into_iter().map(|table| view! {
                    <ColumnsTable table=table.clone() />
                    <LeftOutTable table />
                }).collect_view()}
                <Notes notes />
            }
        })
    }
}

#[component]
fn Head(lead: String, open: usize) -> impl IntoView {
    let state = AppState::from_context();
    let label = if open == 0 {
        say(words::SHOW_KPIS)
    } else {
        say(words::SHOW_KPIS_WITHOUT)
    };
    view! {
        <div class="head">
            <div>
                <h1>{say(words::CHECK_TITLE)}</h1>
                <p class="lead">{lead}</p>
            </div>
            <button class="btn primary" on:click=move |_| actions::go(state, Page::Kpis)>{label}</button>
        </div>
    }
}

#[component]
fn Warnings(warnings: Vec<SentenceView>) -> impl IntoView {
    let item = |warning: SentenceView| {
        view! { <div class="banner" role="note"><p><b>{warning.verdict}</b>" "{warning.says}" "<span class="dim">{warning.evidence}</span></p></div> }
    };
    warnings.into_iter().map(item).collect_view()
}

#[component]
fn Notes(notes: Vec<NoteView>) -> impl IntoView {
    let item = |note: NoteView| {
        view! { <li>{note.says}" "<span class="dim">{note.place}</span></li> }
    };
    (!notes.is_empty()).then(|| {
        view! {
            <Section title=say(words::NOTES_TITLE) note=say(words::NOTES_NOTE)>
                <ul class="notes">{notes.into_iter().map(item).collect_view()}</ul>
            </Section>
        }
    })
}
