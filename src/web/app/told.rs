//! What the controller tells, put into signals.

use kept::engine::accounts::query::AccountsQuery;
use kept::present::language::say;
use kept::present::{key, kpi_page, ledger, progress, words};
use leptos::prelude::*;

use super::actions;
use super::hooks::clock;
use super::state::{AppState, Page, told};
use crate::web::controller::Notice;

/// Takes over one notice.
pub(super) fn hear(state: AppState, notice: &Notice) {
    match notice {
        Notice::Ready => {
            let controller = state.controller();
            state.catalogue.set(told(&controller.catalogue()));
            state.roles.set(told(&controller.roles()));
        }
        Notice::Started => {
            state.error.set(None);
            state.run_began.set(clock::now());
            state.announcement.set(say(words::READING).to_owned());
        }
        Notice::Progress {
            bytes_read,
            bytes_total,
            rows_read,
        } => {
            let seconds = (clock::now() - state.run_began.get_untracked()) / 1_000.0;
            let habits = untrack(|| state.habits());
            let view = progress::progress(&habits, *bytes_read, *bytes_total, *rows_read, seconds);
            state.progress.set(Some(view));
        }
        Notice::Finished(outcome) => {
            state.progress.set(None);
            state.options.set(state.controller().options());
            let asked = outcome
                .report
                .tables
                .iter()
                .any(|table| !table.questions.is_empty());
            state.outcome.set(Some(outcome.told()));
            state.announcement.set(untrack(|| said(state)));
            // What the rows were taken for may have changed.
            actions::fetch_rows(state);
            state.accounts.set(None);
            match state.page.get_untracked() {
                Page::Accounts => actions::fetch_accounts(state, 0),
                Page::Account(_) => actions::fetch_account(state),
                _ => {}
            }
            if state.page.get_untracked() == Page::Data {
                state.page.set(if asked { Page::Check } else { Page::Kpis });
            }
        }
        Notice::Failed(error) => {
            state.progress.set(None);
            state.options.set(state.controller().options());
            state.error.set(Some(error.clone()));
        }
        Notice::Cancelled => {
            state.progress.set(None);
            state.options.set(state.controller().options());
            state.notice.set(Some(say(words::STOPPED).to_owned()));
        }
        Notice::WorkerReplaced => state.notice.set(Some(say(words::REPLACED).to_owned())),
        Notice::Cleared => {
            state.progress.set(None);
            state.outcome.set(None);
            state.answers.set(Vec::new());
            state.browsed.set(None);
            state.rows.set(None);
            state.accounts.set(None);
            state.accounts_query.set(AccountsQuery::default());
            state.account.set(None);
            state.tried.set(None);
            state.error.set(None);
            state.notice.set(None);
            state.options.set(state.controller().options());
            state.page.set(Page::Data);
        }
    }
}

/// What a screen reader says of the new result: on the page of a KPI its figure, else the counts.
fn said(state: AppState) -> String {
    let figure = |wanted: &str| {
        state.presented(|reader, outcome| {
            let mut findings = outcome.report.findings.iter();
            let finding = findings.find(|finding| key(finding) == wanted)?;
            Some(kpi_page::said(reader, &outcome.report, finding))
        })?
    };
    let of_page = match state.page.get() {
        Page::Kpi(key) => figure(&key),
        _ => None,
    };
    let counts = || state.reported(|report| ledger::status(&state.habits(), report));
    of_page.or_else(counts).unwrap_or_default()
}
