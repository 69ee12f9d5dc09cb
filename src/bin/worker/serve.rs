//! The pump between a port and the session.

use std::cell::RefCell;
use std::panic;
use std::rc::Rc;
use std::time::Duration;

use gloo::events::EventListener;
use gloo::timers::future::sleep;
use js_sys::Uint8Array;
use kept::engine::base::Error;
use kept::engine::protocol::{Event, Request};
use kept::engine::rows::asking::ByteRange;
use kept::engine::session::Session;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, MessageEvent, MessagePort};

use super::envelope::{Errand, FromWorker, ToWorker};
use super::pace::{Pace, macrotask};
use super::reader::{self, Reader};

struct State {
    session: Session,
    /// The files by the run that brought them: those held, and those being read.
    files: Vec<(u32, Vec<Blob>)>,
    /// Grows with every request, so that bytes of an earlier one are not fed to a later one.
    errand: u32,
    pumping: bool,
    /// Somebody waits for a quiet moment, or uses one.
    idling: bool,
    stopped: bool,
}

/// Nothing was asked for so long: what may be asked for next can be worked out. The page has painted
/// by then, and needs no processor.
const QUIET: Duration = Duration::from_millis(200);

#[derive(Clone)]
struct Server {
    port: MessagePort,
    state: Rc<RefCell<State>>,
}

thread_local! {
    /// Where the panic hook, which owns nothing, tells that it is over.
    static PORT: RefCell<Option<MessagePort>> = const { RefCell::new(None) };
}

/// What the session says after a slice of work.
struct Next {
    event: Option<Event>,
    wanted: Option<usize>,
    range: Option<ByteRange>,
    errand: u32,
    is_stopped: bool,
}

/// The file that is being read.
struct Open {
    errand: u32,
    source: usize,
    reader: Reader,
}

/// Serves this port until it is told to stop, or for as long as the worker lives.
#[wasm_bindgen]
pub fn serve(port: MessagePort) {
    let server = Server {
        port,
        state: Rc::new(RefCell::new(State {
            session: Session::new(),
            files: Vec::new(),
            errand: 0,
            pumping: false,
            idling: false,
            stopped: false,
        })),
    };
    PORT.set(Some(server.port.clone()));
    panic::set_hook(Box::new(|panic| {
        // The message of a panic may hold a cell; its place cannot.
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        PORT.with_borrow(|port| {
            if let Some(port) = port {
                post(port, &FromWorker::Panicked(place));
            }
        });
    }));
    server.post(&FromWorker::Event(Session::ready()));
    let hearing = server.clone();
    EventListener::new(&server.port, "message", move |event| {
        if let Some(event) = event.dyn_ref::<MessageEvent>() {
            hearing.hear(event.data());
        }
    })
    .forget();
    server.port.start();
}

impl Server {
    fn hear(&self, message: JsValue) {
        let Ok(envelope) = serde_wasm_bindgen::from_value::<ToWorker>(message) else {
            self.post(&FromWorker::Panicked(String::from("unknown message")));
            return;
        };
        match envelope.errand {
            Errand::Ping => self.post(&FromWorker::Alive),
            Errand::Stop => {
                let mut state = self.state.borrow_mut();
                state.stopped = true;
                state.session = Session::new();
                state.files.clear();
                self.port.close();
            }
            Errand::Do(request) => {
                self.post(&FromWorker::Alive);
                let files = envelope
                    .files
                    .iter()
                    .filter_map(|file| file.dyn_into().ok());
                self.accept(*request, files.collect());
            }
        }
    }

    fn accept(&self, request: Request, files: Vec<Blob>) {
        let pumping = {
            let mut state = self.state.borrow_mut();
            if let Request::Open { run, .. } = request {
                state.files.push((run, files));
            }
            if matches!(request, Request::Open { .. } | Request::Update { .. }) {
                state.errand += 1;
            }
            state.session.accept(request);
            let (held, wanted) = (
                state.session.holds_files_of(),
                state.session.wants_files_of(),
            );
            state
                .files
                .retain(|(run, _)| *run == held || *run == wanted);
            std::mem::replace(&mut state.pumping, true)
        };
        if !pumping {
            spawn_local(self.clone().pump());
        }
    }

    /// Steps the session and feeds it until it wants nothing more.
    async fn pump(self) {
        let pace = Pace::new();
        let mut open: Option<Open> = None;
        loop {
            let Next {
                event,
                wanted,
                range,
                errand,
                is_stopped,
            } = self.step();
            if is_stopped {
                break;
            }
            if let Some(event) = event {
                if !matches!(event, Event::Progress { .. }) || pace.progress_due() {
                    self.post(&FromWorker::Event(event));
                }
                pace.breathe().await;
                continue;
            }
            if let Some(range) = range {
                self.read_range(range).await;
                pace.breathe().await;
                continue;
            }
            let Some(source) = wanted else {
                break;
            };
            let of_this = |open: &Open| open.errand == errand && open.source == source;
            if let Some(other) = open.take_if(|open| !of_this(open)) {
                other.reader.close();
            }
            open = self.read_on(open, errand, source).await;
            self.tell_progress(&pace);
            pace.breathe().await;
        }
        if let Some(open) = open {
            open.reader.close();
        }
        self.work_ahead().await;
    }

