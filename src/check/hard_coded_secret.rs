use super::body::{Once, Part, bodies};
use super::secret::{Secret, is_placeholder, looks_random, secrets_in};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::yaml::{Kind, Node};

declare_check! {
    /// ## What it does
    ///
    /// Finds secrets that stand in the config: tokens and keys that are known by their form (AWS, GitHub, GitLab,
    /// Slack, npm, Stripe, private keys, passwords in URLs), passwords of registries, and random-looking values of
    /// variables that are named after a password, token or key. Examples and placeholders are left alone. A secret
    /// is never shown whole.
    ///
    /// ## Why it matters
    ///
    /// Whoever can read the repository, its forks or its history can use them, for as long as they are valid.
    ///
    /// ## How to fix
    ///
    /// Revoke the secret: it stays in the history. Put a new one into a context or the project's environment
    /// variables, and use it by name:
    ///
    /// ```yaml
    /// docker:
    ///   - image: acme/builder:1.2
    ///     auth:
    ///       username: acme
    ///       password: $DOCKERHUB_PASSWORD
    /// ```
    HARD_CODED_SECRET = "hard-coded-secret", Warning, since "0.1.0"; run
}

const HELP: &str =
    "Revoke it: it stays in the history. Put a new one into a context or the project's variables";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    if let Some(root) = &context.document.root {
        add_known_forms(context, root, &mut once, found);
    }
    for body in bodies(context) {
        let containers = body.part.get("docker").map(|docker| docker.items()).unwrap_or_default();
        for container in &containers {
            let password = |key: &str, name: &str| container.get(key).and_then(|auth| auth.get(name));
            let keys = [password("auth", "password"), password("aws_auth", "aws_secret_access_key")];
            for key in keys.into_iter().flatten() {
                add_password(&key, &mut once, found);
            }
        }
        let steps = body.steps().into_iter().filter_map(|step| step.value);
        for owner in std::iter::once(body.part.clone()).chain(containers).chain(steps) {
            if let Some(environment) = owner.get("environment") {
                add_variables(&environment, &mut once, found);
            }
        }
    }
}

/// What is known by its form, in any scalar of the config.
fn add_known_forms(context: &Context<'_>, node: &Node, once: &mut Once, found: &mut Vec<Diagnostic>) {
    match node.kind() {
        Kind::Scalar(scalar) => {
            for Secret { range, what } in secrets_in(&scalar.text) {
                let shape = &scalar.text[range.clone()];
                let span = node.locate(&context.sources.get(node.span().source).text, range.clone());
                once.first(node.span());
                found.push(finding(span, &format!("{what} ({})", masked(shape))));
            }
        }
        Kind::Sequence(sequence) => {
            sequence.items.iter().for_each(|item| add_known_forms(context, item, once, found));
        }
        Kind::Mapping(mapping) => {
            for entry in &mapping.entries {
                add_known_forms(context, &entry.value, once, found);
            }
        }
        Kind::Alias(_) => {}
    }
}

/// A password of a registry: any that is written out.
fn add_password(value: &Part<'_>, once: &mut Once, found: &mut Vec<Diagnostic>) {
    let written = value
        .text()
        .is_some_and(|text| text.len() >= 8 && !text.contains(['$', ' ']) && !is_placeholder(&text));
    if written && once.first(value.span()) {
        found.push(finding(value.span(), "the password of a registry"));
    }
}

fn add_variables(environment: &Part<'_>, once: &mut Once, found: &mut Vec<Diagnostic>) {
    for (name, _, value) in environment.fields() {
        let secret = is_secret_name(&name) && value.text().is_some_and(|text| looks_random(&text));
        if secret && once.first(value.span()) {
            found.push(finding(value.span(), &format!("the value of {}", shown(&name))));
        }
    }
    for item in environment.items() {
        add_variables(&item, once, found);
    }
}

fn finding(span: Span, what: &str) -> Diagnostic {
    let message = format!("a secret stands in the config: {what}");
    Diagnostic::warning(HARD_CODED_SECRET.id, span, message).with_help(HELP)
}

/// The first letters of a secret.
fn masked(secret: &str) -> String {
    let first: String = secret.chars().take(4).collect();
    shown(&format!("{first}…"))
}

/// Whether a variable of that name holds what nobody is to know.
fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let ends = [
        "_TOKEN",
        "_SECRET",
        "_PASSWORD",
        "_PASSWD",
        "_API_KEY",
        "_ACCESS_KEY",
        "_SECRET_KEY",
        "_PRIVATE_KEY",
    ];
    ends.iter().any(|end| name.ends_with(end) || name == end[1..])
}
