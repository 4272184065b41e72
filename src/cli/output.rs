use super::Problem;
use std::io::{self, Write};

/// Writes `text` to standard output as it is.
pub(super) fn write(text: &str) -> Result<(), Problem> {
    finished(io::stdout().lock().write_all(text.as_bytes()))
}

/// Writes `text`, which has colour codes, to standard output; without them where that is no terminal or
/// the environment asks for none (`NO_COLOR`).
pub(super) fn write_coloured(text: &str) -> Result<(), Problem> {
    finished(anstream::stdout().lock().write_all(text.as_bytes()))
}

/// Like [`write_coloured`], to standard error. Where that is closed there is nobody to tell.
pub(super) fn note(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// A reader that has gone away (`dryrun check | head`) has read all it wanted: no problem.
fn finished(written: io::Result<()>) -> Result<(), Problem> {
    match written.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Problem(format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    }
}
