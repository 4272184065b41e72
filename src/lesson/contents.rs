//! Goals about what is in the jobs.

use super::facts::{Content, StepFacts};
use crate::diagnostic::shown;

/// Whether no job of that name has a step of that kind.
pub(super) fn lacks(contents: &[Content], job: &str, word: &str) -> bool {
    let mut steps = of(contents, job).flat_map(|content| &content.steps);
    !steps.any(|step| step.does == word)
}

/// A job of that name has these steps, in this order.
pub(super) fn does(contents: &[Content], job: &str, wanted: &[String]) -> Result<(), String> {
    let mut missed = None;
    for content in of(contents, job) {
        match in_order(content, wanted) {
            Ok(()) => return Ok(()),
            Err(why) => missed = missed.or(Some(why)),
        }
    }
    Err(missed.unwrap_or_else(|| format!("{} has no steps", shown(job))))
}

fn in_order(content: &Content, wanted: &[String]) -> Result<(), String> {
    let (mut begin, mut before) = (0, "");
    let job = shown(&content.job);
    for words in wanted {
        let Some(at) = place(content.steps.get(begin..).unwrap_or_default(), words) else {
            return Err(if place(&content.steps, words).is_some() {
                format!("In {job} {} comes before {}", shown(words), shown(before))
            } else {
                format!("{job} has no step {}", shown(words))
            });
        };
        // One command may do several things.
        (begin, before) = (begin + at, words);
    }
    Ok(())
}

/// The first step that goes by these words.
fn place(steps: &[StepFacts], words: &str) -> Option<usize> {
    let is = |step: &StepFacts| step.name == words || step.does == words;
    steps.iter().position(is).or_else(|| steps.iter().position(|step| runs(&step.does, words)))
}

/// Whether a line of the command, which is no comment, has these words: `cargo test` has no `go test`.
fn runs(command: &str, words: &str) -> bool {
    let mut lines = command.lines().map(str::trim_start).filter(|line| !line.starts_with('#'));
    let within = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    lines.any(|line| line.match_indices(words).any(|(at, _)| !line.split_at(at).0.ends_with(within)))
}

pub(super) fn calls(contents: &[Content], job: &str, wanted: &[String]) -> Result<(), String> {
    let called = |name: &&String| of(contents, job).any(|content| content.calls.contains(name));
    match wanted.iter().find(|name| !called(name)) {
        Some(name) => Err(format!("{} does not use {}", shown(job), shown(name))),
        None => Ok(()),
    }
}

pub(super) fn cache_key(contents: &[Content], job: &str, files: &[String]) -> Result<(), String> {
    let mut checksums = of(contents, job).flat_map(|content| &content.checksums);
    if checksums.any(|file| files.contains(file)) {
        return Ok(());
    }
    let files: Vec<String> = files.iter().map(|file| shown(file)).collect();
    let (job, files) = (shown(job), files.join(" or "));
    Err(format!("No cache that {job} saves has the checksum of {files} in its key"))
}

pub(super) fn unpacks(contents: &[Content], job: &str, file: &str) -> Result<(), String> {
    if of(contents, job).flat_map(|content| &content.unpacked).any(|place| holds(place, file)) {
        return Ok(());
    }
    let (name, file) = (shown(job), shown(file));
    Err(match of(contents, job).flat_map(|content| &content.unpacked).next() {
        Some(place) => format!("In {name} there is no {file}: what is unpacked there is {}", shown(place)),
        None => format!("In {name} nothing is unpacked, so there is no {file}"),
    })
}

/// Whether what is unpacked at `place`, a path with wildcards, has `file` in it, or is that.
fn holds(place: &str, file: &str) -> bool {
    if place == "." {
        return !file.starts_with('/');
    }
    let mut parts = file.split('/');
    // What a wildcard stands for nobody knows here; it may be this file.
    place
        .split('/')
        .all(|part| parts.next().is_some_and(|name| name == part || part.contains(['*', '?', '['])))
}

fn of<'c>(contents: &'c [Content], job: &str) -> impl Iterator<Item = &'c Content> {
    contents.iter().filter(move |content| content.job == job)
}

#[cfg(test)]
mod tests {
    use super::{holds, runs};

    #[test]
    fn words_of_a_command_begin_where_a_word_does_and_outside_comments() {
        assert!(runs("go test ./...", "go test"));
        assert!(runs("set -e\n  cd x && go test", "go test"));
        assert!(runs("./bin/service --version", "bin/service"));
        for other in ["cargo test", "# go test", "true\n  # go test", "go-test"] {
            assert!(!runs(other, "go test"), "{other}");
        }
    }

    #[test]
    fn a_file_is_where_it_or_a_directory_above_it_is_unpacked() {
        for place in ["bin/service", "bin", ".", "bin/*", "b?n"] {
            assert!(holds(place, "bin/service"), "{place}");
        }
        for place in ["bin/service/x", "sbin", "service", "/tmp/bin", "/"] {
            assert!(!holds(place, "bin/service"), "{place}");
        }
        assert!(holds("/go/src", "/go/src/x.go") && !holds(".", "/go/src/x.go"));
    }
}
