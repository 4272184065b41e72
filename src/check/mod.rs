//! Checks: one file a check, all of them in [`ALL`].
//!
//! Comes in: what the stages made of a config ([`Context`]). Goes out: diagnostics, complete and in order.
//! A check is a constant of type [`Check`]: an id, its published text (the doc comment of the constant, as
//! pages and `dryrun explain` show it) and a plain function. Must not know: how findings are shown, what
//! another check found.

mod all_statuses;
mod always_true_condition;
mod attach_before_checkout;
mod body;
mod cache_as_workspace;
mod cache_never_restored;
mod cache_never_saved;
mod call_chain;
mod calls;
mod changing_cache_key;
mod compile_limit;
mod complex_key;
mod config_limit;
mod conflicting_keys;
mod conflicting_layers;
mod consequence;
mod constant_cache_key;
mod data_steps;
mod default_job_type;
mod dependencies_in_workspace;
mod deploy_step;
mod deprecated_image;
mod directive;
mod duplicate_invocation_name;
mod duplicate_key;
mod elements;
mod empty_argument;
mod empty_matrix;
mod empty_section;
mod forbidden_attach;
mod form;
mod hard_coded_secret;
mod idle_group;
mod ignore_fix;
mod ignored_steps;
mod impossible_filter;
mod indentation;
mod invalid_cache_key;
mod invalid_character;
mod invalid_condition;
mod invalid_cron;
mod invalid_expression;
mod invalid_ignore;
mod invalid_image_digest;
mod invalid_name;
mod invalid_orb_reference;
mod invalid_pattern;
mod job_group_rule;
mod late_restore;
mod listed;
mod literal_variable;
mod long_retention;
mod machine_without_image;
mod merge_value;
mod mismatched_machine_image;
mod misplaced_cache;
mod missing_argument;
mod missing_cache_fallback;
mod missing_key;
mod missing_tag_filter;
mod misspelled_key;
mod narrow_pattern;
mod nothing_to_attach;
mod nothing_to_run;
mod offerings;
mod only_with_ignore;
mod orb_under_test;
mod outdated_version;
mod path_outside_root;
mod patterns;
mod piped_script;
mod reach;
mod recursive_alias;
mod recursive_command;
mod refs;
mod remote_docker_executor;
mod removal;
mod requirement;
mod requires_cycle;
mod run_steps;
mod runner_image;
mod secret;
mod several_documents;
mod several_setup_workflows;
mod similar_job_names;
mod split_without_parallelism;
mod suggestion;
mod suppression;
mod too_many_rows;
mod unattached_workspace;
mod unclosed_tag;
mod undeclared_parameter;
mod undefined;
mod undefined_alias;
mod undefined_command;
mod undefined_executor;
mod undefined_job;
mod undefined_orb;
mod undefined_orb_element;
mod undefined_requirement;
mod unexpected_argument;
mod unknown_key;
mod unknown_machine_image;
mod unknown_pipeline_value;
mod unknown_resource_class;
mod unknown_tag;
mod unknown_xcode_version;
mod unpinned_orb;
mod unquoted_value;
mod unstored_test_results;
mod unsupported_version;
mod untagged_image;
mod unused;
mod unused_anchor;
mod unused_command;
mod unused_executor;
mod unused_ignore;
mod unused_job;
mod unused_job_group;
mod unused_orb;
mod unused_parameter;
mod usage;
mod workflows_version;
mod wrong_argument_type;
mod wrong_type;
mod wrong_value;
mod yaml_fault;
mod yaml_indentation;
mod yaml_limit;
mod yaml_syntax;
mod yaml_version;

pub use ignore_fix::ignore_fix;
pub use suppression::{Ignored, Suppression};

pub use reach::{Reach, reach};

use crate::compile::Compiled;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::flow::Flow;
use crate::graph::Graph;
use crate::orb::Library;
use crate::sort;
use crate::text::Sources;
use crate::yaml::{self, Document};

