//! A promise in Rust: one side waits for a value, the other gives it once.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

struct Slot<T> {
    answer: Option<T>,
    waker: Option<Waker>,
    closed: bool,
}

/// The side that waits. Gives `None` when the other side went away without an answer.
pub struct Reply<T>(Rc<RefCell<Slot<T>>>);

/// The side that answers.
pub struct Replier<T>(Rc<RefCell<Slot<T>>>);

/// Both sides of a new promise.
pub fn promise<T>() -> (Replier<T>, Reply<T>) {
    let slot = Rc::new(RefCell::new(Slot {
        answer: None,
        waker: None,
        closed: false,
    }));
    (Replier(Rc::clone(&slot)), Reply(slot))
}

impl<T> Replier<T> {
    /// Gives the answer.
    pub fn answer(self, answer: T) {
        self.0.borrow_mut().answer = Some(answer);
    }
}

impl<T> Drop for Replier<T> {
    fn drop(&mut self) {
        let waker = {
            let mut slot = self.0.borrow_mut();
            slot.closed = true;
            slot.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Reply<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let mut slot = self.0.borrow_mut();
        if slot.answer.is_some() || slot.closed {
            return Poll::Ready(slot.answer.take());
        }
        slot.waker = Some(context.waker().clone());
        Poll::Pending
    }
}
