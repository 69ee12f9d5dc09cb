//! Verbs: one function each. Results come back as notices.

use kept::engine::accounts::query::{AccountQuery, AccountsQuery};
use kept::engine::base::Error;
use kept::engine::options::Options;
use kept::engine::report::{Finding, Question};
use kept::engine::rows::{Rows, RowsQuery};
use kept::present::calculator::{self, Typed};
use kept::present::check::{Answered, Field};
use kept::present::language::reports::{self, Told};
use kept::present::language::say;
use kept::present::measure_edits::Tried;
use kept::present::samples::Sample;
use kept::present::{answer, words};
use kept::told;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Blob, File};

use super::hooks::download;
use super::state::{AppState, Page};
use super::{recipe_file, take};
use crate::web::controller::{Controller, Input};

/// Reads these files: beside those held where there are any, else as the first.
pub fn open_files(state: AppState, files: Vec<File>) {
    spawn_local(async move {
        let mut inputs = Vec::new();
        for file in files {
            match recipe_file::text(&file).await {
                Some(recipe) => open_recipe(state, &recipe),
                None => inputs.push(Input {
                    name: file.name(),
                    blob: file.into(),
                }),
            }
        }
        add(state, inputs);
    });
}

/// Puts the recipe in these files in force.
pub fn open_recipes(state: AppState, files: Vec<File>) {
    spawn_local(async move {
        for file in files {
            let text = recipe_file::text(&file).await;
            open_recipe(state, text.as_deref().unwrap_or_default());
        }
    });
}

/// Puts a saved recipe in force: over what is held, or for the tables to come.
fn open_recipe(state: AppState, text: &str) {
    let controller = state.controller();
    match recipe_file::options(&controller.defaults(), text) {
        Ok(options) => {
            state.error.set(None);
            state.notice.set(Some(say(words::RECIPE_TAKEN).to_owned()));
            if controller.outcome().is_some() {
                update(state, |_| options);
            } else {
                controller.set_defaults(options);
                state.options.set(controller.options());
            }
        }
        Err(error) => state.error.set(Some(error)),
    }
}

/// Reads pasted text.
pub fn open_text(state: AppState, text: &str) {
    if text.trim().is_empty() {
        state
            .error
            .set(Some(Error::new("paste_empty", say(words::PASTE_EMPTY), "")));
        return;
    }
    add(state, inputs_of(&[("pasted", text)]));
}

/// Reads a sample instead of what is held.
pub fn open_sample(state: AppState, sample: &Sample) {
    let inputs = inputs_of(sample.files);
    let controller = state.controller();
    let options = controller.defaults();
    spawn_local(async move { drop(controller.load(inputs, options).await) });
}

fn add(state: AppState, inputs: Vec<Input>) {
    if inputs.is_empty() {
        return;
    }
    let controller = state.controller();
    spawn_local(async move { drop(controller.add(inputs).await) });
}

fn inputs_of(files: &[(&str, &str)]) -> Vec<Input> {
    files
        .iter()
        .filter_map(|(name, text)| {
            let parts = js_sys::Array::of1(&(*text).into());
            let blob = Blob::new_with_str_sequence(&parts).ok()?;
            Some(Input {
                name: (*name).to_owned(),
                blob,
            })
        })
        .collect()
}

/// Tries other choices for the health score; what there was before can be taken back.
pub fn try_out(
    state: AppState,
    finding: &Finding,
    change: impl FnOnce(Options) -> Result<Options, Error>,
) {
    let before = state.controller().chosen();
    match change(before.clone()) {
        Ok(options) => {
            if state.tried.with_untracked(Option::is_none) {
                state.tried.set(Some(Tried::new(before, finding)));
            }
            state.error.set(None);
            update(state, |_| options);
        }
        Err(error) => state.error.set(Some(error)),
    }
}

/// Goes back to what there was before other choices were tried.
pub fn take_back(state: AppState) {
    if let Some(tried) = state.tried.get_untracked() {
        state.tried.set(None);
        update(state, |_| tried.options);
    }
}

/// Works the held tables out again under changed choices.
pub fn update(state: AppState, change: impl FnOnce(Options) -> Options) {
    let controller = state.controller();
    let options = change(controller.chosen());
    state.options.set(options.clone());
    spawn_local(async move { drop(controller.update(options).await) });
}

/// Chooses or orders cards; at once, since no figure changes.
pub fn choose_cards(state: AppState, change: impl FnOnce(Options) -> Options) {
    let controller = state.controller();
    let cards = change(controller.chosen()).cards;
    controller.choose_cards(&cards);
    state.options.update(|options| options.cards = cards);
}

/// Answers a question of the check page.
pub fn answer_question(state: AppState, table: &str, question: &Question, choice: &str) {
    let given = Answered {
        table: table.to_owned(),
        question: question.clone(),
        choice: choice.to_owned(),
    };
    state.answers.update(|answers| {
        answers.retain(|it| {
            it.table != given.table
                || it.question.code != given.question.code
                || it.question.column != given.question.column
        });
        answers.push(given);
    });
    let changed = untrack(|| {
        state.reported(|report| {
            let options = state.controller().chosen();
            answer::answered(options, report, table, question, choice)
        })
    });
    if let Some(options) = changed {
        update(state, move |_| options);
    }
}

/// Gives a column another role.
pub fn choose_role(state: AppState, table: &str, column: &str, role: &str) {
    update(state, |options| {
        answer::with_role(options, table, column, role)
    });
}

