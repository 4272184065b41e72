//! How a name that stands for nothing is reported: one wording for jobs, commands, executors and orbs.

use super::Context;
use super::listed::of_release;
use super::misspelled_key::Misplaced;
use super::reach::{Dangling, Gap, Wanted};
use super::suggestion::{MOST_LOOKED_AT, closest, is_slip, listed, rename, shown};
use crate::config::schema::{BUILTIN_STEPS, RUN, builtin_step};
use crate::config::{Named, OrbSource, Table};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::sort::{Map, Set};
use crate::text::{Span, Spanned};

/// Reports, for check `id`, the names that stand for nothing and that `concerned` picks.
pub(super) fn report(
    context: &Context<'_>,
    found: &mut Vec<Diagnostic>,
    id: &'static str,
    concerned: impl Fn(&Dangling<'_>) -> bool,
) {
    let mut all: Vec<&Dangling<'_>> = context.reach.dangling.iter().filter(|name| concerned(name)).collect();
    if !all.is_empty() {
        let misplaced = Misplaced::of(context);
        all.retain(|name| !misplaced.explains(name));
    }
    let mut uses: Map<&str, usize> = Map::new();
    for name in &all {
        *uses.get_or_default(name.name.as_str()) += 1;
    }
    let mut told: Set<&str> = Set::new();
    for name in all {
        let count = uses.get(name.name.as_str()).copied().unwrap_or(0);
        let definition = (count > 1).then(|| misnamed(context, name)).flatten();
        match definition {
            Some(_) if !told.insert(name.name.as_str()) => {}
            Some(definition) => found.push(definition_wording(context, id, name, definition, count)),
            None => found.push(diagnostic(context, id, name)),
        }
    }
}

/// The one definition that a name is near to, where nothing else uses that: then it is the definition that is misspelt.
fn misnamed<'a>(context: &Context<'a>, dangling: &Dangling<'a>) -> Option<&'a Spanned<String>> {
    let is_own = matches!(dangling.gap, Gap::Undefined) && dangling.scope.is_config() && dangling.reached;
    let elements = dangling.scope.elements;
    let best = closest(&dangling.name.value, names(elements, dangling.wanted)).filter(|_| is_own)?;
    let definition = match dangling.wanted {
        Wanted::Job => &elements.job(best)?.name,
        Wanted::Command => &elements.command(best)?.name,
        Wanted::Executor => &elements.executor(best)?.name,
    };
    let is_unused = !context.reach.reached.contains(&definition.span);
    (is_unused && is_slip(&definition.value, &dangling.name.value)).then_some(definition)
}

fn definition_wording(
    context: &Context<'_>,
    id: &'static str,
    dangling: &Dangling<'_>,
    definition: &Spanned<String>,
    count: usize,
) -> Diagnostic {
    let (kind, name) = (kind_name(dangling.wanted), shown(&dangling.name.value));
    let message =
        format!("nothing uses {kind} {}, and {count} places ask for {name}", shown(&definition.value));
    let help = format!("CircleCI: `Cannot find a definition for {kind} named {}`", shown_plain(dangling));
    Diagnostic::error(id, definition.span, message)
        .with_help(help)
        .with_fix(rename(context.sources, definition.span, &definition.value, &dangling.name.value))
        .with_related(dangling.name.span, format!("{name} is asked for here first"))
}

/// Whether the name asks an orb for one of its own elements, by the alias under which it is imported.
pub(super) fn names_itself(dangling: &Dangling<'_>) -> bool {
    let alias = dangling.name.value.split_once('/').map(|(alias, _)| alias);
    matches!(dangling.gap, Gap::NoSuchOrb) && alias.is_some() && alias == dangling.scope.path.last().copied()
}

fn diagnostic(context: &Context<'_>, id: &'static str, dangling: &Dangling<'_>) -> Diagnostic {
    let itself = names_itself(dangling);
    let former = former_name(context, dangling).is_some();
    let refused = (dangling.reached || itself) && !former;
    let severity = if refused { Severity::Error } else { Severity::Warning };
    let wording = match &dangling.gap {
        Gap::NoSuchOrb if itself => itself_wording(context, dangling),
        Gap::NoSuchOrb => orb_wording(context, dangling),
        Gap::NotInOrb(..) => element_wording(context, dangling),
        Gap::Undefined => name_wording(context, dangling),
    };
    let kind = kind_name(dangling.wanted);
    let compiler = format!("CircleCI: `Cannot find a definition for {kind} named {}`", shown_plain(dangling));
    let note = if former {
        "Version 2 took the old name too; 2.1 does not".to_owned()
    } else if dangling.reached {
        compiler
    } else if itself {
        format!("{compiler}, as soon as something comes here")
    } else {
        "No workflow comes here, and CircleCI's compiler does not look at what no workflow comes to"
            .to_owned()
    };
    let help = match wording.help {
        Some(help) if help.ends_with('?') => format!("{help} {note}"),
        Some(help) => format!("{help}. {note}"),
        None => note,
    };
    let mut diagnostic = Diagnostic::new(id, severity, dangling.name.span, wording.message)
        .with_help(help)
        .with_fix(wording.fix);
    if let Some((span, message)) = wording.related {
        diagnostic = diagnostic.with_related(span, message);
    }
    match &dangling.gap {
        Gap::NotInOrb(_, scope) => match scope.listing {
            Some(listing) => of_release(diagnostic, listing),
            None => diagnostic,
        },
        _ => diagnostic,
    }
}

/// Names that steps had when 2.0 was new. Others had a dash for the underscore. All ran for years.
const FORMER_STEPS: [(&str, &str); 2] = [("cache-save", "save_cache"), ("cache-restore", "restore_cache")];

/// What a step is called today that a config of version 2 calls by a name of its first months.
fn former_name(context: &Context<'_>, dangling: &Dangling<'_>) -> Option<&'static str> {
    let version = context.config.version.as_ref().filter(|version| version.is_2_0());
    version.filter(|_| dangling.wanted == Wanted::Command && matches!(dangling.gap, Gap::Undefined))?;
    let name = dangling.name.as_str();
    let turned = FORMER_STEPS.iter().find(|(former, _)| *former == name).map(|(_, today)| *today);
    turned.or_else(|| builtin_step(&name.replace('-', "_")).map(|step| step.name))
}

