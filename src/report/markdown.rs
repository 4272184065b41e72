//! The report as Markdown: for a comment, an issue, a page of documentation.

use super::{Report, ReportedDiagnostic, Verdict, counted};
use crate::analysis::Analysis;
use crate::diagnostic::Severity;
use crate::graph::{Graph, mermaid};
use std::fmt::Write;

/// So many findings are listed: a comment on GitHub takes 65,536 characters.
const MOST_FINDINGS: usize = 100;
/// So many items that nobody could look at are listed.
const MOST_NOT_CHECKED: usize = 10;
/// Mermaid draws no larger diagrams, unless a page tells it to.
const MOST_TEXT: usize = 50_000;
const MOST_EDGES: usize = 500;

/// Verdict, findings, graphs, and the `link` that opens the config. Names come from the config: none of them can
/// become markup.
#[must_use]
pub fn markdown(analysis: &Analysis<'_>, report: &Report, link: Option<&str>) -> String {
    let mut text = format!("## {}\n\n**{}**\n", code(&report.file), verdict(report));
    list(&mut text, "", report.diagnostics.iter().map(|found| finding(report, found)), MOST_FINDINGS);
    let not_checked = report.not_checked.iter();
    let items = not_checked.map(|item| format!("{}: {}", prose(&item.what), prose(&item.why)));
    list(&mut text, "Not checked:\n\n", items, MOST_NOT_CHECKED);
    for graph in &analysis.graphs {
        text.push_str(&diagram(graph));
    }
    if let Some(link) = link {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n[Open in Dryrun]({link})");
    }
    text
}

/// A list under a title, behind an empty line; nothing without items.
fn list(text: &mut String, title: &str, mut items: impl ExactSizeIterator<Item = String>, most: usize) {
    let more = items.len().saturating_sub(most);
    let mut lines: Vec<String> = items.by_ref().take(most).collect();
    if lines.is_empty() {
        return;
    }
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    let _ = write!(text, "\n{title}- {}\n", lines.join("\n- "));
}

/// `2 errors, 1 warning`
fn verdict(report: &Report) -> String {
    let count = |severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
    let all = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];
    let counts = all.into_iter().map(|severity| (severity.name(), count(severity)));
    let counts: Vec<String> =
        counts.filter(|(_, count)| *count > 0).map(|(name, count)| counted(count, name)).collect();
    let counts = if counts.is_empty() { "No problems found".to_owned() } else { counts.join(", ") };
    let ignored = match report.ignored.len() {
        0 => String::new(),
        ignored => format!("; {ignored} ignored"),
    };
    let unparsable = if report.verdict == Verdict::Unparsable { "Not valid YAML: " } else { "" };
    format!("{unparsable}{counts}{ignored}")
}

/// What is wrong, where, and what to do about it.
fn finding(report: &Report, found: &ReportedDiagnostic) -> String {
    let file = if found.file == report.file { String::new() } else { format!("{} ", code(&found.file)) };
    let (line, column) = (found.span.start.line, found.span.start.column);
    let help = found.help.as_deref().map(|help| format!(". {}", prose(help))).unwrap_or_default();
    let severity = found.severity.name();
    format!("**{severity}** {file}{line}:{column} {}{help} ({})", prose(&found.message), code(&found.check))
}

/// A workflow as a diagram under its name.
fn diagram(graph: &Graph) -> String {
    let text = mermaid(graph);
    let body = if text.len() > MOST_TEXT || graph.edges.len() > MOST_EDGES {
        format!("{}: too large for a diagram here.\n", counted(graph.nodes.len(), "job"))
    } else {
        format!("```mermaid\n{text}```\n")
    };
    format!("\n### {}\n\n{body}", code(&graph.name))
}

/// A sentence of ours: what stands in backticks in it is code, and nothing in the rest is markup.
fn prose(sentence: &str) -> String {
    let sentence = plain(sentence);
    let parts: Vec<&str> = sentence.split('`').collect();
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        let closed = index + 1 < parts.len();
        match (index % 2 == 1, closed) {
            (true, true) if !part.trim().is_empty() => text.push_str(&code(part)),
            (is_code, _) => {
                text.push_str(if is_code { "\\`" } else { "" });
                text.push_str(&escaped(part));
                text.push_str(if is_code && closed { "\\`" } else { "" });
            }
        }
    }
    text
}

/// `text` on one line, without characters that are not seen or turn others around.
fn plain(text: &str) -> String {
    let seen = |character: char| match character {
        '\n' => '\u{240a}',
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        control if control.is_control() => '\u{fffd}',
        other => other,
    };
    text.chars().map(seen).collect()
}

/// Text in which nothing is markup, whatever stands in it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\`*_[]<>&#|~@$!".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A name as code, between more backticks than there are in it.
fn code(name: &str) -> String {
    let name = plain(name);
    let longest = name.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_space = name.is_empty() || name.starts_with(['`', ' ']) || name.ends_with(['`', ' ']);
    let space = if needs_space { " " } else { "" };
    format!("{fence}{space}{name}{space}{fence}")
}
