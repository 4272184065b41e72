use super::body::{Body, Once, Part, bodies};
use super::elements::elements;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::config::Version;
use crate::diagnostic::{Diagnostic, Fix};
use crate::sort::Set;
use crate::yaml::{Kind, Node};
use std::ops::Range;

declare_check! {
    /// ## What it does
    ///
    /// Finds `$NAME` and `${NAME}` in the values of `environment`, and names of parameters and pipeline values in
    /// other brackets than `<< >>`: `{{ parameters.version }}`, `${{ pipeline.number }}`, `< parameters.version >>`.
    ///
    /// ## Why it matters
    ///
    /// Values of `environment` are taken letter by letter: no shell looks at them. With `PATH: $HOME/bin:$PATH` the
    /// job has a `PATH` of two directories whose names begin with a dollar sign, and finds no command any more. Other
    /// brackets mean nothing to CircleCI either: the text reaches the script as it stands.
    ///
    /// ## How to fix
    ///
    /// Set the variable in a step, where a shell expands it, and let later steps read it from `$BASH_ENV`:
    ///
    /// ```yaml
    /// steps:
    ///   - run: echo 'export PATH="$HOME/bin:$PATH"' >> "$BASH_ENV"
    /// ```
    ///
    /// A parameter or pipeline value stands in `<< >>`: `<< parameters.version >>`.
    LITERAL_VARIABLE = "literal-variable", Warning, since "0.1.0"; run
}

/// The names of all parameters, of jobs, commands, executors and the pipeline.
fn declared(context: &Context<'_>) -> Set<String> {
    let elements = elements(context);
    let own = elements.iter().flat_map(|element| element.parameters.iter());
    own.chain(&context.config.parameters).map(|parameter| parameter.name.value.clone()).collect()
}

/// Names of CircleCI's in other brackets than its own.
fn foreign(context: &Context<'_>, node: &Node, names: &Set<String>, found: &mut Vec<Diagnostic>) {
    match node.kind() {
        Kind::Mapping(mapping) => {
            // Cache keys have brackets of this kind, and a check of their own.
            let read = mapping.entries.iter().filter(|entry| {
                !entry.key.text().is_some_and(|key| matches!(key, "description" | "key" | "keys"))
            });
            read.for_each(|entry| foreign(context, &entry.value, names, found));
        }
        Kind::Sequence(sequence) => {
            sequence.items.iter().for_each(|item| foreign(context, item, names, found));
        }
        Kind::Scalar(scalar) => {
            let places = brackets(&scalar.text, names);
            if places.is_empty() {
                return;
            }
            let place = node.locator(&context.sources.get(node.span().source).text);
            for (range, name) in places {
                let span = place(range.clone());
                let right = format!("<< {name} >>");
                let message =
                    format!("{} stays as it is: CircleCI's brackets are `<< >>`", shown(&scalar.text[range]));
                let fix = Fix::replace(span, right.clone(), format!("change to `{right}`"));
                found.push(
                    Diagnostic::warning(LITERAL_VARIABLE.id, span, message)
                        .with_help(format!("Write `{right}`"))
                        .with_fix(Some(fix.behaviour_changing())),
                );
            }
        }
        Kind::Alias(_) => {}
    }
}

/// Where a name of CircleCI's stands in `{{ }}`, `${{ }}` or `< >>`, and the name.
fn brackets<'t>(text: &'t str, names: &Set<String>) -> Vec<(Range<usize>, &'t str)> {
    let mut found = Vec::new();
    for root in ["parameters.", "pipeline.", "matrix."] {
        for (at, _) in text.match_indices(root) {
            let before = text[..at].trim_end_matches(' ');
            let length =
                text[at..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte));
            let length = length.count();
            let name = &text[at..at + length];
            let after = text[at + length..].trim_start_matches(' ');
            let curly = before.ends_with("{{") && after.starts_with("}}");
            let half = before.ends_with('<') && !before.ends_with("<<") && after.starts_with(">>");
            let last = name.rsplit('.').next().unwrap_or_default();
            // A value of the pipeline, or a parameter that there is.
            let known = match name.strip_prefix("pipeline.") {
                Some(rest) => !rest.starts_with("parameters.") || names.contains(last),
                None => names.contains(last),
            };
            if !known || !(curly || half) {
                continue;
            }
            let opening = if half { 1 } else { 2 + usize::from(before[..before.len() - 2].ends_with('$')) };
            let end = text.len() - after.len() + 2;
            found.push((before.len() - opening..end, name));
        }
    }
    found
}

