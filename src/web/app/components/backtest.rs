//! How well the health score has worked.

use kept::charts::Description;
use kept::engine::backtest::query::BacktestQuery;
use kept::engine::report::BacktestReport;
use kept::present::backtest::{BacktestView, backtest, course};
use kept::present::language::{reports, say, say_text};
use kept::present::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::chart_figure::ChartFigure;
use super::data_table::DataTable;
use super::score_course::MONTHS;
use crate::web::app::state::AppState;

/// The scores of past days against who has left since: asked for when the reader opens it, and
/// again under other choices.
#[component]
pub fn Backtest() -> impl IntoView {
    let state = AppState::from_context();
    let found: RwSignal<Option<Result<BacktestReport, String>>> = RwSignal::default();
    let asked = RwSignal::new(0_u32);
    Effect::new(move || {
        let is_there = state.outcome.with(Option::is_some);
        let controller = state.controller();
        asked.update_untracked(|asked| *asked += 1);
        let number = asked.get_untracked();
        found.set(None);
        if !is_there {
            return;
        }
        let query = BacktestQuery {
            months: MONTHS,
            ..BacktestQuery::default()
        };
        spawn_local(async move {
            let told = controller.backtest(query).await;
            let told = told.map_err(|error| say_text(&error.message).into_owned());
            let told = told.and_then(|json| {
                serde_json::from_str(&json)
                    .map(reports::told)
                    .map_err(|reason| reason.to_string())
            });
            // An answer about choices that were changed since is not shown.
            if asked.try_get_untracked() == Some(number) {
                found.set(Some(told));
            }
        });
    });
    view! {
        <section class="backtest" aria-live="polite">
            <h3>{say(words::BACKTEST_TITLE)}</h3>
            {move || match found.get() {
                None => view! { <p class="dim">{say(words::BACKTEST_WAITS)}</p> }.into_any(),
                Some(Err(says)) => view! { <p>{says}</p> }.into_any(),
                Some(Ok(report)) => {
                    let view = backtest(&report, &state.habits());
                    let course = course(&report, false);
                    view! {
                        <Told view />
                        {course.map(|spec| view! { <ChartFigure spec /> })}
                    }.into_any()
                }
            }}
        </section>
    }
}

/// The sentences, and the numbers behind them on demand.
#[component]
fn Told(view: BacktestView) -> impl IntoView {
    let line = |says: String| view! { <p>{says}</p> };
    let quiet = |says: String| view! { <p class="small dim">{says}</p> };
    let table = |table: Description| {
        view! {
            <h4>{table.sentence.clone()}</h4>
            <DataTable table />
        }
    };
    let has_tables = !view.tables.is_empty();
    view! {
        {view.says.into_iter().map(line).collect_view()}
        {view.calibration.map(|spec| view! { <ChartFigure spec /> })}
        <details hidden=!has_tables>
            <summary>{say(words::BACKTEST_NUMBERS)}</summary>
            {view.tables.into_iter().map(table).collect_view()}
        </details>
        {view.remarks.into_iter().map(quiet).collect_view()}
    }
}
