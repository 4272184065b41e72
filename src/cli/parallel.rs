use super::Problem;
use std::num::NonZero;
use std::sync::mpsc::sync_channel;
use std::thread;

/// Stack of a thread, in bytes: what the main thread has, for texts with much inside each other.
const STACK: usize = 8 * 1024 * 1024;
/// Answers that a thread may be ahead of the one that is waited for. Keeps what is held in memory small.
const AHEAD: usize = 8;

/// How many things this machine does at once.
pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does `work` for each of `items` on up to `threads` threads, and hands the answers to `take` in the order of
/// the items. Ends early where `take` fails.
pub(super) fn in_order<T: Sync, A: Send>(
    items: &[T],
    threads: usize,
    work: impl Fn(&T) -> A + Sync,
    mut take: impl FnMut(A) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let threads = threads.min(items.len());
    if threads < 2 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    thread::scope(|scope| {
        let mut answers = Vec::new();
        for first in 0..threads {
            let (sender, receiver) = sync_channel(AHEAD);
            let mut mine = items.iter().skip(first).step_by(threads);
            let work = &work;
            // Nobody receives any more once `take` has failed.
            let worker = move || mine.all(|item| sender.send(work(item)).is_ok());
            let started = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker);
            started.map_err(|error| Problem(format!("cannot start a thread: {error}")))?;
            answers.push(receiver);
        }
        let mut turns = answers.iter().cycle().take(items.len());
        turns.try_for_each(|receiver| match receiver.recv() {
            Ok(answer) => take(answer),
            // The thread has panicked, which the scope passes on.
            Err(_) => Err(Problem("a file came to no answer".to_owned())),
        })
    })
}
