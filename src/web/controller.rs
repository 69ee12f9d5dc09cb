//! The controller: what is loaded, under which choices, with which result. The one source of truth
//! for the screens and for the element's API.

use std::cell::RefCell;
use std::rc::Rc;

use kept::engine::base::Error;
use kept::engine::kpi::AboutReport;
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Preview, Request, Source, VERSION};
use kept::engine::report::Report;
use kept::engine::roles::RoleReport;
use web_sys::Blob;

use super::names;
use super::reply::{Replier, Reply, promise};
use super::worker_client::{Place, Program, Signal, WorkerClient};

/// How often in a row a worker may be lost before we say so instead of trying again.
const LOSSES_BORNE: u32 = 2;

/// A table as it came in: its name and a handle to its bytes.
#[derive(Clone, Debug)]
pub struct Input {
    /// The file's name, or `pasted`.
    pub name: String,
    /// The handle; the bytes are read in the worker.
    pub blob: Blob,
}

/// What a finished run gave.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The report.
    pub report: Report,
    /// The report as the bytes that `export("json")` gives.
    pub json: Rc<str>,
    /// The first rows of every table, for the eyes of the user.
    pub previews: Vec<Preview>,
}

/// What subscribers hear.
#[derive(Clone, Debug)]
pub enum Notice {
    /// The worker is there and the catalogue is known.
    Ready,
    /// A run began.
    Started,
    /// A run goes on.
    Progress {
        /// Bytes read of all tables.
        bytes_read: f64,
        /// Bytes of all tables.
        bytes_total: f64,
        /// Rows read of all tables.
        rows_read: f64,
    },
    /// A run ended well.
    Finished(Rc<Outcome>),
    /// A run ended without a result; the result before it still stands.
    Failed(Error),
    /// The user or the embedder stopped the run; the result before it still stands.
    Cancelled,
    /// The worker was lost and another took its place; the tables are being read again.
    WorkerReplaced,
    /// Everything was put away.
    Cleared,
}

type Answer = Result<Rc<Outcome>, Error>;
type Subscriber = Rc<dyn Fn(&Notice)>;

/// A run that has not ended.
struct Pending {
    run: u32,
    inputs: Vec<Input>,
    options: Options,
    /// Whether the tables have to be read, or only worked out again.
    reading: bool,
    replier: Option<Replier<Answer>>,
}

#[derive(Default)]
struct State {
    client: Option<WorkerClient>,
    place: Place,
    ready: bool,
    ended: bool,
    /// Whether the present worker has the tables of `held`.
    worker_holds: bool,
    losses: u32,
    last_run: u32,
    last_subscriber: u32,
    held: Vec<Input>,
    options: Options,
    /// What the element's attributes and recipe ask for; in force until something else is.
    defaults: Options,
    outcome: Option<Rc<Outcome>>,
    pending: Option<Pending>,
    catalogue: Rc<Vec<AboutReport>>,
    roles: Rc<Vec<RoleReport>>,
    subscribers: Vec<(u32, Subscriber)>,
}

struct Shared {
    program: Program,
    state: RefCell<State>,
}

/// Loads, updates, cancels; clones share one state.
#[derive(Clone)]
pub struct Controller(Rc<Shared>);

/// Keeps a subscriber; dropping it ends the subscription.
pub struct Subscription {
    controller: std::rc::Weak<Shared>,
    id: u32,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(shared) = self.controller.upgrade() {
            let mut state = shared.state.borrow_mut();
            state.subscribers.retain(|(id, _)| *id != self.id);
        }
    }
}

impl Controller {
    /// A controller that holds nothing; its worker starts at once.
    pub fn new(program: Program) -> Self {
        let controller = Self(Rc::new(Shared {
            program,
            state: RefCell::new(State::default()),
        }));
        controller.start_worker();
        controller
    }

    /// Whether the catalogue has come.
    pub fn is_ready(&self) -> bool {
        self.0.state.borrow().ready
    }

