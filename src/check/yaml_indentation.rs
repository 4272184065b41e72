use super::suggestion::shown;
use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::yaml::{Kind, Node, ScalarStyle};

declare_check! {
    /// ## What it does
    ///
    /// Finds lines that stand further left than YAML 1.2 allows, in a text or between brackets that go over several
    /// lines; and lines that look like an item or a key of their own, and go on with the text above.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's YAML parser is an older one, which reads them; editors and other tools may not, and a reader takes
    /// the line for a key of its own. A text without quotes goes on in every line that stands further in: with a
    /// dash too far in, or a colon without a space behind it, two items or values are one.
    ///
    /// ## How to fix
    ///
    /// Line up the dashes of a list, and put a space behind each colon. A line that goes on with a text is indented
    /// by at least one space more than the key that it belongs to:
    ///
    /// ```yaml
    /// filter: [main,
    ///   release]
    /// ```
    YAML_INDENTATION = "yaml-indentation", Warning, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(YAML_INDENTATION.id, context, found);
    if let Some(root) = &context.document.root {
        swallowed(context, root, "", found);
    }
}

/// Lists in which no item has reason to go over several lines.
const LISTS: &[&str] =
    &["paths", "keys", "requires", "context", "only", "ignore", "fingerprints", "contexts", "code_signing"];

/// Keys that a line begins with, where its colon has no space behind it.
const KEYS: &[&str] = &[
    "name",
    "command",
    "when",
    "key",
    "paths",
    "path",
    "root",
    "at",
    "destination",
    "working_directory",
    "environment",
    "no_output_timeout",
    "shell",
    "image",
    "user",
    "resource_class",
    "parallelism",
    "version",
    "docker_layer_caching",
    "requires",
    "context",
    "filters",
    "type",
    "default",
    "description",
    "cron",
    "only",
    "ignore",
    "<<",
];

/// Lines that became part of the text above, below `node`, which stands under `key`.
fn swallowed(context: &Context<'_>, node: &Node, key: &str, found: &mut Vec<Diagnostic>) {
    match node.kind() {
        Kind::Mapping(mapping) => {
            for entry in &mapping.entries {
                swallowed(context, &entry.value, entry.key.text().unwrap_or_default(), found);
            }
        }
        Kind::Sequence(sequence) => {
            for item in &sequence.items {
                if item.as_scalar().is_some() {
                    found.extend(swallowed_in(context, item, Some(key)));
                } else {
                    swallowed(context, item, key, found);
                }
            }
        }
        Kind::Scalar(_) => found.extend(swallowed_in(context, node, None)),
        Kind::Alias(_) => {}
    }
}

/// The first line of a text without quotes that looks like something of its own; `list` is the key of the list
/// that it is an item of.
fn swallowed_in(context: &Context<'_>, node: &Node, list: Option<&str>) -> Option<Diagnostic> {
    let Kind::Scalar(scalar) = node.kind() else { return None };
    let written = context.sources.slice(node.span());
    if scalar.style != ScalarStyle::Plain || written.is_empty() {
        return None;
    }
    // A text on a line of its own may be such a key as well.
    let before = &context.sources.get(node.span().source).text[..node.span().start as usize];
    let own_line = list.is_none() && before.trim_end_matches(' ').ends_with('\n');
    let mut at = if own_line { 0 } else { written.find('\n')? + 1 };
    for line in written[at..].split_inclusive('\n') {
        let text = line.trim();
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let span = node.span().part(start..start + text.len());
        let told = |message: String, help: &str| {
            Some(Diagnostic::warning(YAML_INDENTATION.id, span, message).with_help(help))
        };
        let tight =
            text.split_once(':').is_some_and(|(word, rest)| KEYS.contains(&word) && !rest.starts_with(' '));
        if list.is_some() && text.starts_with("- ") {
            let message = format!("{} is no item of its own: it goes on with the one above", shown(text));
            return told(message, "Line up its dash with the others");
        }
        if tight {
            let message = format!("{} is a text, not a key and its value", shown(text));
            return told(message, "Behind the colon of a key stands a space");
        }
        if list.is_some_and(|key| LISTS.contains(&key)) && !text.is_empty() && !text.starts_with('#') {
            let message = format!("{} goes on with the item above", shown(text));
            return told(message, "Each item of the list begins with `- `");
        }
    }
    None
}
