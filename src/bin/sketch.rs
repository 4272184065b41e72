//! The engine of the embed's graph mode: smaller than the worker, since it draws and finds errors only. See `src/worker`.

fn main() {
    dryrun::worker::serve_sketches();
}
