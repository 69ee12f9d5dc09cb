//! The controller's worker: started, heard, and replaced when it is lost.

use std::rc::Rc;

use kept::engine::base::Error;
use kept::engine::protocol::{Event, Preview, Request, Source, VERSION};

use super::{Controller, LOSSES_BORNE, Notice, Outcome, Pending, answer, worker_lost};
use crate::web::worker_client::{Place, Signal, WorkerClient};

impl Controller {
    pub(super) fn start_worker(&self) {
        let place = {
            let state = self.0.state.borrow();
            if state.ended {
                return;
            }
            state.place
        };
        let weak = Rc::downgrade(&self.0);
        let started = WorkerClient::start(&self.0.program, place, move |signal| {
            if let Some(shared) = weak.upgrade() {
                Self(shared).hear(signal);
            }
        });
        match started {
            Ok(client) => {
                let mut state = self.0.state.borrow_mut();
                state.client = Some(client);
                state.worker_holds = false;
            }
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn replace_worker(&self) {
        let client = self.0.state.borrow_mut().client.take();
        drop(client);
        self.start_worker();
    }

    fn hear(&self, signal: Signal) {
        match signal {
            Signal::Event(event) => self.hear_event(event),
            Signal::Died => self.recover(None),
            Signal::NotStarted(error) => self.recover(Some(error)),
        }
    }

    fn hear_event(&self, event: Event) {
        match event {
            Event::Ready {
                version,
                catalogue,
                roles,
            } => self.greet(version, &catalogue, &roles),
            Event::Progress {
                run,
                bytes_read,
                bytes_total,
                rows_read,
            } => {
                if self.is_pending(run) {
                    self.tell(&Notice::Progress {
                        bytes_read,
                        bytes_total,
                        rows_read,
                    });
                }
            }
            Event::Finished {
                run,
                report,
                previews,
            } => self.finish(run, report, previews),
            Event::Rows { ask, rows } => self.hear_part(ask, &rows, true),
            Event::Accounts { ask, accounts } => self.hear_part(ask, &accounts, true),
            Event::Sql { ask, text, figures } => {
                self.hear_part(ask, &text, false);
                self.hear_part(ask, &figures, true);
            }
            Event::Calculated { ask, calculation } => self.hear_part(ask, &calculation, true),
            Event::Ledger { ask, text, is_last } => self.hear_part(ask, &text, is_last),
            Event::Unanswered { ask, error } => self.hear_unanswered(ask, error),
            Event::Failed { run, error } => {
                if self.is_pending(run) {
                    self.rest();
                    self.fail(error);
                }
            }
        }
    }

    fn greet(&self, version: u32, catalogue: &str, roles: &str) {
        let parsed = serde_json::from_str(catalogue)
            .and_then(|catalogue| serde_json::from_str(roles).map(|roles| (catalogue, roles)));
        let (Ok((catalogue, roles)), VERSION) = (parsed, version) else {
            self.fail(Error::new(
                "version_mismatch",
                "The page and the worker are of different versions.",
                "Reload the page without the cache.",
            ));
            return;
        };
        let first = {
            let mut state = self.0.state.borrow_mut();
            state.catalogue = Rc::new(catalogue);
            state.roles = Rc::new(roles);
            !std::mem::replace(&mut state.ready, true)
        };
        if self.0.state.borrow().pending.is_none() {
            self.rest();
        }
        if first {
            self.tell(&Notice::Ready);
        }
    }

    fn finish(&self, run: u32, json: String, previews: Vec<Preview>) {
        if !self.is_pending(run) {
            // A run that was overtaken may have changed what the worker holds.
            self.0.state.borrow_mut().worker_holds = false;
            return;
        }
        self.rest();
        let report = match serde_json::from_str(&json) {
            Ok(report) => report,
            Err(reason) => {
                self.fail(Error::new(
                    "report_unreadable",
                    format!("The worker's report could not be read: {reason}."),
                    "This is a bug in Kept. Please report it.",
                ));
                return;
            }
        };
        let outcome = Rc::new(Outcome {
            report,
            json: json.into(),
            previews,
        });
        let pending = {
            let mut state = self.0.state.borrow_mut();
            let Some(mut pending) = state.pending.take() else {
                return;
            };
            state.held = std::mem::take(&mut pending.inputs);
            state.options = pending.options.clone();
            state.outcome = Some(Rc::clone(&outcome));
            state.worker_holds = true;
            state.losses = 0;
            pending
        };
        self.tell(&Notice::Finished(Rc::clone(&outcome)));
        answer(pending, Ok(outcome));
    }

    /// A worker was lost: another takes its place and reads the tables again, without asking.
    fn recover(&self, reason: Option<Error>) {
        let given_up = {
            let mut state = self.0.state.borrow_mut();
            state.client = None;
            state.worker_holds = false;
            state.losses += 1;
            if !state.ready {
                // It never spoke: the browser or the host page allows no worker.
                state.place = Place::Page;
            }
            state.losses > LOSSES_BORNE
        };
        if given_up {
            self.0.state.borrow_mut().losses = 0;
            let error = reason.unwrap_or_else(worker_lost);
            self.drop_asks(&error);
            self.fail(error);
            return;
        }
        self.start_worker();
        let resumed = self.resume();
        if self.is_ready() {
            self.tell(&Notice::WorkerReplaced);
        }
        if resumed {
            self.post_pending();
        }
        self.post_asks();
    }

    /// Makes the unfinished run, or else the reading of what is held, the pending one.
    pub(super) fn resume(&self) -> bool {
        let mut state = self.0.state.borrow_mut();
        if let Some(pending) = &mut state.pending {
            pending.reading = true;
            return true;
        }
        if state.held.is_empty() {
            return false;
        }
        state.last_run += 1;
        state.pending = Some(Pending {
            run: state.last_run,
            inputs: state.held.clone(),
            options: state.options.clone(),
            reading: true,
            replier: None,
        });
        true
    }
}

pub(super) fn open_request(pending: &Pending) -> Request {
    let sources = pending
        .inputs
        .iter()
        .map(|input| Source {
            name: input.name.clone(),
            size_bytes: Some(input.blob.size()),
        })
        .collect();
    Request::Open {
        run: pending.run,
        sources,
        options: pending.options.clone(),
    }
}
