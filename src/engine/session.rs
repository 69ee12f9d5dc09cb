//! The session: requests in, events out. A state machine without a browser.

use super::base::Error;
use super::protocol::{Event, Request};

/// Holds what was read, and works in slices.
#[derive(Debug, Default)]
pub struct Session {
    events: std::collections::VecDeque<Event>,
}

impl Session {
    /// A session that holds nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The greeting: version and catalogue.
    pub fn ready() -> Event {
        Event::Ready {
            version: super::protocol::VERSION,
            catalogue: String::from("[]"),
            roles: String::from("[]"),
        }
    }

    /// Begins a run; an unfinished earlier run is dropped.
    pub fn accept(&mut self, _request: Request) {}

    /// The source whose bytes are wanted next, by its place in the request.
    pub fn wants(&self) -> Option<usize> {
        None
    }

    /// The next bytes of the wanted source. Pieces may be cut anywhere.
    pub fn feed(&mut self, _bytes: &[u8]) {}

    /// The wanted source has no more bytes.
    pub fn end_of_source(&mut self) {}

    /// The wanted source could not be read to its end.
    pub fn source_failed(&mut self, _error: Error) {}

    /// How far the run is, to be posted now and then while bytes are fed.
    pub fn progress(&self) -> Option<Event> {
        None
    }

    /// Does one slice of work; `None` when it waits for bytes or has nothing to do.
    pub fn step(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}
