//! The envelopes in which requests and events cross between the page and the worker. Both programs
//! compile this one file.

use js_sys::Array;
use kept::engine::protocol::{Event, Request};
use serde::{Deserialize, Serialize};

/// From the page to the worker.
#[derive(Deserialize, Serialize)]
pub struct ToWorker {
    /// What to do.
    pub errand: Errand,
    /// The files of an `Open`, in the order of its sources: handles, never their bytes.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub files: Array,
}

/// What the worker shall do.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Answer this request.
    Do(Box<Request>),
    /// Answer with [`FromWorker::Alive`]: the page wants to know whether anyone is there.
    Ping,
    /// Drop everything. Needed where no worker could be started and the page serves itself.
    Stop,
}

/// From the worker to the page.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FromWorker {
    /// An event of the session.
    Event(Event),
    /// The answer to a ping, and the receipt of every request.
    Alive,
    /// A bug was met and the worker is of no more use. Holds a place in our source, no data.
    Panicked(String),
}
