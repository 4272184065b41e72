use super::suggestion::shown;
use super::{Context, declare_check};
use crate::config::{OrbSource, Parameter};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Spanned;

declare_check! {
    /// ## What it does
    ///
    /// Finds names of jobs, job groups, commands, executors and parameters that CircleCI does not take: those that
    /// do not begin with a letter, or hold other characters than letters, digits, `-` and `_` (names of jobs may
    /// hold spaces too, names of pipeline parameters and job groups dots). Of capital letters in names of commands
    /// and executors it warns. It finds parameters of jobs that are called like an option of a workflow's entry, such as `name` or `context`: nobody could pass them.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the config, or takes the name for something else: `build/test` is the job `test` of the
    /// orb `build`.
    ///
    /// ## How to fix
    ///
    /// Give it another name, and change the places that use it:
    ///
    /// ```yaml
    /// commands:
    ///   setup-2nd:          # not 2nd-setup
    ///     steps: [checkout]
    /// ```
    INVALID_NAME = "invalid-name", Error, since "0.1.0"; run
}

/// What an entry of a workflow says to CircleCI itself.
const OPTIONS: &[&str] = &[
    "name",
    "requires",
    "context",
    "type",
    "filters",
    "matrix",
    "pre-steps",
    "post-steps",
    "serial-group",
    "override-with",
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let config = context.config;
    // What is compiled has names of the compiler's own making.
    if config.version.as_ref().is_some_and(crate::config::Version::is_2_0) {
        return;
    }
    parameters(&config.parameters, ".", found);
    for group in &config.job_groups {
        // A group may begin with a digit: seen in configs that CircleCI compiles.
        let digit = group.name.value.starts_with(|first: char| first.is_ascii_digit());
        found.extend(name("a job group", &group.name, ". ").filter(|_| !digit));
    }
    elements(&config.own, found);
}

fn elements(own: &OrbSource, found: &mut Vec<Diagnostic>) {
    for job in &own.jobs {
        found.extend(name("a job", &job.name, " "));
        parameters(job.parameters(), "", found);
        let options = job.parameters().iter().filter(|parameter| OPTIONS.contains(&parameter.name.as_str()));
        found.extend(options.map(|parameter| reserved(&parameter.name)));
    }
    for command in &own.commands {
        found.extend(name("a command", &command.name, ""));
        parameters(&command.parameters, "", found);
    }
    for executor in &own.executors {
        found.extend(name("an executor", &executor.name, ""));
        parameters(&executor.parameters, "", found);
    }
    for inline in own.orbs.iter().filter_map(|orb| orb.inline.as_ref()) {
        elements(inline, found);
    }
}

fn parameters(declared: &[Parameter], more: &str, found: &mut Vec<Diagnostic>) {
    found.extend(declared.iter().filter_map(|parameter| name("a parameter", &parameter.name, more)));
}

/// What is wrong with a name that may hold the characters in `more` beside the usual ones. Letters that are not
/// ASCII are left alone: what becomes of them was never seen.
fn name(kind: &str, name: &Spanned<String>, more: &str) -> Option<Diagnostic> {
    let usual = |c: char| c.is_alphanumeric() || c == '-' || c == '_' || !c.is_ascii();
    let bad = name.value.chars().find(|c| !usual(*c) && !more.contains(*c));
    let lower_case = matches!(kind, "a command" | "an executor");
    let capital = || lower_case && name.value.contains(|c: char| c.is_ascii_uppercase());
    let (severity, problem) = if let Some(bad) = bad {
        let bad = if bad == ' ' { "a space".to_owned() } else { shown(&bad.to_string()) };
        (Severity::Error, format!("cannot hold {bad}"))
    } else if !name.value.starts_with(|first: char| first.is_alphabetic() || !first.is_ascii()) {
        (Severity::Error, "begins with a letter".to_owned())
    } else if capital() {
        // Refused in all reports that are known, yet configs with such names are about.
        (Severity::Warning, "has no capital letters".to_owned())
    } else {
        return None;
    };
    let pattern = match kind {
        "a job" => "^[A-Za-z][A-Za-z\\s\\d_-]*$",
        _ if lower_case => "^[a-z][a-z\\d_-]*$",
        _ => "",
    };
    let mut help = "Names begin with a letter and go on with letters, digits, `-` and `_`".to_owned();
    if !pattern.is_empty() {
        let plain = shown(name);
        let words = format!("string [{}] does not match pattern {pattern}", plain.trim_matches('`'));
        help = format!("{help}. CircleCI: `{words}`");
    }
    let message = format!("{} is no name for {kind}: it {problem}", shown(&name.value));
    Some(Diagnostic::new(INVALID_NAME.id, severity, name.span, message).with_help(help))
}

fn reserved(name: &Spanned<String>) -> Diagnostic {
    let message = format!("a parameter of a job cannot be called {}", shown(name));
    Diagnostic::error(INVALID_NAME.id, name.span, message)
        .with_help("Entries of workflows have an option of that name, so that nobody could pass it")
}
