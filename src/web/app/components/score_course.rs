//! The score of an account at the ends of months.

use kept::engine::backtest::query::BacktestQuery;
use kept::engine::report::BacktestReport;
use kept::present::backtest::course;
use kept::present::language::{reports, say, say_text};
use kept::present::words;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::chart_figure::ChartFigure;
use crate::web::app::state::AppState;

/// So many months are told.
pub const MONTHS: u32 = 12;

/// The course, on demand: past days are read anew, which takes a while.
#[component]
pub fn ScoreCourse(customer: String) -> impl IntoView {
    let state = AppState::from_context();
    let found: RwSignal<Option<Result<BacktestReport, String>>> = RwSignal::default();
    let waits = RwSignal::new(false);
    let customer = StoredValue::new(customer);
    let ask = move |_| {
        waits.set(true);
        let controller = state.controller();
        let query = BacktestQuery {
            months: MONTHS,
            customer: Some(customer.get_value()),
            ..BacktestQuery::default()
        };
        spawn_local(async move {
            let told = controller
                .backtest(query)
                .await
                .map_err(|error| say_text(&error.message).into_owned());
            let told = told.and_then(|json| {
                serde_json::from_str(&json)
                    .map(reports::told)
                    .map_err(|reason| reason.to_string())
            });
            // The page may show another account by now.
            if found.try_set(Some(told)).is_none() {
                waits.set(false);
            }
        });
    };
    view! {
        <div aria-live="polite">
            {move || match (found.get(), waits.get()) {
                (None, false) => view! {
                    <button class="link pad" on:click=ask>{say(words::SCORE_COURSE_SHOW)}</button>
                }.into_any(),
                (None, true) => view! { <p class="dim">{say(words::BACKTEST_WAITS)}</p> }.into_any(),
                (Some(Err(says)), _) => view! { <p>{says}</p> }.into_any(),
                (Some(Ok(report)), _) => {
                    if let Some(spec) = course(&report, true) {
                        view! { <ChartFigure spec /> }.into_any()
                    } else {
                        let refused = report.refusal.map(|it| format!("{} {}", it.message, it.hint));
                        view! { <p>{refused.unwrap_or_else(|| say(words::SCORE_COURSE_NONE).to_owned())}</p> }.into_any()
                    }
                }
            }}
        </div>
    }
}