    /// The KPIs as data; empty until [`Notice::Ready`].
    pub fn catalogue(&self) -> Rc<Vec<AboutReport>> {
        Rc::clone(&self.0.state.borrow().catalogue)
    }

    /// The roles as data; empty until [`Notice::Ready`].
    pub fn roles(&self) -> Rc<Vec<RoleReport>> {
        Rc::clone(&self.0.state.borrow().roles)
    }

    /// The choices in force; with nothing loaded, those that the element's attributes and recipe
    /// ask for. A screen that loads a table starts from these.
    pub fn options(&self) -> Options {
        self.0.state.borrow().options.clone()
    }

    /// What the element's attributes and recipe ask for.
    pub fn defaults(&self) -> Options {
        self.0.state.borrow().defaults.clone()
    }

    /// Sets what [`Controller::options`] gives while nothing is loaded.
    pub fn set_defaults(&self, defaults: Options) {
        let mut state = self.0.state.borrow_mut();
        if state.held.is_empty() {
            state.options = defaults.clone();
        }
        state.defaults = defaults;
    }

    /// What the last run that ended well gave.
    pub fn outcome(&self) -> Option<Rc<Outcome>> {
        self.0.state.borrow().outcome.clone()
    }

    /// Reads these tables instead of those held. What is held stays until that has succeeded.
    ///
    /// # Errors
    /// The run's own error, `cancelled`, `superseded` or `worker_lost`.
    pub async fn load(&self, inputs: Vec<Input>, options: Options) -> Answer {
        if inputs.is_empty() {
            return Err(Error::new(
                "no_input",
                "No table was given.",
                "Give at least one file, or paste a table.",
            ));
        }
        if self.0.state.borrow().ended {
            return Err(destroyed());
        }
        let inputs = names::made_distinct(inputs);
        self.wait(self.begin(inputs, options, true)).await
    }

    /// Reads these tables beside those held.
    ///
    /// # Errors
    /// As [`Controller::load`].
    pub async fn add(&self, inputs: Vec<Input>) -> Answer {
        let (mut all, options) = {
            let state = self.0.state.borrow();
            (state.held.clone(), state.options.clone())
        };
        all.extend(inputs);
        self.load(all, options).await
    }

    /// Works the held tables out again under other choices.
    ///
    /// # Errors
    /// As [`Controller::load`], and `nothing_loaded`.
    pub async fn update(&self, options: Options) -> Answer {
        let (inputs, reading) = {
            let state = self.0.state.borrow();
            match &state.pending {
                // Tables that are just being read are the ones meant.
                Some(pending) if pending.reading => (pending.inputs.clone(), true),
                _ => (state.held.clone(), !state.worker_holds),
            }
        };
        if self.0.state.borrow().ended {
            return Err(destroyed());
        }
        if inputs.is_empty() {
            return Err(Error::new(
                "nothing_loaded",
                "There is no table to work out again.",
                "Load a table first.",
            ));
        }
        self.wait(self.begin(inputs, options, reading)).await
    }

    /// Stops the run, if there is one. What was on the screen before stays.
    pub fn cancel(&self) {
        let Some(pending) = self.0.state.borrow_mut().pending.take() else {
            return;
        };
        self.replace_worker();
        self.tell(&Notice::Cancelled);
        answer(
            pending,
            Err(Error::new(
                "cancelled",
                "The run was stopped.",
                "Load the table again when you want it.",
            )),
        );
    }

    /// Puts everything away: tables, choices, result.
    pub fn clear(&self) {
        self.cancel();
        {
            let mut state = self.0.state.borrow_mut();
            state.held.clear();
            state.options = state.defaults.clone();
            state.outcome = None;
        }
        self.replace_worker();
        self.tell(&Notice::Cleared);
    }

