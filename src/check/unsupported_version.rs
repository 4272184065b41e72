use super::suggestion::{closest, listed, rename, shown};
use super::usage::{every_step, invocations};
use super::{Context, declare_check};
use crate::config::{Command, StepKind, Version};
use crate::diagnostic::{Diagnostic, Fix};
use crate::orb::Lookup;
use crate::text::{SourceId, Span};

declare_check! {
    /// ## What it does
    ///
    /// Finds a config whose `version` is missing or is none that CircleCI takes: `2.1`, `2.0` or `2`, with or
    /// without quotes. An empty config is found too, and one of version 2.0 that says `setup: true` or uses orbs,
    /// commands or executors.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the config and looks at nothing else in it: `Unsupported or missing workflows config
    /// version`. In a config of version 2.0 it passes over all that came with version 2.1, and then does not find
    /// what a job uses of it.
    ///
    /// ## How to fix
    ///
    /// Write this as the first line:
    ///
    /// ```yaml
    /// version: 2.1
    /// ```
    UNSUPPORTED_VERSION = "unsupported-version", Error, since "0.1.0"; run
}

const COMPILER: &str = "CircleCI: `Unsupported or missing workflows config version`";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let add = |span, message: String, fix| {
        Diagnostic::error(UNSUPPORTED_VERSION.id, span, message).with_help(COMPILER).with_fix(fix)
    };
    let start = Span::new(SourceId(0), 0..0);
    let Some(root) = &context.config.root else {
        return found.push(add(start, "the config is empty".to_owned(), None));
    };
    if root.is_null() {
        return found.push(add(start, "the config is empty".to_owned(), None));
    }
    let Some(mapping) = root.as_mapping() else { return };
    match (&context.config.version, root.field("version")) {
        (Some(version), _) if version.is_2_0() && context.config.is_setup() => {
            let setup = root.field("setup").map_or(version.node.span(), |field| field.key.span());
            let message = format!("`setup` needs version 2.1, and this is {}", shown(&version.text));
            let fix = Fix::replace(version.node.span(), "2.1", "change to `2.1`");
            found.push(
                Diagnostic::error(UNSUPPORTED_VERSION.id, setup, message)
                    .with_help("Configs that are continued are of version 2.1")
                    .with_fix(Some(fix)),
            );
        }
        (Some(version), _) if version.is_2_0() => found.extend(newer(context, version)),
        (Some(version), _) if version.is_supported() => {}
        (Some(version), _) => {
            let span = version.node.span();
            // Version 1 had other keys: there is more to change than the number.
            let fix = (!version.text.starts_with('1') && !span.is_empty())
                .then(|| Fix::replace(span, "2.1", "change to `2.1`"));
            let field = root.field("version").map_or(span, |field| field.key.span());
            let at = if span.is_empty() { field } else { span };
            found.push(add(at, format!("{} is no version of a config", shown(&version.text)), fix));
        }
        (None, Some(field)) => {
            let message = "a version is `2.1`, `2.0` or `2`".to_owned();
            found.push(add(field.key.span(), message, None));
        }
        (None, None) => {
            let at = Span { end: root.span().start, ..root.span() };
            let fix =
                (!mapping.flow).then(|| Fix::replace(at, "version: 2.1\n", "put `version: 2.1` in front"));
            let first = mapping.entries.first().map_or(start, |entry| entry.key.span());
            let slip = mapping.entries.iter().find_map(|entry| {
                let key = entry.key.text()?;
                (closest(key, ["version"]).is_some() && entry.value.as_scalar().is_some())
                    .then_some((key, entry))
            });
            match slip {
                Some((key, entry)) => {
                    let at = entry.key.span();
                    let message =
                        format!("{} means nothing here: a config begins with `version`", shown(key));
                    found.push(add(at, message, rename(context.sources, at, key, "version")));
                }
                None => found.push(add(first, "the config has no `version`".to_owned(), fix)),
            }
        }
    }
}

/// Keys at the top that came with version 2.1.
const SINCE_2_1: &[&str] = &["orbs", "commands", "executors", "parameters", "job-groups"];

/// A config of version 2.0 with parts that only 2.1 has, and that a job uses.
fn newer(context: &Context<'_>, version: &Version) -> Option<Diagnostic> {
    let root = context.config.root.as_ref()?;
    let there =
        SINCE_2_1.iter().copied().filter(|key| root.get(key).is_some_and(|node| !node.fields().is_empty()));
    let there: Vec<&str> = there.collect();
    if there.is_empty() {
        return None;
    }
    let executor = context.config.own.jobs.iter().any(|job| job.executor().is_some());
    let orb_job = invocations(context).any(|entry| {
        let alias = entry.job.split_once('/').map(|(alias, _)| alias);
        alias.is_some_and(|alias| context.config.own.orb(alias).is_some())
    });
    let mut called = false;
    every_step(context, &mut |step, scope, around| {
        let in_job = around.is_none_or(|element| element.kind == "job");
        called |= in_job
            && matches!(step.kind, StepKind::Call { .. })
            && !matches!(scope.lookup::<Command>(&step.name), Lookup::Undefined | Lookup::NoSuchOrb);
    });
    if !(executor || orb_job || called) {
        return None;
    }
    let needs = if there.len() == 1 { "needs" } else { "need" };
    let span = version.node.span();
    let message =
        format!("{} {needs} version 2.1, and this is {}", listed(there, "and"), shown(&version.text));
    let help = "In a config of version 2.0 CircleCI passes over all that came with 2.1";
    let fix = Fix::replace(span, "2.1", "change to `2.1`").behaviour_changing();
    Some(Diagnostic::error(UNSUPPORTED_VERSION.id, span, message).with_help(help).with_fix(Some(fix)))
}
