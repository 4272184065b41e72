use super::directive::{Directive, Kind};
use super::suppression::Text;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety, Severity};
use crate::sort::Set;
use crate::text::{Source, SourceId, Span};

declare_check! {
    /// ## What it does
    ///
    /// Finds comments such as `# cci-ignore undefined-job` where there is nothing to ignore. Without the name of a
    /// check it is a hint only: other tools read such comments too.
    ///
    /// ## Why it matters
    ///
    /// The fault is mended or has moved to another line. Left standing, the comment will hide the next one.
    ///
    /// ## How to fix
    ///
    /// Delete the comment, or the name of the check that finds nothing. On a line of its own, `cci-ignore` is
    /// about that line; for the one below write `cci-ignore-next-line`:
    ///
    /// ```yaml
    /// # cci-ignore-next-line undefined-job: added by the generator
    /// - deploy
    /// ```
    UNUSED_IGNORE = "unused-ignore", Warning, since "0.1.0"; run
}

/// `found` is what all other checks have found.
fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let texts = context.suppression.texts();
    if texts.is_empty() {
        return;
    }
    let finding = |diagnostic: &Diagnostic| {
        let (text, directive) = context.suppression.find(context.sources, diagnostic)?;
        Some((text, directive, diagnostic.check))
    };
    let used: Set<(usize, usize, &str)> = found.iter().filter_map(finding).collect();
    let lines: Set<(SourceId, usize)> =
        found.iter().map(|diagnostic| (diagnostic.span.source, line(context, diagnostic))).collect();
    for (at, text) in texts.iter().enumerate().filter(|(_, text)| !text.broken) {
        for (index, directive) in text.directives.iter().enumerate() {
            if !text.is_about_lines(index) {
                continue;
            }
            let matches = |check: &str| used.contains(&(at, index, check)) || check == UNUSED_IGNORE.id;
            let idle: Vec<usize> = (0..directive.checks.len())
                .filter(|check| !matches(directive.checks[*check].value))
                .collect();
            let used_at_all =
                used.first_from(&(at, index, "")).is_some_and(|first| (first.0, first.1) == (at, index));
            if used_at_all || directive.unknown.is_some() || idle.len() < directive.checks.len() {
                found.extend(idle.into_iter().map(|check| without_name(directive, check)));
            } else {
                let misplaced = directive.kind == Kind::Line
                    && directive.own_line
                    && lines.contains(&(text.source, directive.line + 1));
                found.push(without_directive(context, text, index, misplaced));
            }
        }
    }
}

fn line(context: &Context<'_>, diagnostic: &Diagnostic) -> usize {
    context.sources.get(diagnostic.span.source).lines().line_at(diagnostic.span.start as usize)
}

/// A directive of which nothing is used. Where it is `misplaced`, the line below has what it is about.
fn without_directive(context: &Context<'_>, text: &Text, index: usize, misplaced: bool) -> Diagnostic {
    let directive = &text.directives[index];
    let place = match directive.kind {
        Kind::NextLine => "on the next line",
        Kind::Start => "up to its end",
        Kind::File => "in this file",
        Kind::Line | Kind::End | Kind::Unknown => "on this line",
    };
    let (severity, message) = if directive.is_bare() {
        // The language server of CircleCI reads it as well, and finds other things.
        (Severity::Hint, format!("nothing to ignore {place}"))
    } else {
        (Severity::Warning, format!("nothing to ignore: what it names is not found {place}"))
    };
    let source = context.sources.get(text.source);
    let (help, fix) = if misplaced {
        let end = Span { start: directive.keyword.end, ..directive.keyword };
        let help = "A line of its own is ignored then: for the one below write `cci-ignore-next-line`";
        (help, Fix::replace(end, "-next-line", "write `cci-ignore-next-line`"))
    } else {
        let mut edits = vec![deletion(source, directive)];
        edits.extend(text.end_of(index).map(|end| deletion(source, end)));
        let title = "delete the comment".to_owned();
        ("Delete the comment", Fix { title, safety: Safety::Safe, edits })
    };
    Diagnostic::new(UNUSED_IGNORE.id, severity, directive.span, message).with_help(help).with_fix(Some(fix))
}

/// A check that finds nothing, beside others that do.
fn without_name(directive: &Directive, check: usize) -> Diagnostic {
    let named = &directive.checks[check];
    let mut gone = named.span;
    if let Some(next) = directive.checks.get(check + 1) {
        gone.end = next.span.start;
    } else if let Some(before) = check.checked_sub(1).and_then(|before| directive.checks.get(before)) {
        gone.start = before.span.end;
    }
    let message = format!("nothing to ignore: `{}` is not found here", named.value);
    Diagnostic::warning(UNUSED_IGNORE.id, named.span, message)
        .with_help("Take the name out")
        .with_fix(Some(Fix::replace(gone, "", "take the name out")))
}

/// Takes the comment out: with its line where nothing else is on it, else with the blanks before it.
fn deletion(source: &Source, directive: &Directive) -> Edit {
    let (start, end) = (directive.span.start as usize, directive.span.end as usize);
    let range = if directive.own_line {
        let line = source.lines().line_range(&source.text, directive.line).start;
        let next = source.lines().line_range(&source.text, directive.line + 1).start;
        line..next
    } else {
        source.text[..start].trim_end_matches([' ', '\t']).len()..end
    };
    Edit { span: Span::new(source.id, range), text: String::new() }
}
