use crate::check::{ALL, Check};
use crate::diagnostic::Severity;
use crate::report::{
    IgnoredDiagnostic, NotChecked, Range, Report, ReportedDiagnostic, ReportedFix, ReportedLabel,
};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Component, Path};

/// What comes before the results in the one run of a SARIF 2.1.0 log, for code scanning services and editors.
/// <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
pub(super) fn head() -> String {
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": ALL.iter().map(rule).collect::<Vec<_>>(),
    });
    format!(
        r#"{{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{"tool":{{"driver":{driver}}},"columnKind":"unicodeCodePoints","results":["#
    )
}

/// What comes behind them. `notes` is what [`notes`] gives for each file, `all_read` is false where a file could
/// not be read.
pub(super) fn end(notes: &str, all_read: bool) -> String {
    format!(
        r#"],"invocations":[{{"executionSuccessful":{all_read},"toolExecutionNotifications":[{notes}]}}]}}]}}"#
    ) + "\n"
}

/// The findings of a config; those that are ignored are there too, marked as such.
pub(super) fn results(report: &Report) -> String {
    listed(report.diagnostics.iter().map(result).chain(report.ignored.iter().map(ignored)))
}

/// What was not looked at in a config.
pub(super) fn notes(report: &Report) -> String {
    listed(report.not_checked.iter().map(|item| note(report, item)))
}

fn listed(items: impl Iterator<Item = Value>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(",")
}

fn rule(check: &Check) -> Value {
    json!({
        "id": check.id,
        "shortDescription": {"text": check.summary()},
        "fullDescription": {"text": check.summary()},
        "help": {"text": check.text(), "markdown": check.text()},
        "defaultConfiguration": {"level": level(check.severity)},
    })
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

/// A path as a URI: relative ones stay relative, without the `./` that services do not expect.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
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
