use crate::diagnostic::Severity;
use crate::report::{Report, ReportedDiagnostic};

/// The findings as workflow commands: printed in a job of GitHub Actions they become annotations of the files.
/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>
pub(super) fn annotations(report: &Report) -> String {
    report.diagnostics.iter().map(annotation).collect()
}

fn annotation(diagnostic: &ReportedDiagnostic) -> String {
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    let (start, end) = (diagnostic.span.start, diagnostic.span.end);
    // Columns of an annotation over several lines are refused.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column.max(start.column))
    } else {
        String::new()
    };
    let related = diagnostic.related.iter();
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(related.map(|label| format!("{}:{}: {}", label.file, label.span.start.line, label.message)));
    lines.extend(diagnostic.help.clone());
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={}::{}\n",
        property(&diagnostic.file),
        start.line,
        end.line,
        property(&diagnostic.check),
        escaped(&lines.join("\n")),
    )
}

/// Text as a command takes it: a line end would end the command.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a colon or a comma would end.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
