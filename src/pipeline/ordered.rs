//! Parts of work done by many threads, handed on in the order in which they came.
//!
//! Each worker takes the next part from the source (so reading overlaps with work), works on it and hands it to the sink,
//! which runs on the calling thread (so writing overlaps with both). At most a few parts a thread are under way, so memory
//! does not grow with the input, and the order does not depend on which thread was faster.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::Result;

/// Parts that one thread may be ahead of the sink. More evens out parts of unequal cost, and costs memory.
const AHEAD: usize = 3;

/// How many parts are under way at once where `most` may be.
pub(super) fn at_once(pool: &rayon::ThreadPool, most: usize) -> usize {
    most.min(pool.current_num_threads() * AHEAD).max(1)
}

/// Draws parts from `source` until it is empty, maps each with `work` on the threads of `pool`, and gives the results to
/// `sink` in the order of the source. At most `most` parts are under way at once. Ends early, with the error, when `sink` fails.
pub(super) fn map<T: Send, U: Send>(
    pool: &rayon::ThreadPool,
    most: usize,
    source: impl FnMut() -> Option<T> + Send,
    work: impl Fn(T) -> U + Sync,
    mut sink: impl FnMut(U) -> Result<()>,
) -> Result<()> {
    let (threads, most) = (pool.current_num_threads(), at_once(pool, most));
    let source = Mutex::new((0, source));
    let bench = Bench { state: Mutex::new(State::new(threads)), changed: Condvar::new() };
    pool.in_place_scope(|scope| {
        for _ in 0..threads {
            // A worker occupies its thread until the source is empty; `work` must not wait for other threads of the pool.
            scope.spawn(|_| {
                let _leaving = Leaving(&bench);
                loop {
                    let (number, part) = {
                        let mut source = lock(&source);
                        if !bench.may_begin(source.0, most) {
                            return;
                        }
                        let Some(part) = (source.1)() else { return };
                        source.0 += 1;
                        (source.0 - 1, part)
                    };
                    bench.put(number, work(part));
                }
            });
        }
        let result = (|| {
            while let Some(done) = bench.take() {
                sink(done)?;
            }
            Ok(())
        })();
        lock(&bench.state).closed = true;
        bench.changed.notify_all();
        result
    })
}

/// Where finished parts lie until their turn comes.
struct Bench<U> {
    state: Mutex<State<U>>,
    changed: Condvar,
}

struct State<U> {
    done: BTreeMap<usize, U>,
    next: usize,
    workers: usize,
    closed: bool,
}

impl<U> State<U> {
    fn new(workers: usize) -> Self {
        Self { done: BTreeMap::new(), next: 0, workers, closed: false }
    }
}

impl<U> Bench<U> {
    /// Waits until part `number` is close enough to the sink; false when the sink has gone.
    fn may_begin(&self, number: usize, ahead: usize) -> bool {
        let mut state = lock(&self.state);
        while !state.closed && number >= state.next + ahead {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        !state.closed
    }

    fn put(&self, number: usize, done: U) {
        lock(&self.state).done.insert(number, done);
        self.changed.notify_all();
    }

    /// The next part in order, or None when the workers have left and nothing is to come.
    fn take(&self) -> Option<U> {
        let mut state = lock(&self.state);
        loop {
            let next = state.next;
            if let Some(done) = state.done.remove(&next) {
                state.next += 1;
                self.changed.notify_all();
                return Some(done);
            }
            if state.workers == 0 {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Counts a worker out, also when it panics, so that the sink does not wait for it.
struct Leaving<'b, U>(&'b Bench<U>);

impl<U> Drop for Leaving<'_, U> {
    fn drop(&mut self) {
        lock(&self.0.state).workers -= 1;
        self.0.changed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorKind};

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_source() {
        for threads in [1, 2, 5] {
            let mut numbers = 0..200_u64;
            let mut seen = Vec::new();
            // Parts of unequal cost finish out of order.
            let work = |n: u64| -> u64 { (0..(n * 7919) % 5000).fold(n, |all, _| std::hint::black_box(all)) };
            let result = map(
                &pool(threads),
                99,
                || numbers.next(),
                work,
                |n| {
                    seen.push(n);
                    Ok(())
                },
            );
            assert!(result.is_ok());
            assert_eq!(seen, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_failing_sink_ends_the_work() {
        let mut drawn = 0;
        let mut source = || {
            drawn += 1;
            Some(drawn)
        };
        let result = map(
            &pool(2),
            99,
            &mut source,
            |n: i32| n,
            |n| if n == 10 { Err(Error::new(ErrorKind::Write, "full")) } else { Ok(()) },
        );
        assert_eq!(result.unwrap_err().kind(), ErrorKind::Write);
        assert!(drawn <= 10 + 2 * AHEAD as i32 + 2, "{drawn} parts were drawn");
    }

    #[test]
    fn an_empty_source_gives_nothing() {
        let result = map(&pool(3), 99, || None::<i32>, |n| n, |_| panic!("nothing comes"));
        assert!(result.is_ok());
    }
}