/// What a check may look at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub sources: &'a Sources,
    pub document: &'a Document,
    pub yaml_faults: &'a [yaml::Fault],
    pub config: &'a Config,
    pub library: &'a Library,
    pub compiled: &'a Compiled,
    pub graphs: &'a [Graph],
    pub flows: &'a [Flow],
    /// Of `config` and `library`: [`reach()`].
    pub reach: &'a Reach<'a>,
    pub suppression: &'a Suppression,
}

/// A check and all there is to say about it.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Reads well after "ignore": `undefined-job`.
    pub id: &'static str,
    /// How bad its findings mostly are; a finding may be milder.
    pub severity: Severity,
    /// The version of Dryrun that first had it.
    pub since: &'static str,
    /// Whether it looks at a text that is not YAML; the others have nothing to look at there.
    pub on_broken_yaml: bool,
    /// What it does, why it matters, how to fix it: Markdown.
    pub docs: &'static str,
    pub run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

impl Check {
    /// The published text as Markdown, with its first section's heading first.
    #[must_use]
    pub fn text(&self) -> String {
        self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n").collect()
    }

    /// The first sentence of what it does.
    #[must_use]
    pub fn summary(&self) -> String {
        let text = self.text();
        let paragraph = text.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
        match paragraph.find(". ") {
            Some(end) => paragraph[..=end].to_owned(),
            None => paragraph,
        }
    }
}