    /// Works ahead from when nothing has been asked for a while until something is asked for.
    async fn work_ahead(self) {
        // On the page itself every slice would hold up the user.
        let is_worker = js_sys::global().dyn_ref::<web_sys::Window>().is_none();
        let gains = self.state.borrow().session.gains_by_working_ahead();
        if !is_worker || !gains || std::mem::replace(&mut self.state.borrow_mut().idling, true) {
            return;
        }
        let mut errand = None;
        loop {
            let (is_over, is_pumping, now) = {
                let state = self.state.borrow();
                (state.stopped, state.pumping, Some(state.errand))
            };
            if is_over {
                break;
            }
            if is_pumping || errand != now {
                errand = now;
                sleep(QUIET).await;
                continue;
            }
            if !self.state.borrow_mut().session.work_ahead() {
                break;
            }
            macrotask().await;
        }
        self.state.borrow_mut().idling = false;
    }

    fn step(&self) -> Next {
        let mut state = self.state.borrow_mut();
        let event = state.session.step();
        let wanted = state.session.wants();
        let range = state.session.wants_range();
        // Said in the same breath as "nothing more": a request that comes now starts a new pump.
        state.pumping = event.is_some() || wanted.is_some() || range.is_some();
        Next {
            event,
            wanted,
            range,
            errand: state.errand,
            is_stopped: state.stopped,
        }
    }

    /// Reads some bytes from the middle of a file that is held.
    async fn read_range(&self, range: ByteRange) {
        let file = self.file(range.source);
        let bytes = match &file {
            Some(file) => reader::range_of(file, range.start, range.end).await,
            None => None,
        };
        let mut state = self.state.borrow_mut();
        // Another run may have begun meanwhile, and another file be meant.
        if state.session.wants_range() == Some(range) {
            state.session.feed_range(bytes.as_deref());
        }
    }

    /// The file of a source, of the run whose files the session wants now.
    fn file(&self, source: usize) -> Option<Blob> {
        let state = self.state.borrow();
        let of = state.session.wants_files_of();
        let (_, files) = state.files.iter().find(|(run, _)| *run == of)?;
        files.get(source).cloned()
    }

    /// Reads the next piece of the wanted source and feeds it; gives back the file while it has
    /// more.
    async fn read_on(&self, open: Option<Open>, errand: u32, source: usize) -> Option<Open> {
        let read = match open {
            Some(open) => Ok(open),
            None => self.open(errand, source).await,
        };
        let (open, piece) = match read {
            Ok(mut open) => {
                let piece = open.reader.next().await;
                (Some(open), piece)
            }
            Err(error) => (None, Err(error)),
        };
        let mut state = self.state.borrow_mut();
        if state.errand != errand {
            return open;
        }
        match piece {
            Ok(Some(bytes)) => {
                if let Some(taken) = open.as_ref().and_then(|open| open.reader.taken()) {
                    state.session.taken(taken);
                }
                feed(&mut state.session, &bytes);
                open
            }
            Ok(None) => {
                state.session.end_of_source();
                None
            }
            Err(error) => {
                state.session.source_failed(error);
                None
            }
        }
    }

    async fn open(&self, errand: u32, source: usize) -> Result<Open, Error> {
        let Some(file) = self.file(source) else {
            return Err(Error::new(
                "file_unreadable",
                "The file did not arrive where it is read.",
                "Choose the file again.",
            ));
        };
        let reader = Reader::open(&file).await?;
        Ok(Open {
            errand,
            source,
            reader,
        })
    }

    fn tell_progress(&self, pace: &Pace) {
        if pace.progress_due() {
            let progress = self.state.borrow().session.progress();
            if let Some(progress) = progress {
                self.post(&FromWorker::Event(progress));
            }
        }
    }

    fn post(&self, message: &FromWorker) {
        post(&self.port, message);
    }
}

fn post(port: &MessagePort, message: &FromWorker) {
    let posted = serde_wasm_bindgen::to_value(message)
        .map_err(JsValue::from)
        .and_then(|message| port.post_message(&message));
    // A page that no longer listens has no use for an error either.
    drop(posted);
}

fn feed(session: &mut Session, bytes: &Uint8Array) {
    session.feed(&bytes.to_vec());
}
