//! Questions about rows: posted to the worker, answered when it has time.

use std::collections::BTreeMap;

use js_sys::Array;
use kept::engine::accounts::query::{AccountQuery, AccountsQuery};
use kept::engine::backtest::query::BacktestQuery;
use kept::engine::base::Error;
use kept::engine::calculator::CalculationQuery;
use kept::engine::protocol::Request;
use kept::engine::rows::RowsQuery;
use kept::engine::sql_view::SqlQuery;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::{Controller, destroyed, worker_lost};
use crate::web::reply::{Replier, promise};

type Parts = Result<Array, Error>;

/// Questions that have no answer yet.
#[derive(Default)]
pub(super) struct Asks {
    last: u32,
    open: BTreeMap<u32, Ask>,
}

struct Ask {
    request: Request,
    /// What has come so far, as texts.
    parts: Array,
    replier: Replier<Parts>,
}

impl Controller {
    /// Rows of a held table, as JSON of [`kept::engine::rows::Rows`].
    ///
    /// # Errors
    /// `nothing_loaded`, `table_unknown`, `finding_unknown`, `reason_unknown`; `cancelled`,
    /// `destroyed` or `worker_lost`.
    pub async fn rows(&self, query: RowsQuery) -> Result<String, Error> {
        let parts = self.ask(|ask| Request::Rows { ask, query }).await?;
        Ok(parts.get(0).as_string().unwrap_or_default())
    }

    /// Accounts, as JSON of [`kept::engine::accounts::query::AccountsPage`].
    ///
    /// # Errors
    /// `nothing_loaded`, `no_accounts`, `figure_unknown`, `list_unknown`; `cancelled`, `destroyed` or
    /// `worker_lost`.
    pub async fn accounts(&self, query: AccountsQuery) -> Result<String, Error> {
        let parts = self.ask(|ask| Request::Accounts { ask, query }).await?;
        Ok(parts.get(0).as_string().unwrap_or_default())
    }

    /// One account, as JSON of [`kept::engine::accounts::query::AccountPage`].
    ///
    /// # Errors
    /// As [`Controller::accounts`], and `account_unknown` and `measure_unknown`.
    pub async fn account(&self, query: AccountQuery) -> Result<String, Error> {
        let parts = self.ask(|ask| Request::Account { ask, query }).await?;
        Ok(parts.get(0).as_string().unwrap_or_default())
    }

    /// How well the health score has worked, as JSON of [`kept::engine::report::BacktestReport`].
    ///
    /// # Errors
    /// `nothing_loaded`, `no_accounts`; `cancelled`, `destroyed` or `worker_lost`.
    pub async fn backtest(&self, query: BacktestQuery) -> Result<String, Error> {
        let parts = self.ask(|ask| Request::Backtest { ask, query }).await?;
        Ok(parts.get(0).as_string().unwrap_or_default())
    }

    /// Figures as SQL: all of it as one text, and one by one as JSON of a list of
    /// [`kept::engine::sql_view::SqlFigure`].
    ///
    /// # Errors
    /// `nothing_loaded`, `kpi_unknown`, `variant_unknown`; `cancelled`, `destroyed` or `worker_lost`.
    pub async fn sql(&self, query: SqlQuery) -> Result<(String, String), Error> {
        let parts = self.ask(|ask| Request::Sql { ask, query }).await?;
        let part = |place| parts.get(place).as_string().unwrap_or_default();
        Ok((part(0), part(1)))
    }

    /// A KPI from typed figures, as JSON of [`kept::engine::calculator::Calculation`].
    ///
    /// # Errors
    /// `kpi_unknown`, `variant_unknown`, `term_unknown`; `destroyed` or `worker_lost`.
    pub async fn calculate(&self, query: CalculationQuery) -> Result<String, Error> {
        if self.0.state.borrow().ended {
            return Err(destroyed());
        }
        let (replier, reply) = promise();
        self.post_ask(|ask| Request::Calculate { ask, query }, replier);
        let parts = reply.await.unwrap_or_else(|| Err(destroyed()))?;
        Ok(parts.get(0).as_string().unwrap_or_default())
    }

    /// Every row left out and every unreadable cell as CSV.
    ///
    /// # Errors
    /// As [`Controller::rows`].
    pub async fn ledger(&self) -> Result<Blob, Error> {
        let parts = self.ask(|ask| Request::Ledger { ask }).await?;
        let kind = BlobPropertyBag::new();
        kind.set_type("text/csv;charset=utf-8");
        Blob::new_with_str_sequence_and_options(&parts, &kind).map_err(|_thrown| worker_lost())
    }

    async fn ask(&self, request: impl FnOnce(u32) -> Request) -> Parts {
        let (replier, reply) = promise();
        let resumes = {
            let state = self.0.state.borrow();
            if state.ended {
                return Err(destroyed());
            }
            if state.held.is_empty() && state.pending.is_none() {
                return Err(Error::new(
                    "nothing_loaded",
                    "There are no rows to show.",
                    "Load a table first.",
                ));
            }
            !state.worker_holds && state.pending.is_none()
        };
        // The tables first: in the worker a question waits for the run before it, not after it.
        if resumes && self.resume() {
            self.post_pending();
        }
        self.post_ask(request, replier);
        reply.await.unwrap_or_else(|| Err(destroyed()))
    }

    fn post_ask(&self, request: impl FnOnce(u32) -> Request, replier: Replier<Parts>) {
        // After two losses in a row nobody started another one.
        if self.0.state.borrow().client.is_none() {
            self.start_worker();
        }
        let mut state = self.0.state.borrow_mut();
        state.asks.last += 1;
        let ask = state.asks.last;
        let request = request(ask);
        if let Some(client) = &state.client {
            client.post(request.clone(), &[]);
        }
        let open = Ask {
            request,
            parts: Array::new(),
            replier,
        };
        state.asks.open.insert(ask, open);
    }

    /// Another part of an answer.
    pub(super) fn hear_part(&self, ask: u32, text: &str, is_last: bool) {
        let ended = {
            let mut state = self.0.state.borrow_mut();
            if let Some(ask) = state.asks.open.get(&ask) {
                ask.parts.push(&JsValue::from_str(text));
            }
            if is_last {
                state.asks.open.remove(&ask)
            } else {
                None
            }
        };
        if let Some(ask) = ended {
            ask.replier.answer(Ok(ask.parts));
        }
        self.rest_if_idle();
    }

    /// A question that the worker cannot answer.
    pub(super) fn hear_unanswered(&self, ask: u32, error: Error) {
        let ended = self.0.state.borrow_mut().asks.open.remove(&ask);
        if let Some(ask) = ended {
            ask.replier.answer(Err(error));
        }
        self.rest_if_idle();
    }

    /// All open questions, to a new worker: what was answered in part is answered anew.
    pub(super) fn post_asks(&self) {
        let state = self.0.state.borrow();
        let Some(client) = &state.client else { return };
        for ask in state.asks.open.values() {
            ask.parts.set_length(0);
            client.post(ask.request.clone(), &[]);
        }
    }

    /// Nobody will answer any more.
    pub(super) fn drop_asks(&self, error: &Error) {
        let asks = std::mem::take(&mut self.0.state.borrow_mut().asks.open);
        for ask in asks.into_values() {
            ask.replier.answer(Err(error.clone()));
        }
    }

    fn rest_if_idle(&self) {
        let is_idle = {
            let state = self.0.state.borrow();
            state.pending.is_none() && state.asks.open.is_empty()
        };
        if is_idle {
            self.rest();
        }
    }
}
