//! A figure as SQL: the query for a database, or why there is none.

use kept::engine::base::Error;
use kept::engine::report::Finding;
use kept::engine::sql::Dialect;
use kept::engine::sql_view::{SqlFigure, SqlQuery, nothing_to_ask};
use kept::present::language::{say, say_text};
use kept::present::{key, words};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::choice::Choice;
use crate::web::app::actions;
use crate::web::app::state::AppState;
use crate::web::app::take;

/// The query, asked for when the reader opens it, and again under other choices. `of`: the key of
/// the card.
#[component]
pub fn Sql(of: String) -> impl IntoView {
    let state = AppState::from_context();
    let is_open = RwSignal::new(false);
    view! {
        <details class="sql" on:toggle:target=move |event| is_open.set(event.target().open())>
            <summary>{say(words::SQL)}</summary>
            {move || is_open.get().then(|| view! { <Asked state of=of.clone() /> })}
        </details>
    }
}

#[component]
fn Asked(state: AppState, of: String) -> impl IntoView {
    let dialect = RwSignal::new(Dialect::default());
    let found: RwSignal<Option<Result<SqlFigure, Error>>> = RwSignal::default();
    let asked = RwSignal::new(0_u32);
    Effect::new(move || {
        asked.update_untracked(|asked| *asked += 1);
        let number = asked.get_untracked();
        let dialect = dialect.get();
        let finding = state.reported(|report| {
            let mut findings = report.findings.iter();
            findings.find(|it| key(it) == of).cloned()
        });
        let Some(finding) = finding.flatten() else {
            return;
        };
        spawn_local(async move {
            let told = told(state, &finding, dialect).await;
            // An answer about choices that were changed since is not shown.
            if asked.try_get_untracked() == Some(number) {
                found.set(Some(told));
            }
        });
    });
    let options: Vec<(String, String)> = Dialect::ALL
        .iter()
        .map(|it| (it.id().to_owned(), it.name().to_owned()))
        .collect();
    let choose = Callback::new(move |id: String| {
        dialect.set(Dialect::named(&id).unwrap_or_default());
    });
    let chosen = Dialect::default().id();
    view! {
        <p class="small quiet">{say(words::SQL_SAYS)}</p>
        <div class="field">
            <span aria-hidden="true">{say(words::SQL_DIALECT)}</span>
            <Choice label=say(words::SQL_DIALECT) options chosen on_choose=choose />
        </div>
        <div aria-live="polite">
            {move || match found.get() {
                None => view! { <p class="quiet">{say(words::READING)}</p> }.into_any(),
                Some(Err(error)) => view! { <p>{say_text(&error.message).into_owned()}</p> }.into_any(),
                Some(Ok(figure)) => view! { <Query figure /> }.into_any(),
            }}
        </div>
        <p><button class="link" on:click=move |_| take::queries(state, dialect.get_untracked())>{say(words::SQL_FOLDER)}</button></p>
    }
}

/// What the worker tells of one finding.
async fn told(state: AppState, finding: &Finding, dialect: Dialect) -> Result<SqlFigure, Error> {
    let query = SqlQuery {
        kpi: Some(finding.kpi.clone()),
        rule: Some(finding.variant.clone()),
        dialect,
        ..SqlQuery::default()
    };
    let (_, json) = state.controller().sql(query).await?;
    let figures: Vec<SqlFigure> = actions::parsed(&json)?;
    let own = figures.into_iter().find(|it| it.tells(finding));
    own.ok_or_else(nothing_to_ask)
}

#[component]
fn Query(figure: SqlFigure) -> impl IntoView {
    let state = AppState::from_context();
    match figure.sql.clone() {
        None => view! { <p>{say(words::SQL_NONE)}" "{figure.says}</p> }.into_any(),
        Some(query) => view! {
            <pre class="mono" tabindex="0">{query}</pre>
            <p><button class="btn" on:click=move |_| take::query(state, &figure)>{say(words::SQL_COPY)}</button></p>
        }
        .into_any(),
    }
}