/// What is particular about one kind of finding.
struct Wording {
    message: String,
    help: Option<String>,
    fix: Option<Fix>,
    related: Option<(Span, String)>,
}

fn kind_name(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Job => "job",
        Wanted::Command => "command",
        Wanted::Executor => "executor",
    }
}

/// The name for a quotation of the compiler, which has no backticks.
fn shown_plain(dangling: &Dangling<'_>) -> String {
    shown(&dangling.name.value).trim_matches('`').to_owned()
}

/// The names of a kind that a scope has itself, as many as are compared with one that it lacks.
fn names(elements: &OrbSource, wanted: Wanted) -> Vec<&str> {
    fn first<T: Named>(table: &Table<T>) -> Vec<&str> {
        table.iter().take(MOST_LOOKED_AT).map(|element| element.name().as_str()).collect()
    }
    match wanted {
        Wanted::Job => first(&elements.jobs),
        Wanted::Command => first(&elements.commands),
        Wanted::Executor => first(&elements.executors),
    }
}

fn name_wording(context: &Context<'_>, dangling: &Dangling<'_>) -> Wording {
    let name = dangling.name.value.as_str();
    let elements = dangling.scope.elements;
    let mut candidates = names(elements, dangling.wanted);
    let mut help = None;
    match dangling.wanted {
        Wanted::Command => {
            candidates.extend(BUILTIN_STEPS.iter().map(|step| step.name));
            if elements.job(name).is_some() {
                help = Some(format!("{} is a job; a step can only be a command", shown(name)));
            } else if RUN.keys.iter().any(|key| key.name == name) {
                help = Some(format!("{} is a key of a `run` step, and stands below `run`", shown(name)));
            }
        }
        Wanted::Job => {
            candidates.extend(context.config.job_groups.iter().map(|group| group.name.as_str()));
            if elements.command(name).is_some() {
                help = Some(format!("{} is a command; a workflow can only invoke jobs", shown(name)));
            } else if candidates.is_empty() {
                help = Some("The config defines no jobs".to_owned());
            }
        }
        Wanted::Executor => {
            if candidates.is_empty() {
                help = Some("No executors are defined here".to_owned());
            }
        }
    }
    let best = former_name(context, dangling).or_else(|| closest(name, candidates.iter().copied()));
    let help = help
        .or_else(|| did_you_mean(best))
        .or_else(|| choices(dangling.wanted, &names(elements, dangling.wanted)));
    Wording {
        message: format!("no {} is called {}{}", kind_name(dangling.wanted), shown(name), place(dangling)),
        help,
        fix: best.and_then(|best| rename(context.sources, dangling.name.span, name, best)),
        related: None,
    }
}

