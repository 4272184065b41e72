use super::reach::{Dangling, Gap, Wanted};
use super::suggestion::{closest, rename, shown};
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::sort;
use crate::yaml::{Field, Node, Resolved};

declare_check! {
    /// ## What it does
    ///
    /// Finds keys at the top of the config that are a slip of a known one, such as `executor` or `parameter`,
    /// and have below them what the known one would have. Other keys of your own, such as homes of anchors, are
    /// fine.
    ///
    /// ## Why it matters
    ///
    /// CircleCI passes over keys that it does not know at the top: all that is defined there is not there. Where a
    /// workflow comes to any of it, CircleCI refuses the config; that is told here once, not at each such name.
    ///
    /// ## How to fix
    ///
    /// Correct the spelling; if both keys are there, put what they hold under one.
    ///
    /// ```yaml
    /// executors:
    ///   node:
    ///     docker: [{image: cimg/node:20.11}]
    /// ```
    MISSPELLED_KEY = "misspelled-key", Error, since "0.1.0"; run
}

const KNOWN: &[&str] =
    &["commands", "executors", "job-groups", "jobs", "orbs", "parameters", "setup", "workflows"];

/// At home at the top of a config all the same.
const OTHERS: &[&str] = &["version", "description", "display", "examples", "experimental", "build_agent"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(root) = &context.config.root else { return };
    let without_workflows = context.config.workflows.is_none();
    let implicit = context.config.own.job("build").is_some();
    let sought = sought(context);
    for (field, best) in slips(context) {
        // Without workflows there is nothing to run, and the slip is told there.
        if best == "workflows" && without_workflows && !implicit {
            continue;
        }
        let key = field.key.text().unwrap_or_default();
        let span = field.key.span();
        let there = root.field(best);
        let mut names = field.value.fields().into_iter();
        let missed = |name: Field| name.key.text().is_some_and(|name| sought.holds(best, name));
        let severity = if names.any(missed) { Severity::Error } else { Severity::Warning };
        let message = format!("{} means nothing at the top", shown(key));
        let mut diagnostic = Diagnostic::new(MISSPELLED_KEY.id, severity, span, message)
            .with_help(format!("Did you mean `{best}`? CircleCI passes over keys that it does not know"));
        if let Some(there) = there {
            diagnostic = diagnostic.with_related(there.key.span(), format!("`{best}` is here"));
        } else {
            let fix = rename(context.sources, span, key, best);
            diagnostic = diagnostic.with_fix(fix.map(Fix::behaviour_changing));
        }
        found.push(diagnostic);
    }
}

/// The keys at the top that are a slip of a known one, with that one.
fn slips(context: &Context<'_>) -> Vec<(Field, &'static str)> {
    let fields = context.config.root.iter().flat_map(Node::fields);
    let slip = |field: Field| {
        let key = field.key.text().filter(|key| !KNOWN.contains(key) && !OTHERS.contains(key))?;
        let best = closest(key, KNOWN.iter().copied()).filter(|best| has_shape(&field.value, best))?;
        Some((field, best))
    };
    fields.filter_map(slip).collect()
}

/// The elements that stand under such keys: what does not find them needs no finding of its own.
/// Each with the key that was meant, in order.
pub(super) struct Misplaced(Vec<(&'static str, String)>);

impl Misplaced {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let below = |(field, best): (Field, &'static str)| {
            let names = field.value.fields().into_iter();
            names.filter_map(move |name| Some((best, name.key.text()?.to_owned()))).collect::<Vec<_>>()
        };
        Self::sorted(slips(context).into_iter().flat_map(below).collect())
    }

    fn sorted(mut names: Vec<(&'static str, String)>) -> Self {
        sort::by(&mut names, Ord::cmp);
        Self(names)
    }

    /// Whether element `name` was to stand under `key`.
    pub(super) fn holds(&self, key: &'static str, name: &str) -> bool {
        self.0.binary_search_by(|(known, below)| (*known, below.as_str()).cmp(&(key, name))).is_ok()
    }

    /// Whether that is why `dangling` stands for nothing.
    pub(super) fn explains(&self, dangling: &Dangling<'_>) -> bool {
        dangling.scope.is_config() && homes(dangling).iter().any(|(key, name)| self.holds(key, name))
    }
}

/// Where what `dangling` asks for would stand in the config: keys at the top, and the name below.
fn homes<'d>(dangling: &'d Dangling<'_>) -> Vec<(&'static str, &'d str)> {
    let name = dangling.name.as_str();
    match (&dangling.gap, dangling.wanted) {
        (Gap::NoSuchOrb, _) => vec![("orbs", name.split_once('/').map_or(name, |(alias, _)| alias))],
        (Gap::Undefined, Wanted::Job) => vec![("jobs", name), ("job-groups", name)],
        (Gap::Undefined, Wanted::Command) => vec![("commands", name)],
        (Gap::Undefined, Wanted::Executor) => vec![("executors", name)],
        (Gap::NotInOrb(..), _) => Vec::new(),
    }
}

/// What the compiler looks for and does not find.
fn sought(context: &Context<'_>) -> Misplaced {
    let dangling = context.reach.dangling.iter();
    let reached = dangling.filter(|name| name.reached && name.scope.is_config());
    let faults = context.compiled.faults.iter().filter_map(|fault| match &fault.kind {
        FaultKind::UnknownVariable { name } => {
            Some(("parameters", name.strip_prefix("pipeline.parameters.")?))
        }
        FaultKind::NothingToRun => Some(("jobs", "build")),
        _ => None,
    });
    let names = reached.flat_map(homes).chain(faults);
    Misplaced::sorted(names.map(|(key, name)| (key, name.to_owned())).collect())
}

/// Whether `node` looks like what stands under `key`. A home of anchors with a name like a known key mostly
/// holds one element, not a table of them.
fn has_shape(node: &Node, key: &str) -> bool {
    if key == "setup" {
        return matches!(node.meaning(), Some(Resolved::Bool(_)));
    }
    let table = node.fields();
    let each =
        |keys: &[&str]| table.iter().all(|field| keys.iter().any(|key| field.value.get(key).is_some()));
    let fits = match key {
        "jobs" => each(&["steps", "type"]),
        "commands" => each(&["steps"]),
        "executors" => each(&["docker", "machine", "macos"]),
        "parameters" => each(&["type"]),
        "orbs" => table.iter().all(|field| field.value.text().is_some_and(|orb| orb.contains('@'))),
        _ => {
            let mut entries = table.iter().filter(|field| field.key.text() != Some("version")).peekable();
            entries.peek().is_some() && entries.all(|field| field.value.get("jobs").is_some())
        }
    };
    !table.is_empty() && fits
}
