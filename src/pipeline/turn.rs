//! A step that threads take one after the other, in the order of the input.
//!
//! Giving pages unique ids depends on the pages before, while parsing them does not; so each thread parses alone and then
//! waits its turn.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Whose turn it is.
#[derive(Debug, Default)]
pub(super) struct Turn {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    broken: bool,
}

impl Turn {
    /// The turn of part `first` comes first.
    pub(super) fn starting(first: u64) -> Self {
        Self { state: Mutex::new(State { next: first, broken: false }), changed: Condvar::new() }
    }

    /// A place in the queue. Dropped without being used, which only a panic does, it lets those behind it stop too.
    pub(super) fn ticket(&self, number: u64) -> Ticket<'_> {
        Ticket { turn: self, number, used: false }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to one turn.
#[derive(Debug)]
pub(super) struct Ticket<'t> {
    turn: &'t Turn,
    number: u64,
    used: bool,
}

impl Ticket<'_> {
    /// Waits for the turn, takes it, and lets the next one in. None where a part before stopped without taking its turn.
    pub(super) fn take<R>(mut self, step: impl FnOnce() -> R) -> Option<R> {
        let mut state = self.turn.lock();
        while state.next != self.number && !state.broken {
            state = self.turn.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.broken {
            return None;
        }
        drop(state);
        let result = step();
        self.used = true;
        self.turn.lock().next += 1;
        self.turn.changed.notify_all();
        Some(result)
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        if !self.used {
            self.turn.lock().broken = true;
            self.turn.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_taken_in_order() {
        let turn = Turn::starting(3);
        let seen = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for number in (3..40).rev() {
                let (turn, seen) = (&turn, &seen);
                scope.spawn(move || turn.ticket(number).take(|| seen.lock().unwrap().push(number)));
            }
        });
        assert_eq!(seen.into_inner().unwrap(), (3..40).collect::<Vec<_>>());
    }

    #[test]
    fn a_turn_that_is_given_up_lets_the_others_stop() {
        let turn = Turn::default();
        drop(turn.ticket(0));
        assert_eq!(turn.ticket(1).take(|| ()), None);
    }
}
