//! Painting in portions, so that many charts at once do not hold the page.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

use super::clock;
use crate::web::dom;

/// About how long a frame may be spent painting, in milliseconds. The last painting begun may take
/// it beyond.
const MOST_MS: f64 = 8.0;

type Painting = Box<dyn FnOnce()>;

thread_local! {
    static WAITING: RefCell<VecDeque<Painting>> = const { RefCell::new(VecDeque::new()) };
    /// What was spent since the last frame; absent while no frame was asked for.
    static SPENT_MS: Cell<Option<f64>> = const { Cell::new(None) };
}

/// Paints now while this frame has time left, else in one of the next frames, in order.
pub fn paint(painting: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|waiting| waiting.push_back(Box::new(painting)));
    let spent = SPENT_MS.get();
    if spent.is_none() && !ask_for_frame() {
        // Nobody would come back for what waits.
        paint_until(f64::INFINITY, 0.0);
        return;
    }
    SPENT_MS.set(Some(paint_until(MOST_MS, spent.unwrap_or(0.0))));
}

/// Paints what waits until so much was spent; gives what was.
fn paint_until(most: f64, mut spent: f64) -> f64 {
    while spent < most {
        // Taken out before it is run: a painting may lead to another.
        let next = WAITING.with_borrow_mut(VecDeque::pop_front);
        let Some(painting) = next else { break };
        let began = clock::now();
        painting();
        spent += clock::now() - began;
    }
    spent
}

fn ask_for_frame() -> bool {
    let frame = Closure::once_into_js(|| {
        SPENT_MS.set(None);
        if WAITING.with_borrow(VecDeque::is_empty) {
            return;
        }
        let most = if ask_for_frame() {
            MOST_MS
        } else {
            f64::INFINITY
        };
        SPENT_MS.set(Some(paint_until(most, 0.0)));
    });
    dom::window().is_some_and(|window| {
        window
            .request_animation_frame(frame.unchecked_ref())
            .is_ok()
    })
}
