//! A stack that is deep enough for syn, which recurses without a bound of its own.

use std::{cell::Cell, panic, thread};

/// Stack for [`MAX_NESTING`](super::nesting::MAX_NESTING) levels of the costliest kind. It is address space first: only
/// the pages that are touched cost memory.
const STACK: usize = if cfg!(debug_assertions) { 1 << 30 } else { 256 << 20 };

thread_local! {
    static DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on a thread whose stack is deep enough for [`outline`](super::outline), so that each call of it within
/// `work` (on that same thread) need not start a thread. `None` when the system gives no such thread.
pub fn with_deep_stack<R: Send>(work: impl FnOnce() -> R + Send) -> Option<R> {
    if DEEP.get() {
        return Some(work());
    }
    thread::scope(|scope| {
        let deep = || {
            DEEP.set(true);
            work()
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, deep).ok()?;
        match thread.join() {
            Ok(result) => Some(result),
            Err(fault) => panic::resume_unwind(fault),
        }
    })
}