/// Says what a score column asked.
pub fn choose_asked(state: AppState, table: &str, column: &str, asked: &str) {
    let changed = untrack(|| {
        state.reported(|report| {
            let options = state.controller().chosen();
            answer::with_question(options, report, table, column, asked)
        })
    });
    if let Some(options) = changed {
        update(state, move |_| options);
    }
}

/// Says which codes of a score column stand for no answer.
pub fn choose_missing(state: AppState, table: &str, column: &str, codes: &str) {
    let changed = untrack(|| {
        state.reported(|report| {
            let options = state.controller().chosen();
            answer::with_missing(options, report, table, column, codes)
        })
    });
    if let Some(options) = changed {
        update(state, move |_| options);
    }
}

/// Says how a table is to be read.
pub fn choose_reading(state: AppState, table: &str, field: Field, value: &str) {
    update(state, |options| {
        answer::with_reading(options, table, field, value)
    });
}

/// Shows rows of a table.
pub fn browse(state: AppState, query: RowsQuery) {
    state.page.set(Page::Rows);
    state.browsed.set(Some(query));
    fetch_rows(state);
}

/// Fetches the rows that are looked at, where any are.
pub fn fetch_rows(state: AppState) {
    let Some(query) = state.browsed.get_untracked() else {
        return;
    };
    let controller = state.controller();
    spawn_local(async move {
        let found = asked_rows(&controller, query.clone()).await;
        // Other rows may have been asked for meanwhile, or the page be gone.
        if state.browsed.try_get_untracked() == Some(Some(query)) {
            state.rows.set(Some(found));
        }
    });
}

/// Fetches rows to be quoted where they were asked for.
pub fn quote(state: AppState, query: RowsQuery, shown: RwSignal<Option<Result<Rows, Error>>>) {
    let controller = state.controller();
    spawn_local(async move {
        let found = asked_rows(&controller, query).await;
        // The place may be gone by now.
        drop(shown.try_set(Some(found)));
    });
}

async fn asked_rows(controller: &Controller, query: RowsQuery) -> Result<Rows, Error> {
    let json = controller.rows(query).await?;
    parsed(&json)
}

/// Shows accounts.
pub fn list_accounts(state: AppState, query: AccountsQuery) {
    state.page.set(Page::Accounts);
    state.accounts_query.set(query);
    fetch_accounts(state, 0);
}

/// Fetches the accounts that are looked at, from this one on.
pub fn fetch_accounts(state: AppState, from: u32) {
    let query = state.accounts_query.get_untracked();
    let controller = state.controller();
    spawn_local(async move {
        let asked = AccountsQuery {
            from,
            ..query.clone()
        };
        let found = controller
            .accounts(asked)
            .await
            .and_then(|json| parsed(&json));
        // Others may have been asked for meanwhile, or the page be gone.
        if state.accounts_query.try_get_untracked() == Some(query) {
            state.accounts.set(Some(found));
        }
    });
}

/// Shows one account.
pub fn open_account(state: AppState, customer: String) {
    state.account.set(None);
    state.page.set(Page::Account(customer));
    fetch_account(state);
}

/// Fetches the account that is looked at, where one is.
pub fn fetch_account(state: AppState) {
    let Page::Account(customer) = state.page.get_untracked() else {
        return;
    };
    let controller = state.controller();
    spawn_local(async move {
        let query = AccountQuery {
            customer: customer.clone(),
            ..AccountQuery::default()
        };
        let found = controller.account(query).await;
        if state.page.try_get_untracked() == Some(Page::Account(customer)) {
            state
                .account
                .set(Some(found.and_then(|json| parsed(&json))));
        }
    });
}

/// An answer of the worker, in the language of the page.
pub fn parsed<T: serde::de::DeserializeOwned + Told>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json)
        .map(reports::told)
        .map_err(|reason| {
            Error::new(
                "report_unreadable",
                told!("The worker's answer could not be read: {0}.", reason),
                "This is a bug in Kept. Please report it.",
            )
        })
}

/// Fills the calculator and works it out where its figures are there.
pub fn calculate(state: AppState, typed: Typed) {
    let query = state
        .catalogue
        .with_untracked(|catalogue| calculator::query(catalogue, &typed));
    state.typed.set(typed.clone());
    let Some(query) = query else {
        state.calculated.set(None);
        return;
    };
    let controller = state.controller();
    spawn_local(async move {
        let found = controller.calculate(query).await;
        let found = found.and_then(|json| parsed(&json));
        // Other figures may have been typed meanwhile.
        if state.typed.try_get_untracked() == Some(typed) {
            state.calculated.set(Some(found));
        }
    });
}

/// Saves the list of everything left out or unreadable.
pub fn save_list(state: AppState) {
    let controller = state.controller();
    spawn_local(async move {
        match controller.ledger().await {
            Ok(blob) => {
                let name = "kept-left-out.csv".to_owned();
                take::save(state, download::File { name, blob });
            }
            Err(error) => state.error.set(Some(error)),
        }
    });
}

/// Stops the run.
pub fn cancel(state: AppState) {
    state.controller().cancel();
}

/// Puts everything away.
pub fn clear(state: AppState) {
    state.controller().clear();
}

/// Shows a page.
pub fn go(state: AppState, page: Page) {
    state.page.set(page);
}
