//! A stack that is deep enough for the parser.
//!
//! php-rs-parser 0.28.0 stops at 512 levels of nesting, for which the costliest constructs (hooks of a property of an
//! anonymous class) need 3 MB in a release build and 20 MB in a debug build: more than the 2 MB of a thread.
//! Constant expressions it checks by recursion over their whole length, so a long `1+1+1+..` needs a stack that grows
//! with the text. A stack is address space first; only the pages that are touched cost memory.

use std::{cell::Cell, panic, thread};

/// Stack for 512 levels of anything, with room for a text of [`LONG`] bytes.
const STACK: usize = if cfg!(debug_assertions) { 512 << 20 } else { 64 << 20 };
/// A text longer than this gets a stack of its own, measured by its length.
const LONG: usize = 64 << 10;
/// Stack for each byte of a long text: two bytes are one step of recursion in the worst case.
const STACK_PER_BYTE: usize = if cfg!(debug_assertions) { 6144 } else { 384 };

thread_local! {
    static DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` on a thread whose stack is deep enough for [`parse`](super::parse), so that each call of it within
/// `work` (on that same thread) need not start a thread. `None` when the system gives no such thread.
pub fn with_deep_stack<R: Send>(work: impl FnOnce() -> R + Send) -> Option<R> {
    on_stack(STACK, || {
        DEEP.set(true);
        work()
    })
}

/// Runs `work`, which parses `length` bytes, where the stack suffices for it.
pub(super) fn run<R: Send>(length: usize, work: impl FnOnce() -> R + Send) -> Option<R> {
    if length > LONG {
        on_stack(STACK.saturating_add(length.saturating_mul(STACK_PER_BYTE)), work)
    } else if DEEP.get() {
        Some(work())
    } else {
        on_stack(STACK, work)
    }
}

fn on_stack<R: Send>(size: usize, work: impl FnOnce() -> R + Send) -> Option<R> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(size).spawn_scoped(scope, work).ok()?;
        match thread.join() {
            Ok(result) => Some(result),
            Err(fault) => panic::resume_unwind(fault),
        }
    })
}
