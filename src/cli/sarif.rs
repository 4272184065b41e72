use super::Problem;
use super::catalogue::{published_text, summary};
use crate::check::{ALL, Check};
use crate::diagnostic::Severity;
use crate::report::{
    IgnoredDiagnostic, NotChecked, Range, Report, ReportedDiagnostic, ReportedFix, ReportedLabel,
};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Component, Path};

/// The findings as SARIF 2.1.0, for code scanning services and editors. `all_read` is false where a file
/// could not be read.
pub(super) fn document(reports: &[Report], all_read: bool) -> Result<String, Problem> {
    let results: Vec<Value> = reports.iter().flat_map(results).collect();
    let notes = reports.iter().flat_map(|report| report.not_checked.iter().map(|item| note(report, item)));
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": ALL.iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": all_read,
                "toolExecutionNotifications": notes.collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    let text = serde_json::to_string(&document).map_err(|error| Problem(error.to_string()))?;
    Ok(text + "\n")
}

fn rule(check: &Check) -> Value {
    json!({
        "id": check.id,
        "shortDescription": {"text": summary(check)},
        "help": {"text": published_text(check), "markdown": published_text(check)},
        "defaultConfiguration": {"level": level(check.severity)},
    })
}

/// Ignored findings are there too, marked as such.
fn results(report: &Report) -> impl Iterator<Item = Value> {
    report.diagnostics.iter().map(result).chain(report.ignored.iter().map(ignored))
}

fn ignored(ignored: &IgnoredDiagnostic) -> Value {
    let mut suppression = json!({
        "kind": "inSource",
        "location": {"physicalLocation": place(&ignored.by.file, ignored.by.span)},
    });
    if let Some(reason) = &ignored.reason {
        suppression["justification"] = reason.as_str().into();
    }
    let mut result = result(&ignored.diagnostic);
    result["suppressions"] = json!([suppression]);
    result
}

fn result(diagnostic: &ReportedDiagnostic) -> Value {
    let message = match &diagnostic.help {
        Some(help) => format!("{}. {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    };
    let mut result = json!({
        "ruleId": diagnostic.check,
        "level": level(diagnostic.severity),
        "message": {"text": message},
        "locations": [{"physicalLocation": place(&diagnostic.file, diagnostic.span)}],
        "relatedLocations": related(&diagnostic.related),
    });
    if let Some(index) = ALL.iter().position(|check| check.id == diagnostic.check) {
        result["ruleIndex"] = index.into();
    }
    if let Some(offered) = &diagnostic.fix {
        result["fixes"] = json!([fix(&diagnostic.file, offered)]);
    }
    result
}

/// The related places; SARIF wants each only once.
fn related(labels: &[ReportedLabel]) -> Vec<Value> {
    let mut places: Vec<Value> = Vec::new();
    for label in labels {
        let location = json!({
            "physicalLocation": place(&label.file, label.span),
            "message": {"text": label.message},
        });
        if !places.contains(&location) {
            places.push(location);
        }
    }
    places
}

fn fix(file: &str, fix: &ReportedFix) -> Value {
    let replacements = fix
        .edits
        .iter()
        .map(|edit| json!({"deletedRegion": region(edit.span), "insertedContent": {"text": edit.text}}));
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(file)},
            "replacements": replacements.collect::<Vec<_>>(),
        }],
    })
}

/// Something that was not looked at.
fn note(report: &Report, item: &NotChecked) -> Value {
    json!({
        "level": "note",
        "message": {"text": format!("not checked: {}: {}", item.what, item.why)},
        "locations": [{"physicalLocation": place(&report.file, item.span)}],
    })
}

fn place(file: &str, span: Range) -> Value {
    json!({"artifactLocation": {"uri": uri(file)}, "region": region(span)})
}

fn region(span: Range) -> Value {
    json!({
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// A path as a URI: relative ones stay relative.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if Path::new(path).components().any(|part| matches!(part, Component::Prefix(_))) {
        uri.push_str("file:///");
    } else if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            // Writing to a string cannot fail.
            _ => write!(uri, "%{byte:02X}").unwrap_or_default(),
        }
    }
    uri
}
