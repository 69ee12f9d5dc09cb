//! The page's end of the conversation with the worker: starts it, posts requests, hears its
//! answers, and notices when nobody is there any more.
//!
//! Page and worker talk over a `MessageChannel`, so that the same program can serve on the page
//! itself where no worker may start.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::events::EventListener;
use gloo::timers::callback::Interval;
use js_sys::{Array, Function, Promise};
use kept::engine::base::Error;
use kept::engine::protocol::{Event, Request};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageChannel, MessageEvent, MessagePort, Worker};

use super::dom;
use super::envelope::{Errand, FromWorker, ToWorker};

const TICK_MS: u32 = 500;
/// Silent ticks after which a worker that had nothing else to do counts as dead: 4 seconds.
const IDLE_PATIENCE_TICKS: u32 = 8;
/// Silent ticks after which a worker at work counts as dead: 20 seconds.
const BUSY_PATIENCE_TICKS: u32 = 40;

/// What JavaScript does with the programs. All functions give a promise.
#[derive(Clone)]
pub struct Program {
    /// Takes a `MessagePort`, starts a `Worker` that serves it; gives the worker.
    pub start_worker: Function,
    /// Takes a `MessagePort` and serves it on the page itself.
    pub serve_on_page: Function,
    /// Takes tables (`{ name, blob }`) and a recipe (JSON); gives a copy of the single file with them
    /// in it, as a blob.
    pub carrying: Function,
}

/// Where the worker's program runs.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Place {
    /// In a worker of its own.
    #[default]
    Worker,
    /// On the page, in slices: the browser or the host page allows no worker.
    Page,
}

/// What the client tells its owner.
pub enum Signal {
    /// The session says something.
    Event(Event),
    /// The worker ended by itself, was ended, or does not answer.
    Died,
    /// It could not be started.
    NotStarted(Error),
}

type Owner = Box<dyn Fn(Signal)>;

struct Shared {
    port: MessagePort,
    place: Place,
    owner: Owner,
    worker: RefCell<Option<Worker>>,
    listeners: RefCell<Vec<EventListener>>,
    watch: RefCell<Option<Interval>>,
    silent_ticks: Cell<u32>,
    patience_ticks: Cell<u32>,
    spoken: Cell<bool>,
    ended: Cell<bool>,
}

/// A running worker. Dropping it ends the worker.
pub struct WorkerClient(Rc<Shared>);

impl WorkerClient {
    /// Starts the worker. `owner` hears every signal; after `Died` or `NotStarted` there are no
    /// more.
    ///
    /// # Errors
    /// Where the browser has no `MessageChannel`.
    pub fn start(
        program: &Program,
        place: Place,
        owner: impl Fn(Signal) + 'static,
    ) -> Result<Self, Error> {
        let channel = MessageChannel::new().map_err(|thrown| not_started(&thrown))?;
        let shared = Rc::new(Shared {
            port: channel.port2(),
            place,
            owner: Box::new(owner),
            worker: RefCell::new(None),
            listeners: RefCell::new(Vec::new()),
            watch: RefCell::new(None),
            silent_ticks: Cell::new(0),
            patience_ticks: Cell::new(BUSY_PATIENCE_TICKS),
            spoken: Cell::new(false),
            ended: Cell::new(false),
        });
        shared.listen();
        let start = match place {
            Place::Worker => &program.start_worker,
            Place::Page => &program.serve_on_page,
        };
        let started = start.call1(&JsValue::NULL, &channel.port1());
        spawn_local(await_start(Rc::downgrade(&shared), started));
        Ok(Self(shared))
    }

    /// Posts a request with the files that belong to it.
    pub fn post(&self, request: Request, files: &[Blob]) {
        let files: Array = files.iter().collect();
        let idle = self.0.spoken.get() && self.0.watch.borrow().is_none();
        self.0.patience_ticks.set(if idle {
            IDLE_PATIENCE_TICKS
        } else {
            BUSY_PATIENCE_TICKS
        });
        self.0.watch_on();
        self.0.post(ToWorker {
            errand: Errand::Do(Box::new(request)),
            files,
        });
    }

    /// Nothing is expected of the worker any more: stop watching it.
    pub fn rest(&self) {
        self.0.watch.replace(None);
    }
}

