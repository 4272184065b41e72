use super::body::{Once, compiled_jobs};
use super::suggestion::listed;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::sort::Map;
use std::ops::Range;

declare_check! {
    /// ## What it does
    ///
    /// Tells of scripts that a job fetches and runs unseen (`curl … | bash`) while it holds the secrets of a
    /// context.
    ///
    /// ## Why it matters
    ///
    /// Whoever can change that script can read the secrets. It has happened: a changed uploader script sent the
    /// environment of thousands of builds away for two months.
    ///
    /// ## How to fix
    ///
    /// Fetch a version that does not change, compare its checksum, then run it; or run it in a job without a
    /// context.
    ///
    /// ```yaml
    /// - run: |
    ///     curl -sSfO https://example.com/install-1.2.3.sh
    ///     echo "$INSTALLER_SHA256  install-1.2.3.sh" | sha256sum --check
    ///     bash install-1.2.3.sh
    /// ```
    PIPED_SCRIPT = "piped-script", Info, since "0.1.0"; run
}

const SHELLS: &[&str] = &["sh", "bash", "zsh"];
const FETCHERS: &[&str] = &["curl ", "wget "];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut contexts: Map<&str, &[String]> = Map::new();
    for entry in context.compiled.workflows.iter().flat_map(|workflow| &workflow.entries) {
        if !entry.contexts.is_empty() {
            contexts.insert(&entry.name, &entry.contexts);
        }
    }
    let mut once = Once::default();
    for body in compiled_jobs(context) {
        let Some(given) = contexts.get(body.name) else { continue };
        for step in body.steps().into_iter().filter(|step| step.name == "run") {
            let command = step.value.and_then(|value| value.get("command").or(Some(value)));
            let Some(command) = command else { continue };
            let Some(text) = command.text() else { continue };
            let Some(script) = text.lines().find_map(piped) else { continue };
            let slice = context.sources.slice(command.span());
            let place = slice.find(script).map(|at| command.span().part(at..at + script.len()));
            if !once.first(command.span()) {
                continue;
            }
            let names = listed(given.iter().take(3).map(String::as_str), "and");
            let message = format!("a fetched script runs unseen, with the secrets of context {names}");
            let span = place.unwrap_or(command.span());
            found.push(
                Diagnostic::new(PIPED_SCRIPT.id, Severity::Info, span, message).with_help(
                    "Fetch a fixed version and compare its checksum, or run it without the context",
                ),
            );
        }
    }
}

/// The part of `line` that fetches a script and runs it: `curl … | sudo bash`, `bash <(curl …)`,
/// `sh -c "$(curl …)"`.
fn piped(line: &str) -> Option<&str> {
    if line.trim_start().starts_with('#') {
        return None;
    }
    let fetch = FETCHERS.iter().filter_map(|fetcher| line.find(fetcher)).min()?;
    let behind = &line[fetch..];
    for (at, _) in behind.match_indices('|') {
        let rest = &behind[at + 1..];
        let mut words = rest.split_whitespace().skip_while(|word| matches!(*word, "sudo" | "-E" | "env"));
        let word = words.next().unwrap_or_default();
        let program = word.trim_end_matches([';', ')', '"', '`']);
        let program = program.rsplit('/').next().unwrap_or_default();
        if SHELLS.contains(&program) {
            let end = fetch + at + 1 + rest.find(word)? + word.len();
            return Some(&line[fetch..end]);
        }
    }
    let before = line[..fetch].trim_end_matches(['(', '$', '<', '"', '`']).trim_end();
    let opened: Range<usize> = before.len()..fetch;
    if !line[opened].contains(['(', '`']) {
        return None;
    }
    let mut words = before.split_whitespace().rev().skip_while(|word| *word == "-c");
    SHELLS.contains(&words.next().unwrap_or_default()).then(|| line.trim())
}