/// Declares a check; its doc comment becomes [`Check::docs`].
macro_rules! declare_check {
    ($(#[doc = $line:literal])+ $name:ident = $id:literal, $severity:ident, since $since:literal
        $(, on_broken_yaml $broken:literal)?; $run:path) => {
        $(#[doc = $line])+
        pub(super) const $name: $crate::check::Check = $crate::check::Check {
            id: $id,
            severity: $crate::diagnostic::Severity::$severity,
            since: $since,
            on_broken_yaml: false $(|| $broken)?,
            docs: concat!($($line, "\n"),+),
            run: $run,
        };
    };
}
use declare_check;

/// One list, and tables of it: [`ALL`], with the published texts, and [`RUNNING`] and [`RUNNING_ERRORS`], without
/// them.
macro_rules! checks {
    ($($check:path),+ $(,)?) => {
        /// Every check, in the order of their ids.
        pub const ALL: &[Check] = &[$($check),+];
        const RUNNING: &[Running] = &[$(Running {
            id: $check.id,
            on_broken_yaml: $check.on_broken_yaml,
            run: $check.run,
        }),+];
        const RUNNING_ERRORS: &[Running] = &[$(Running {
            id: $check.id,
            on_broken_yaml: $check.on_broken_yaml,
            run: match $check.severity {
                Severity::Error => $check.run,
                _ => find_nothing,
            },
        }),+];
        const IDS: &[&str] = &[$($check.id),+];
    };
}

/// In the place of a check that is left out.
fn find_nothing(_: &Context<'_>, _: &mut Vec<Diagnostic>) {}

/// What an analysis needs of a check. The engine in the browser links this and none of the published texts,
/// which are pages of their own there.
struct Running {
    id: &'static str,
    on_broken_yaml: bool,
    run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

checks![
    all_statuses::ALL_STATUSES,
    always_true_condition::ALWAYS_TRUE_CONDITION,
    attach_before_checkout::ATTACH_BEFORE_CHECKOUT,
    cache_as_workspace::CACHE_AS_WORKSPACE,
    cache_never_restored::CACHE_NEVER_RESTORED,
    cache_never_saved::CACHE_NEVER_SAVED,
    changing_cache_key::CHANGING_CACHE_KEY,
    compile_limit::COMPILE_LIMIT,
    complex_key::COMPLEX_KEY,
    config_limit::CONFIG_LIMIT,
    conflicting_keys::CONFLICTING_KEYS,
    conflicting_layers::CONFLICTING_LAYERS,
    constant_cache_key::CONSTANT_CACHE_KEY,
    default_job_type::DEFAULT_JOB_TYPE,
    dependencies_in_workspace::DEPENDENCIES_IN_WORKSPACE,
    deploy_step::DEPLOY_STEP,
    deprecated_image::DEPRECATED_IMAGE,
    duplicate_invocation_name::DUPLICATE_INVOCATION_NAME,
    duplicate_key::DUPLICATE_KEY,
    empty_argument::EMPTY_ARGUMENT,
    empty_matrix::EMPTY_MATRIX,
    empty_section::EMPTY_SECTION,
    forbidden_attach::FORBIDDEN_ATTACH,
    hard_coded_secret::HARD_CODED_SECRET,
    ignored_steps::IGNORED_STEPS,
    impossible_filter::IMPOSSIBLE_FILTER,
    invalid_cache_key::INVALID_CACHE_KEY,
    invalid_character::INVALID_CHARACTER,
    invalid_condition::INVALID_CONDITION,
    invalid_cron::INVALID_CRON,
    invalid_expression::INVALID_EXPRESSION,
    invalid_ignore::INVALID_IGNORE,
    invalid_image_digest::INVALID_IMAGE_DIGEST,
    invalid_name::INVALID_NAME,
    invalid_orb_reference::INVALID_ORB_REFERENCE,
    invalid_pattern::INVALID_PATTERN,
    job_group_rule::JOB_GROUP_RULE,
    late_restore::LATE_RESTORE,
    literal_variable::LITERAL_VARIABLE,
    long_retention::LONG_RETENTION,
    machine_without_image::MACHINE_WITHOUT_IMAGE,
    merge_value::MERGE_VALUE,
    mismatched_machine_image::MISMATCHED_MACHINE_IMAGE,
    misplaced_cache::MISPLACED_CACHE,
    missing_argument::MISSING_ARGUMENT,
    missing_cache_fallback::MISSING_CACHE_FALLBACK,
    missing_key::MISSING_KEY,
    missing_tag_filter::MISSING_TAG_FILTER,
    misspelled_key::MISSPELLED_KEY,
    narrow_pattern::NARROW_PATTERN,
    nothing_to_attach::NOTHING_TO_ATTACH,
    nothing_to_run::NOTHING_TO_RUN,
    only_with_ignore::ONLY_WITH_IGNORE,
    orb_under_test::ORB_UNDER_TEST,
    outdated_version::OUTDATED_VERSION,
    path_outside_root::PATH_OUTSIDE_ROOT,
    piped_script::PIPED_SCRIPT,
    recursive_alias::RECURSIVE_ALIAS,
    recursive_command::RECURSIVE_COMMAND,
    remote_docker_executor::REMOTE_DOCKER_EXECUTOR,
    requires_cycle::REQUIRES_CYCLE,
    runner_image::RUNNER_IMAGE,
    several_documents::SEVERAL_DOCUMENTS,
    several_setup_workflows::SEVERAL_SETUP_WORKFLOWS,
    similar_job_names::SIMILAR_JOB_NAMES,
    split_without_parallelism::SPLIT_WITHOUT_PARALLELISM,
    too_many_rows::TOO_MANY_ROWS,
    unattached_workspace::UNATTACHED_WORKSPACE,
    unclosed_tag::UNCLOSED_TAG,
    undeclared_parameter::UNDECLARED_PARAMETER,
    undefined_alias::UNDEFINED_ALIAS,
    undefined_command::UNDEFINED_COMMAND,
    undefined_executor::UNDEFINED_EXECUTOR,
    undefined_job::UNDEFINED_JOB,
    undefined_orb::UNDEFINED_ORB,
    undefined_orb_element::UNDEFINED_ORB_ELEMENT,
    undefined_requirement::UNDEFINED_REQUIREMENT,
    unexpected_argument::UNEXPECTED_ARGUMENT,
    unknown_key::UNKNOWN_KEY,
    unknown_machine_image::UNKNOWN_MACHINE_IMAGE,
    unknown_pipeline_value::UNKNOWN_PIPELINE_VALUE,
    unknown_resource_class::UNKNOWN_RESOURCE_CLASS,
    unknown_tag::UNKNOWN_TAG,
    unknown_xcode_version::UNKNOWN_XCODE_VERSION,
    unpinned_orb::UNPINNED_ORB,
    unquoted_value::UNQUOTED_VALUE,
    unstored_test_results::UNSTORED_TEST_RESULTS,
    unsupported_version::UNSUPPORTED_VERSION,
    untagged_image::UNTAGGED_IMAGE,
    unused_anchor::UNUSED_ANCHOR,
    unused_command::UNUSED_COMMAND,
    unused_executor::UNUSED_EXECUTOR,
    unused_ignore::UNUSED_IGNORE,
    unused_job::UNUSED_JOB,
    unused_job_group::UNUSED_JOB_GROUP,
    unused_orb::UNUSED_ORB,
    unused_parameter::UNUSED_PARAMETER,
    workflows_version::WORKFLOWS_VERSION,
    wrong_argument_type::WRONG_ARGUMENT_TYPE,
    wrong_type::WRONG_TYPE,
    wrong_value::WRONG_VALUE,
    yaml_indentation::YAML_INDENTATION,
    yaml_limit::YAML_LIMIT,
    yaml_syntax::YAML_SYNTAX,
    yaml_version::YAML_VERSION,
];

/// The ids of all checks, in order.
pub fn ids() -> impl Iterator<Item = &'static str> {
    IDS.iter().copied()
}

/// The check called `id`.
#[must_use]
pub fn named(id: &str) -> Option<&'static Check> {
    ALL.iter().find(|check| check.id == id)
}

/// What the checks of a config find.
#[derive(Debug, Default)]
pub struct Findings {
    /// Errors first, then by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What comments ask to ignore, in the same order.
    pub ignored: Vec<Ignored>,
}

/// Checks write the fixes of several lines with `\n`; the text they go into may end its lines otherwise.
fn keep_line_ends(sources: &Sources, found: &mut [Diagnostic]) {
    let fixes =
        found.iter_mut().flat_map(|diagnostic| diagnostic.fix.iter_mut().chain(&mut diagnostic.alternatives));
    for edit in fixes.flat_map(|fix| &mut fix.edits) {
        let line_end = sources.get(edit.span.source).line_end();
        if line_end != "\n" && edit.text.contains('\n') {
            edit.text = edit.text.replace(line_end, "\n").replace('\n', line_end);
        }
    }
}

/// Runs every check.
#[must_use]
pub fn run(context: &Context<'_>) -> Findings {
    run_these(RUNNING, context)
}

/// Runs the checks whose findings are errors. Who calls this one only does not link the others.
#[must_use]
pub fn run_errors(context: &Context<'_>) -> Findings {
    run_these(RUNNING_ERRORS, context)
}

fn run_these(checks: &'static [Running], context: &Context<'_>) -> Findings {
    let broken = context.document.stopped_at.is_some();
    let (last, others): (Vec<&Running>, Vec<&Running>) =
        checks.iter().partition(|check| check.id == unused_ignore::UNUSED_IGNORE.id);
    let mut found = Vec::new();
    // The last one looks at what the others have found.
    for check in others.into_iter().filter(|check| check.on_broken_yaml || !broken).chain(last) {
        (check.run)(context, &mut found);
    }
    consequence::drop(context, &mut found);
    sort::by(&mut found, |one, other| {
        let key = |diagnostic: &Diagnostic| (diagnostic.severity, diagnostic.span, diagnostic.check);
        key(one).cmp(&key(other))
    });
    found.dedup();
    keep_line_ends(context.sources, &mut found);
    let (diagnostics, ignored) = context.suppression.split(context.sources, found);
    Findings { diagnostics, ignored }
}