impl Drop for WorkerClient {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Shared {
    fn listen(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let message = EventListener::new(&self.port, "message", move |event| {
            if let (Some(shared), Some(event)) = (weak.upgrade(), event.dyn_ref::<MessageEvent>()) {
                shared.hear(event.data());
            }
        });
        let mut listeners = self.listeners.borrow_mut();
        listeners.push(message);
        // `close` tells at once that the other end is gone; where a browser has no such event the
        // watch finds out.
        for name in ["messageerror", "close"] {
            listeners.push(self.dies_on(&self.port, name));
        }
        drop(listeners);
        self.port.start();
    }

    fn dies_on(
        self: &Rc<Self>,
        target: &web_sys::EventTarget,
        name: &'static str,
    ) -> EventListener {
        let weak = Rc::downgrade(self);
        EventListener::new(target, name, move |_| {
            if let Some(shared) = weak.upgrade() {
                shared.die();
            }
        })
    }

    fn hear(&self, message: JsValue) {
        self.silent_ticks.set(0);
        self.spoken.set(true);
        match serde_wasm_bindgen::from_value(message) {
            Ok(FromWorker::Event(event)) => {
                if !self.ended.get() {
                    (self.owner)(Signal::Event(event));
                }
            }
            Ok(FromWorker::Alive) => self.patience_ticks.set(BUSY_PATIENCE_TICKS),
            Ok(FromWorker::Panicked(_)) | Err(_) => self.die(),
        }
    }

    fn post(&self, envelope: ToWorker) {
        let sent = serde_wasm_bindgen::to_value(&envelope)
            .is_ok_and(|message| self.port.post_message(&message).is_ok());
        if !sent {
            self.die();
        }
    }

    fn watch_on(self: &Rc<Self>) {
        self.silent_ticks.set(0);
        // Until the program has started, its start is what is waited for.
        if self.watch.borrow().is_some() || self.worker.borrow().is_none() {
            return;
        }
        let weak = Rc::downgrade(self);
        let watch = Interval::new(TICK_MS, move || {
            if let Some(shared) = weak.upgrade() {
                shared.tick();
            }
        });
        self.watch.replace(Some(watch));
    }

    /// Counts ticks, not time: a device that slept must not make a healthy worker look dead.
    fn tick(&self) {
        let silent = self.silent_ticks.get() + 1;
        self.silent_ticks.set(silent);
        if silent > self.patience_ticks.get() {
            self.die();
        } else if silent.is_multiple_of(2) {
            self.post(ToWorker {
                errand: Errand::Ping,
                files: Array::new(),
            });
        }
    }

    fn die(&self) {
        if !self.ended.get() {
            self.end();
            (self.owner)(Signal::Died);
        }
    }

    fn end(&self) {
        if self.ended.replace(true) {
            return;
        }
        self.watch.replace(None);
        if self.place == Place::Page {
            self.post(ToWorker {
                errand: Errand::Stop,
                files: Array::new(),
            });
        }
        self.port.close();
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }
}

async fn await_start(weak: Weak<Shared>, started: Result<JsValue, JsValue>) {
    let started = match started {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)).await,
        Err(thrown) => Err(thrown),
    };
    let Some(shared) = weak.upgrade() else {
        // The owner went away meanwhile; a worker that started after all must not stay.
        if let Ok(Ok(worker)) = started.map(wasm_bindgen::JsCast::dyn_into::<Worker>) {
            worker.terminate();
        }
        return;
    };
    match started {
        Ok(worker) => {
            let Ok(worker) = worker.dyn_into::<Worker>() else {
                return;
            };
            if shared.ended.get() {
                worker.terminate();
                return;
            }
            for name in ["error", "messageerror"] {
                let listener = shared.dies_on(&worker, name);
                shared.listeners.borrow_mut().push(listener);
            }
            shared.worker.replace(Some(worker));
            shared.watch_on();
        }
        Err(thrown) => {
            if !shared.ended.get() {
                shared.end();
                (shared.owner)(Signal::NotStarted(not_started(&thrown)));
            }
        }
    }
}

fn not_started(thrown: &JsValue) -> Error {
    dom::error_from_js(
        thrown,
        "worker_not_started",
        "Reload the page; if it happens again, open Kept in another browser.",
    )
}
