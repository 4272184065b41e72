use super::files::{self, Place};
use super::given::Given;
use super::terminal::plain;
use super::{Problem, output};
use crate::analysis::{analyze, fixed};
use crate::diagnostic::fixable;
use crate::text::Encoding;

/// A fix can bring up findings with fixes of their own. More rounds than this mean two fixes that undo each other.
const ROUNDS: usize = 10;

/// Applies the fixes of the config at `place` until there are none, and writes it back where it was read from
/// (standard input: to standard output). The new text, and what there is to say about it.
pub(super) fn fix(
    place: &Place,
    text: &str,
    given: &Given,
    unsafe_too: bool,
) -> Result<(String, String), Problem> {
    let name = place.name();
    let (new, done) = fixed_text(&name, text.to_owned(), given, unsafe_too);
    match place {
        Place::StandardInput => output::write(&new)?,
        Place::File(path) if new != text => files::write(path, &new)?,
        Place::File(_) => {}
    }
    Ok((new, done.concat()))
}

/// The text with its fixes applied, and a line for each.
fn fixed_text(name: &str, mut text: String, given: &Given, unsafe_too: bool) -> (String, Vec<String>) {
    let mut done = Vec::new();
    for _ in 0..ROUNDS {
        let sources = given.sources(name, text);
        let config = sources.config();
        let analysis = analyze(&sources, &given.inputs);
        text = fixed(config, &analysis.diagnostics, unsafe_too);
        if text == config.text {
            return (text, done);
        }
        let applied = fixable(config.id, &analysis.diagnostics, unsafe_too);
        done.extend(applied.iter().map(|(index, fix)| {
            let diagnostic = &analysis.diagnostics[*index];
            let line = config.position(diagnostic.span.start, Encoding::Scalar).line;
            format!("fixed {}:{line}: {} ({})\n", plain(name), plain(&fix.title), diagnostic.check)
        }));
    }
    done.push(format!("{}: the fixes did not come to an end after {ROUNDS} rounds\n", plain(name)));
    (text, done)
}
