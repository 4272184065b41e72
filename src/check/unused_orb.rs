use super::removal::without;
use super::suggestion::{closest, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};
use crate::expression::Template;
use crate::sort::Set;
use crate::yaml::{Entry, Kind, Mapping, Node};

declare_check! {
    /// ## What it does
    ///
    /// Finds orbs that are imported and of which nothing is used: no job, no command, no executor, neither
    /// directly nor by `override-with`, in a job group or as an argument.
    ///
    /// ## Why it matters
    ///
    /// CircleCI fetches the orb for every pipeline, and a version of it that cannot be found stops the pipeline.
    /// Now and then it tells of a step that was forgotten.
    ///
    /// ## How to fix
    ///
    /// Take the import out, or use the orb.
    ///
    /// ```yaml
    /// orbs:
    ///   node: circleci/node@7.1.0
    /// jobs:
    ///   test:
    ///     executor: node/default
    ///     steps: [checkout, node/install-packages]
    /// ```
    UNUSED_ORB = "unused-orb", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let runs = context.config.workflows.as_ref().is_some_and(|workflows| !workflows.all.is_empty());
    if let (Some(root), true) = (&context.config.root, runs) {
        scope(context, root, found);
    }
}

/// The imports of a config or inline orb against all that is written in it.
fn scope(context: &Context<'_>, root: &Node, found: &mut Vec<Diagnostic>) {
    let Kind::Mapping(top) = root.resolved().kind() else { return };
    let Some(orbs) = top.entries.iter().rev().find(|entry| entry.key.text() == Some("orbs")) else { return };
    let Kind::Mapping(imports) = orbs.value.resolved().kind() else { return };
    let mut prefixes = Prefixes::default();
    for entry in top.entries.iter().filter(|entry| entry.key.text() != Some("orbs")) {
        prefixes.add(&entry.key);
        prefixes.add(&entry.value);
    }
    for import in &imports.entries {
        scope(context, &import.value, found);
        prefixes.add_strangers(&import.value);
    }
    let known = imports.entries.iter().filter_map(|import| import.key.text()).collect::<Set<_>>();
    let strangers: Vec<&str> =
        prefixes.found.iter().filter(|name| !known.contains(*name)).copied().take(MAX_COMPARED).collect();
    for import in &imports.entries {
        let Some(alias) = import.key.text().filter(|_| !import.is_merge()) else { continue };
        if prefixes.any || prefixes.found.contains(alias) {
            continue;
        }
        // A prefix that no orb has may be a slip of this one.
        if strangers.iter().any(|other| closest(other, [alias]).is_some()) {
            continue;
        }
        found.push(
            Diagnostic::warning(
                UNUSED_ORB.id,
                import.key.span(),
                format!("nothing of orb {} is used", shown(alias)),
            )
            .with_help(format!("Its elements would be called {}", shown(&format!("{alias}/…"))))
            .with_fix(removal(context, top, orbs, imports, import)),
        );
    }
}

/// The last import goes with its `orbs`.
fn removal(
    context: &Context<'_>,
    top: &Mapping,
    orbs: &Entry,
    imports: &Mapping,
    import: &Entry,
) -> Option<Fix> {
    let title = "take the import out";
    match imports.entries.len() {
        1 => without(context, top, orbs, title),
        _ => without(context, imports, import, title),
    }
}

/// Prefixes that no orb has are compared with the aliases; only so many.
const MAX_COMPARED: usize = 32;

/// Keys whose values are no names of elements, whatever slashes they have.
const NO_NAMES: &[&str] =
    &["image", "resource_class", "path", "paths", "root", "at", "working_directory", "description"];

/// What stands before the first slash of a text, wherever one is written.
#[derive(Default)]
struct Prefixes<'a> {
    found: Set<&'a str>,
    /// A value stands before a slash: any orb may be meant.
    any: bool,
}

impl<'a> Prefixes<'a> {
    /// What an alias means is written elsewhere, and comes from there.
    fn add(&mut self, node: &'a Node) {
        match node.kind() {
            Kind::Scalar(scalar) => self.text(&scalar.text),
            Kind::Sequence(sequence) => sequence.items.iter().for_each(|item| self.add(item)),
            Kind::Mapping(mapping) => {
                for entry in &mapping.entries {
                    self.add(&entry.key);
                    if !entry.key.text().is_some_and(|key| NO_NAMES.contains(&key)) {
                        self.add(&entry.value);
                    }
                }
            }
            Kind::Alias(_) => {}
        }
    }

    /// What an inline orb asks of orbs that it does not import: mostly those of the config, which it cannot see.
    fn add_strangers(&mut self, orb: &'a Node) {
        let Kind::Mapping(mapping) = orb.kind() else { return };
        let mut inner = Prefixes::default();
        for entry in mapping.entries.iter().filter(|entry| entry.key.text() != Some("orbs")) {
            inner.add(&entry.value);
        }
        let imports = orb.get("orbs");
        let imported = |alias: &str| imports.as_ref().is_some_and(|orbs| orbs.get(alias).is_some());
        self.found.extend(inner.found.into_iter().filter(|alias| !imported(alias)));
    }

    fn text(&mut self, text: &'a str) {
        let Some((alias, element)) = text.split_once('/') else { return };
        if text.contains("<<") {
            let (template, _) = Template::parse(text);
            self.any |= !template.is_constant() && !text.contains('\n') && alias.trim_end().ends_with(">>");
        }
        if !alias.contains(' ') && !element.contains([' ', '\n']) {
            self.found.insert(alias);
        }
    }
}