/// Names are only listed where they can be read at a glance.
const MAX_LISTED: usize = 8;

fn choices(wanted: Wanted, candidates: &[&str]) -> Option<String> {
    let kind = kind_name(wanted);
    let names = || listed(candidates.iter().copied(), "and");
    match candidates.len() {
        1 => Some(format!("There is the {kind} {}", names())),
        2..=MAX_LISTED => Some(format!("There are the {kind}s {}", names())),
        _ => None,
    }
}

fn did_you_mean(best: Option<&str>) -> Option<String> {
    best.map(|best| format!("Did you mean {}?", shown(best)))
}

/// In which orb the name was looked up; nothing for the config itself.
fn place(dangling: &Dangling<'_>) -> String {
    match dangling.scope.path.as_slice() {
        [] => String::new(),
        path => format!(" in orb {}", shown(&path.join("/"))),
    }
}

fn orb_wording(context: &Context<'_>, dangling: &Dangling<'_>) -> Wording {
    let name = dangling.name.value.as_str();
    let (alias, element) = name.split_once('/').unwrap_or((name, ""));
    let imports = dangling.scope.elements.orbs.iter().take(MOST_LOOKED_AT);
    let aliases: Vec<&str> = imports.map(|orb| orb.alias.as_str()).collect();
    let best = closest(alias, aliases.iter().copied());
    let help = match best {
        Some(_) => did_you_mean(best),
        None if !dangling.scope.is_config() && context.config.own.orb(alias).is_some() => Some(
            "The config imports an orb under that alias, but an orb sees only what it imports itself".into(),
        ),
        None if aliases.is_empty() => Some(format!("Import it: `orbs: {{{alias}: namespace/orb@version}}`")),
        None if aliases.len() <= MAX_LISTED => {
            Some(format!("`orbs` imports {}", listed(aliases.iter().copied(), "and")))
        }
        None => None,
    };
    let message = if dangling.scope.is_config() {
        format!("no orb is imported as {}", shown(alias))
    } else {
        format!("orb {} imports no orb as {}", shown(&dangling.scope.path.join("/")), shown(alias))
    };
    let renamed = best.map(|best| format!("{best}/{element}"));
    let fix = renamed.and_then(|renamed| rename(context.sources, dangling.name.span, name, &renamed));
    Wording { message, help, fix, related: None }
}

fn itself_wording(context: &Context<'_>, dangling: &Dangling<'_>) -> Wording {
    let name = dangling.name.value.as_str();
    let (alias, element) = name.split_once('/').unwrap_or((name, ""));
    let elements = dangling.scope.elements;
    let there = match dangling.wanted {
        Wanted::Job => elements.jobs.place(element),
        Wanted::Command => elements.commands.place(element),
        Wanted::Executor => elements.executors.place(element),
    };
    let fix = there.and_then(|_| rename(context.sources, dangling.name.span, name, element));
    Wording {
        message: format!("orb {} cannot call itself by its alias", shown(alias)),
        help: Some(format!("Inside the orb its own elements have no prefix: {}", shown(element))),
        fix,
        related: None,
    }
}

fn element_wording(context: &Context<'_>, dangling: &Dangling<'_>) -> Wording {
    let name = dangling.name.value.as_str();
    let (alias, element) = name.split_once('/').unwrap_or((name, ""));
    let Gap::NotInOrb(import, scope) = &dangling.gap else {
        return name_wording(context, dangling);
    };
    let candidates = names(scope.elements, dangling.wanted);
    let best = closest(element, candidates.iter().copied());
    let renamed = best.map(|best| format!("{alias}/{best}"));
    Wording {
        message: format!("orb {} has no {} {}", shown(alias), kind_name(dangling.wanted), shown(element)),
        help: did_you_mean(renamed.as_deref()).or_else(|| choices(dangling.wanted, &candidates)),
        fix: renamed.and_then(|renamed| rename(context.sources, dangling.name.span, name, &renamed)),
        // Beside what was looked up in a catalogue stands the reference.
        related: scope.listing.is_none().then(|| (import.alias.span, "the orb is imported here".to_owned())),
    }
}