    /// Ends the worker for good. Everything that was promised is answered with `destroyed`.
    pub fn end(&self) {
        let (client, pending) = {
            let mut state = self.0.state.borrow_mut();
            state.ended = true;
            state.held.clear();
            state.outcome = None;
            state.subscribers.clear();
            (state.client.take(), state.pending.take())
        };
        drop(client);
        if let Some(pending) = pending {
            answer(pending, Err(destroyed()));
        }
    }

    /// Has `hear` called with every notice until the subscription is dropped.
    pub fn subscribe(&self, hear: impl Fn(&Notice) + 'static) -> Subscription {
        let mut state = self.0.state.borrow_mut();
        state.last_subscriber += 1;
        let id = state.last_subscriber;
        state.subscribers.push((id, Rc::new(hear)));
        Subscription {
            controller: Rc::downgrade(&self.0),
            id,
        }
    }

    async fn wait(&self, reply: Reply<Answer>) -> Answer {
        reply.await.unwrap_or_else(|| Err(destroyed()))
    }

    fn begin(&self, inputs: Vec<Input>, options: Options, reading: bool) -> Reply<Answer> {
        let (replier, reply) = promise();
        let superseded = {
            let mut state = self.0.state.borrow_mut();
            state.last_run += 1;
            let run = state.last_run;
            state.pending.replace(Pending {
                run,
                inputs,
                options,
                reading,
                replier: Some(replier),
            })
        };
        if let Some(superseded) = superseded {
            answer(
                superseded,
                Err(Error::new(
                    "superseded",
                    "Another run took the place of this one.",
                    "Wait for the newer run.",
                )),
            );
        }
        self.tell(&Notice::Started);
        self.post_pending();
        reply
    }

    /// Sends the pending run to the worker, which is started if there is none.
    fn post_pending(&self) {
        if self.0.state.borrow().client.is_none() {
            self.start_worker();
        }
        let state = self.0.state.borrow();
        let (Some(client), Some(pending)) = (&state.client, &state.pending) else {
            return;
        };
        if pending.reading {
            let files: Vec<Blob> = pending
                .inputs
                .iter()
                .map(|input| input.blob.clone())
                .collect();
            client.post(open_request(pending), &files);
        } else {
            client.post(
                Request::Update {
                    run: pending.run,
                    options: pending.options.clone(),
                },
                &[],
            );
        }
    }

    fn start_worker(&self) {
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

    fn replace_worker(&self) {
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
            self.fail(reason.unwrap_or_else(worker_lost));
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
    }

    /// Makes the unfinished run, or else the reading of what is held, the pending one.
    fn resume(&self) -> bool {
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

    fn fail(&self, error: Error) {
        let pending = self.0.state.borrow_mut().pending.take();
        self.tell(&Notice::Failed(error.clone()));
        if let Some(pending) = pending {
            answer(pending, Err(error));
        }
    }

    fn is_pending(&self, run: u32) -> bool {
        let state = self.0.state.borrow();
        state
            .pending
            .as_ref()
            .is_some_and(|pending| pending.run == run)
    }

    fn rest(&self) {
        if let Some(client) = &self.0.state.borrow().client {
            client.rest();
        }
    }

    fn tell(&self, notice: &Notice) {
        // Subscribers may come and go while they are told.
        let subscribers: Vec<Subscriber> = {
            let state = self.0.state.borrow();
            state
                .subscribers
                .iter()
                .map(|(_, hear)| Rc::clone(hear))
                .collect()
        };
        for hear in subscribers {
            hear(notice);
        }
    }
}

fn open_request(pending: &Pending) -> Request {
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

fn answer(pending: Pending, result: Answer) {
    if let Some(replier) = pending.replier {
        replier.answer(result);
    }
}

fn destroyed() -> Error {
    Error::new(
        "destroyed",
        "This element was taken off the page.",
        "Create another one.",
    )
}

fn worker_lost() -> Error {
    Error::new(
        "worker_lost",
        "The part that reads and computes stopped twice in a row.",
        "The table may need more memory than the browser gives: close other tabs, or load fewer rows.",
    )
}
