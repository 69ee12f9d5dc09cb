//! When to let others have their turn: messages of the page here, clicks where we run on the page.

use std::cell::Cell;

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, Performance};

/// Work for this long, then let others have a turn.
const SLICE_MS: f64 = 12.0;
/// Tell of progress this often.
const PROGRESS_MS: f64 = 50.0;

/// Keeps time for one pump.
pub struct Pace {
    clock: Option<Performance>,
    turn_began_ms: Cell<f64>,
    progress_told_ms: Cell<f64>,
}

impl Pace {
    /// Starts now.
    pub fn new() -> Self {
        let clock = Reflect::get(&js_sys::global(), &JsValue::from_str("performance"))
            .ok()
            .and_then(|clock| clock.dyn_into().ok());
        let pace = Self {
            clock,
            turn_began_ms: Cell::new(0.0),
            progress_told_ms: Cell::new(0.0),
        };
        pace.turn_began_ms.set(pace.now_ms());
        pace
    }

    /// Whether it is time to tell of progress again.
    pub fn progress_due(&self) -> bool {
        let now_ms = self.now_ms();
        let due = now_ms - self.progress_told_ms.get() >= PROGRESS_MS;
        if due {
            self.progress_told_ms.set(now_ms);
        }
        due
    }

    /// Waits one macrotask when this turn has lasted long enough. A microtask would not do: no
    /// message is delivered between those.
    pub async fn breathe(&self) {
        if self.now_ms() - self.turn_began_ms.get() < SLICE_MS {
            return;
        }
        macrotask().await;
        self.turn_began_ms.set(self.now_ms());
    }

    fn now_ms(&self) -> f64 {
        self.clock.as_ref().map_or(f64::MAX, Performance::now)
    }
}

/// A message to ourselves: unlike a timeout it is not held back to 4 ms.
pub async fn macrotask() {
    let turn = Promise::new(&mut |resolve, _| {
        let posted = MessageChannel::new().and_then(|channel| {
            channel.port1().set_onmessage(Some(&resolve));
            channel.port2().post_message(&JsValue::NULL)
        });
        if posted.is_err() {
            // Without a turn for others we are slower to answer, but go on.
            drop(resolve.call0(&JsValue::NULL));
        }
    });
    drop(JsFuture::from(turn).await);
}
