//! The controller: what is loaded, under which choices, with which result. The one source of truth
//! for the screens and for the element's API.

mod asks;
mod carrying;
mod hearing;
mod notice;

use std::cell::RefCell;
use std::rc::Rc;

use kept::engine::base::Error;
use kept::engine::kpi::AboutReport;
use kept::engine::options::{CardChoice, Options};
use kept::engine::protocol::Request;
use kept::engine::roles::RoleReport;
use web_sys::Blob;

use self::asks::Asks;
pub use self::notice::{Input, Notice, Outcome};
use super::names;
use super::reply::{Replier, Reply, promise};
use super::worker_client::{Place, Program, WorkerClient};

/// How often in a row a worker may be lost before we say so instead of trying again.
const LOSSES_BORNE: u32 = 2;

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
    asks: Asks,
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

    /// What the next choice is laid over: the choices of the run that has not ended, so that a
    /// second choice does not undo the first; else those in force.
    pub fn chosen(&self) -> Options {
        let state = self.0.state.borrow();
        let pending = state.pending.as_ref();
        pending.map_or_else(|| state.options.clone(), |it| it.options.clone())
    }

    /// What the element's attributes and recipe ask for.
    pub fn defaults(&self) -> Options {
        self.0.state.borrow().defaults.clone()
    }

    /// Sets which cards are shown, now and by the run that has not ended. No figure depends on it, so
    /// nothing is worked out again.
    pub fn choose_cards(&self, cards: &CardChoice) {
        let mut state = self.0.state.borrow_mut();
        state.options.cards.clone_from(cards);
        if let Some(pending) = &mut state.pending {
            pending.options.cards.clone_from(cards);
        }
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

    /// Reads these tables beside those held, or those that are just being read.
    ///
    /// # Errors
    /// As [`Controller::load`].
    pub async fn add(&self, inputs: Vec<Input>) -> Answer {
        let (mut all, options) = {
            let state = self.0.state.borrow();
            let read = state.pending.as_ref().filter(|pending| pending.reading);
            let held = read.map_or(&state.held, |pending| &pending.inputs).clone();
            drop(state);
            (held, self.chosen())
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
        let error = Error::new(
            "cancelled",
            "The run was stopped.",
            "Load the table again when you want it.",
        );
        self.drop_asks(&error);
        answer(pending, Err(error));
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
        self.drop_asks(&Error::new(
            "nothing_loaded",
            "There are no rows to show.",
            "Load a table first.",
        ));
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
        self.drop_asks(&destroyed());
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
            client.post(hearing::open_request(pending), &files);
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
