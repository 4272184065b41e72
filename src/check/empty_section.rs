use super::elements::elements;
use super::removal::without;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::yaml::{Kind, Node};

declare_check! {
    /// ## What it does
    ///
    /// Finds `orbs`, `commands`, `executors`, `jobs`, `job-groups` and `parameters` without anything below.
    ///
    /// ## Why it matters
    ///
    /// It means nothing. Where something was to stand there, it may have slipped out by its indentation, and
    /// CircleCI passes over what stands at the top by mistake.
    ///
    /// ## How to fix
    ///
    /// Take the key out, or indent what belongs below it.
    ///
    /// ```yaml
    /// commands:
    ///   install:
    ///     steps: [run: npm ci]
    /// ```
    EMPTY_SECTION = "empty-section", Hint, since "0.1.0"; run
}

const SECTIONS: &[&str] = &["orbs", "commands", "executors", "jobs", "job-groups", "parameters"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(root) = &context.config.root {
        empty(context, root, SECTIONS, found);
    }
    for element in elements(context) {
        empty(context, element.node, &["parameters"], found);
    }
}

fn empty(context: &Context<'_>, node: &Node, sections: &[&str], found: &mut Vec<Diagnostic>) {
    let Kind::Mapping(mapping) = node.kind() else { return };
    for entry in &mapping.entries {
        let Some(key) = entry.key.text().filter(|key| sections.contains(key)) else { continue };
        if !entry.value.is_null() {
            continue;
        }
        found.push(
            Diagnostic::new(
                EMPTY_SECTION.id,
                Severity::Hint,
                entry.key.span(),
                format!("there is nothing under {}", shown(key)),
            )
            .with_help("Take it out, or indent what belongs below it")
            .with_fix(without(context, mapping, entry, "take the line out")),
        );
    }
}
