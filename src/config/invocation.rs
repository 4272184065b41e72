use super::filter::Filters;
use super::read::{name_of, text_of};
use super::status::Status;
use super::step::{Condition, Steps, read_steps};
use super::table::{Named, Table};
use crate::text::{Span, Spanned};
use crate::yaml::{Kind, Node, Resolved};

/// The workflows of a config.
#[derive(Clone, Debug)]
pub struct Workflows {
    /// The key `workflows`.
    pub key: Span,
    pub node: Node,
    /// `version` under `workflows`: no workflow.
    pub version: Option<Node>,
    pub all: Vec<Workflow>,
}

/// One workflow.
#[derive(Clone, Debug)]
pub struct Workflow {
    pub name: Spanned<String>,
    pub node: Node,
    /// `when` or `unless`.
    pub condition: Option<Condition>,
    /// Entries of `triggers`; a workflow with any does not run on pushes.
    pub triggers: Vec<Node>,
    /// The schedules among them.
    pub schedules: Vec<Schedule>,
    /// How often it is rerun from where it failed, 0 where nothing is written.
    pub max_auto_reruns: u32,
    pub jobs: Vec<Invocation>,
}

/// `schedule`, an entry of a workflow's `triggers`.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The key `schedule`.
    pub key: Span,
    pub cron: Option<Spanned<String>>,
    pub filters: Option<Filters>,
}

/// A named set of jobs that workflows invoke together.
#[derive(Clone, Debug)]
pub struct JobGroup {
    pub name: Spanned<String>,
    pub node: Node,
    pub jobs: Vec<Invocation>,
}

/// An entry in the job list of a workflow or a job group.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// The job, group or (for an approval) the name of the entry.
    pub job: Spanned<String>,
    /// The whole item of the list.
    pub node: Node,
    /// The mapping under the job's name.
    pub options: Option<Node>,
    /// `name`.
    pub name: Option<Spanned<String>>,
    /// `type`.
    pub kind: Option<Spanned<String>>,
    pub requires: Vec<Requirement>,
    pub contexts: Vec<Spanned<String>>,
    /// As written: a mapping, which [`Filters::read`] reads, or an expression.
    pub filters: Option<Node>,
    pub matrix: Option<Matrix>,
    pub pre_steps: Option<Steps>,
    pub post_steps: Option<Steps>,
    pub serial_group: Option<Spanned<String>>,
    pub override_with: Option<Spanned<String>>,
    /// Every other key.
    pub arguments: Vec<Argument>,
}

/// An item of `requires`.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// The name it asks for.
    pub name: Spanned<String>,
    /// As written; none means success.
    pub statuses: Vec<Spanned<Status>>,
}

/// `matrix`.
#[derive(Clone, Debug)]
pub struct Matrix {
    /// The key `matrix`.
    pub key: Span,
    pub node: Node,
    /// In the order of the source: a parameter and its values, a list or a `<< >>`.
    pub parameters: Vec<Argument>,
    /// Rows to leave out, each a list of parameter and value.
    pub exclude: Vec<Node>,
    /// The name under which `requires` finds all rows; the job's name where none is written.
    pub alias: Option<Spanned<String>>,
}

/// A value that is given for a parameter.
#[derive(Clone, Debug)]
pub struct Argument {
    pub name: Spanned<String>,
    pub value: Node,
}

impl Named for JobGroup {
    fn name(&self) -> &Spanned<String> {
        &self.name
    }
}

impl Argument {
    /// The entries of `node` that are not among `known`.
    pub fn read_all(node: &Node, known: &[&str]) -> Vec<Self> {
        let fields = node.fields().into_iter();
        fields
            .filter_map(|field| Some(Self { name: name_of(&field.key)?, value: field.value }))
            .filter(|argument| !known.contains(&argument.name.as_str()))
            .collect()
    }
}

/// The keys of an entry that are not arguments.
const OPTIONS: &[&str] = &[
    "requires",
    "name",
    "context",
    "filters",
    "type",
    "matrix",
    "pre-steps",
    "post-steps",
    "serial-group",
    "override-with",
];

/// An option that only CircleCI's compiler writes.
const UPSTREAM: &str = "upstream";

pub(super) fn read_workflows(root: &Node) -> Option<Workflows> {
    let field = root.field("workflows")?;
    let mut all = Vec::new();
    let mut version = None;
    for workflow in field.value.fields() {
        let Some(name) = name_of(&workflow.key) else { continue };
        if name.as_str() == "version" {
            version = Some(workflow.value);
            continue;
        }
        let node = workflow.value;
        let triggers = node.get("triggers").map(|list| list.items().to_vec()).unwrap_or_default();
        all.push(Workflow {
            name,
            condition: read_condition(&node),
            schedules: triggers.iter().filter_map(read_schedule).collect(),
            triggers,
            max_auto_reruns: read_reruns(&node),
            jobs: read_invocations(&node),
            node,
        });
    }
    Some(Workflows { key: field.key.span(), node: field.value, version, all })
}

pub(super) fn read_job_groups(root: &Node) -> Table<JobGroup> {
    let Some(table) = root.get("job-groups") else { return Table::default() };
    let fields = table.fields().into_iter();
    fields
        .filter_map(|field| {
            let name = name_of(&field.key)?;
            Some(JobGroup { name, jobs: read_invocations(&field.value), node: field.value })
        })
        .collect()
}