/// Variables that the shell itself expands when it uses them.
const EXPANDED_BY_SHELL: &[&str] = &["BASH_ENV", "ENV", "PROMPT_COMMAND", "PS1", "PS2", "PS4"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let has_tags = !context.config.version.as_ref().is_some_and(Version::is_2_0);
    if let Some(root) = context.document.root.as_ref().filter(|_| has_tags) {
        let names = declared(context);
        foreign(context, root, &names, found);
    }
    let mut once = Once::default();
    for body in bodies(context) {
        for (name, value) in variables(&body) {
            let Some(text) = value.text() else { continue };
            let Some(variable) = variable_in(&text) else { continue };
            if EXPANDED_BY_SHELL.contains(&name.as_str()) || !once.first(value.span()) {
                continue;
            }
            let written = &text[variable];
            let in_source = context.sources.slice(value.span()).find(written);
            let span = in_source.map_or(value.span(), |at| value.span().part(at..at + written.len()));
            let message = format!("{} stays as it is: no shell reads `environment`", shown(written));
            found.push(
                Diagnostic::warning(LITERAL_VARIABLE.id, span, message)
                    .with_help(format!("Export {} to `$BASH_ENV` in a step instead", shown(&name))),
            );
        }
    }
}

/// The variables that a body sets: its own, those of its containers and of its steps.
fn variables<'a>(body: &Body<'a>) -> Vec<(String, Part<'a>)> {
    let containers = body.part.get("docker").map(|docker| docker.items()).unwrap_or_default();
    let steps = body.steps().into_iter();
    let runs = steps.filter(|step| step.name == "run").filter_map(|step| step.value);
    let owners = std::iter::once(body.part.clone()).chain(containers).chain(runs);
    let mut all = Vec::new();
    for environment in owners.filter_map(|owner| owner.get("environment")) {
        add_variables(&environment, &mut all);
    }
    all
}

/// `environment` is a mapping, or a list of mappings and of `NAME=value`.
fn add_variables<'a>(environment: &Part<'a>, all: &mut Vec<(String, Part<'a>)>) {
    all.extend(environment.fields().into_iter().map(|(name, _, value)| (name, value)));
    for item in environment.items() {
        if let Some(text) = item.text() {
            let name = text.split('=').next().unwrap_or_default().to_owned();
            all.push((name, item.clone()));
        } else {
            all.extend(item.fields().into_iter().map(|(name, _, value)| (name, value)));
        }
    }
}

/// Where the first `$NAME` or `${NAME}` is. Only names in capitals: a password may well have a dollar sign.
fn variable_in(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = text[from..].find('$').map(|offset| from + offset) {
        let rest = &text[at + 1..];
        let braced = rest.starts_with('{');
        let name = rest.strip_prefix('{').unwrap_or(rest);
        let length = name.bytes().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_');
        let length = length.count();
        let after = name[length..].chars().next();
        let named = length > 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
        if named && braced && after == Some('}') {
            return Some(at..at + length + 3);
        }
        if named
            && !braced
            && !after.is_some_and(|c| c.is_ascii_lowercase())
            && !text[..at].ends_with(['$', '\\'])
        {
            return Some(at..at + 1 + length);
        }
        from = at + 1;
    }
    None
}
