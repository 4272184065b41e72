//! The engine in a Web Worker. See `src/worker`.

fn main() {
    dryrun::worker::serve();
}