fn read_schedule(trigger: &Node) -> Option<Schedule> {
    let field = trigger.field("schedule")?;
    Some(Schedule {
        key: field.key.span(),
        cron: field.value.get("cron").as_ref().and_then(text_of),
        filters: field.value.get("filters").as_ref().and_then(Filters::read),
    })
}

fn read_reruns(workflow: &Node) -> u32 {
    match workflow.get("max_auto_reruns").as_ref().and_then(Node::meaning) {
        Some(Resolved::Int(count)) => u32::try_from(count).unwrap_or_default(),
        _ => 0,
    }
}

fn read_condition(workflow: &Node) -> Option<Condition> {
    let field = workflow.field("when").or_else(|| workflow.field("unless"))?;
    Some(Condition {
        negated: field.key.text() == Some("unless"),
        key: field.key.span(),
        value: Some(field.value),
    })
}

fn read_invocations(owner: &Node) -> Vec<Invocation> {
    let Some(list) = owner.get("jobs") else { return Vec::new() };
    list.items().iter().filter_map(read_invocation).collect()
}

fn read_invocation(node: &Node) -> Option<Invocation> {
    let (job, options) = match node.resolved().kind() {
        Kind::Scalar(_) => (text_of(node)?, None),
        Kind::Mapping(mapping) => {
            // With a slip of indentation the options stand beside the name: the name comes first.
            let first = mapping.fields().into_iter().next()?;
            let options = first.value.as_mapping().is_some().then_some(first.value);
            (name_of(&first.key)?, options)
        }
        _ => return None,
    };
    let get = |key: &str| options.as_ref().and_then(|options| options.get(key));
    Some(Invocation {
        job,
        node: node.clone(),
        name: get("name").as_ref().and_then(text_of),
        kind: get("type").as_ref().and_then(text_of),
        requires: read_requires(options.as_ref()),
        contexts: get("context").map(|contexts| read_contexts(&contexts)).unwrap_or_default(),
        filters: get("filters"),
        matrix: options.as_ref().and_then(read_matrix),
        pre_steps: get("pre-steps").as_ref().map(read_steps),
        post_steps: get("post-steps").as_ref().map(read_steps),
        serial_group: get("serial-group").as_ref().and_then(text_of),
        override_with: get("override-with").as_ref().and_then(text_of),
        arguments: options.as_ref().map(read_arguments).unwrap_or_default(),
        options,
    })
}

/// Every option of an entry that is an argument of its job.
fn read_arguments(options: &Node) -> Vec<Argument> {
    let mut arguments = Argument::read_all(options, OPTIONS);
    // No parameter takes a mapping of this kind, so a job may call one of its parameters so.
    arguments.retain(|argument| argument.name.as_str() != UPSTREAM || argument.value.as_mapping().is_none());
    arguments
}

/// What an entry requires: in a compiled config `upstream` has it, with its statuses, and `requires` repeats the
/// names.
fn read_requires(options: Option<&Node>) -> Vec<Requirement> {
    let Some(options) = options else { return Vec::new() };
    let mut requirements = Vec::new();
    let upstream = options.get(UPSTREAM).filter(|upstream| upstream.as_mapping().is_some());
    if let Some(upstream) = &upstream {
        read_statuses(upstream, &mut requirements);
    } else if let Some(list) = options.get("requires") {
        for item in list.items() {
            if let Some(name) = text_of(item) {
                requirements.push(Requirement { name, statuses: Vec::new() });
            }
            read_statuses(item, &mut requirements);
        }
    }
    requirements
}

/// `name: status` or `name: [status, …]`, any number of times.
fn read_statuses(table: &Node, into: &mut Vec<Requirement>) {
    for field in table.fields() {
        let Some(name) = name_of(&field.key) else { continue };
        let status = |node: &Node| Some(Spanned::new(Status::named(node.text()?)?, node.span()));
        let many = field.value.items().iter().filter_map(status);
        let statuses = status(&field.value).into_iter().chain(many).collect();
        into.push(Requirement { name, statuses });
    }
}

/// The columns of a matrix. Where `parameters` is forgotten or misspelled, that is the one fault: they stand in the
/// matrix itself, or under the other key.
fn read_columns(matrix: &Node) -> Vec<Argument> {
    if let Some(table) = matrix.get("parameters") {
        return Argument::read_all(&table, &[]);
    }
    let beside = Argument::read_all(matrix, &["exclude", "alias"]).into_iter();
    let columns = |argument: Argument| match argument.value.as_mapping() {
        Some(_) => Argument::read_all(&argument.value, &[]),
        None => vec![argument],
    };
    beside.flat_map(columns).collect()
}

fn read_contexts(node: &Node) -> Vec<Spanned<String>> {
    text_of(node).into_iter().chain(node.items().iter().filter_map(text_of)).collect()
}

fn read_matrix(options: &Node) -> Option<Matrix> {
    let field = options.field("matrix")?;
    let node = field.value;
    Some(Matrix {
        key: field.key.span(),
        parameters: read_columns(&node),
        exclude: node.get("exclude").map(|list| list.items().to_vec()).unwrap_or_default(),
        alias: node.get("alias").as_ref().and_then(text_of),
        node,
    })
}
