//! The worker: receives requests, feeds bytes to the session, posts its events.
fn main() {}
