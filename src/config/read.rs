use super::element::Names;
use super::fault::Fault;
use super::invocation::{JobGroup, Workflows, read_job_groups, read_workflows};
use super::job::{Command, Executor, Job, read_commands, read_executors, read_jobs};
use super::parameter::{Parameter, read_parameters};
use super::schema::{self, Shape};
use super::shape::{Spot, Walker};
use super::table::{Named, Table};
use crate::sort::Map;
use crate::text::{Span, Spanned};
use crate::yaml::{Document, Node, Resolved};

/// A whole config as written.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The top mapping; nothing for an empty text or another kind of node.
    pub root: Option<Node>,
    pub version: Option<Version>,
    /// `setup`.
    pub setup: Option<Node>,
    /// Pipeline parameters.
    pub parameters: Table<Parameter>,
    pub workflows: Option<Workflows>,
    pub job_groups: Table<JobGroup>,
    /// Jobs, commands, executors and orbs of the config's own scope.
    pub own: OrbSource,
    /// It is no config but the source of an orb: there is nothing to run, and all of it counts.
    pub is_orb: bool,
    /// Against the schema.
    pub faults: Vec<Fault>,
}

/// The value of `version`.
#[derive(Clone, Debug)]
pub struct Version {
    pub node: Node,
    /// As CircleCI reads it: `2`, `2.0`, `2.1`, quoted or not.
    pub text: String,
}

/// A scope with elements of its own: a config, an inline orb, or the source of an orb.
#[derive(Clone, Debug, Default)]
pub struct OrbSource {
    pub jobs: Table<Job>,
    pub commands: Table<Command>,
    pub executors: Table<Executor>,
    pub orbs: Table<OrbImport>,
}

/// An entry of `orbs`.
#[derive(Clone, Debug)]
pub struct OrbImport {
    /// The name before the slash.
    pub alias: Spanned<String>,
    pub node: Node,
    /// `namespace/name@version`, or a URL; nothing for an inline orb.
    pub reference: Option<Spanned<String>>,
    /// The elements of an inline orb. An empty one is the orb development kit's placeholder.
    pub inline: Option<Box<OrbSource>>,
    /// It is not written, but the kit puts it in: the orb that the config publishes.
    pub is_put_in: bool,
}

/// Reads a config. Whatever is unreadable is left out and among the faults.
#[must_use]
pub fn read(document: &Document) -> Config {
    let Some(root) = document.root.as_ref().filter(|root| root.as_mapping().is_some()) else {
        return Config { root: document.root.clone(), ..Config::default() };
    };
    let version = root.get("version").and_then(|node| {
        let text = node.text()?.to_owned();
        Some(Version { node, text })
    });
    let mut own = read_elements(root);
    let workflows = read_workflows(root);
    if let Some(import) = workflows.as_ref().and_then(|workflows| orb_to_publish(&own, workflows)) {
        own.orbs = own.orbs.iter().cloned().chain([import]).collect();
    }
    let mut walker = Walker {
        faults: Vec::new(),
        places: Map::new(),
        names: Names::of(&own),
        version_2_0: version.as_ref().is_some_and(Version::is_2_0),
        lent: Vec::new(),
    };
    let is_orb = is_orb(root);
    if is_orb {
        walker.check(root, &Shape::Record(&schema::ORB), &Spot::new("#", Span::default()));
    } else {
        check_config(&mut walker, root);
    }
    Config {
        is_orb,
        setup: root.get("setup"),
        parameters: read_parameters(root),
        workflows,
        job_groups: read_job_groups(root),
        faults: walker.faults,
        root: Some(root.clone()),
        version,
        own,
    }
}

/// Reads the source of an orb, and what its schema refuses.
#[must_use]
pub fn read_orb(document: &Document) -> (OrbSource, Vec<Fault>) {
    let Some(root) = &document.root else { return (OrbSource::default(), Vec::new()) };
    let own = read_elements(root);
    let mut walker = Walker {
        faults: Vec::new(),
        places: Map::new(),
        names: Names::of(&own),
        version_2_0: false,
        lent: Vec::new(),
    };
    walker.check(root, &Shape::Record(&schema::ORB), &Spot::new("#", Span::default()));
    (own, walker.faults)
}

impl Version {
    /// A version of which CircleCI takes configs.
    pub fn is_supported(&self) -> bool {
        matches!(self.text.as_str(), "2" | "2.0" | "2.1")
    }

    /// Version 2 or 2.0: no orbs, commands, executors and parameters.
    pub fn is_2_0(&self) -> bool {
        matches!(self.text.as_str(), "2" | "2.0")
    }
}

impl Named for OrbImport {
    fn name(&self) -> &Spanned<String> {
        &self.alias
    }
}

impl OrbSource {
    pub fn job(&self, name: &str) -> Option<&Job> {
        self.jobs.named(name)
    }

    pub fn command(&self, name: &str) -> Option<&Command> {
        self.commands.named(name)
    }

    pub fn executor(&self, name: &str) -> Option<&Executor> {
        self.executors.named(name)
    }

    pub fn orb(&self, alias: &str) -> Option<&OrbImport> {
        self.orbs.named(alias)
    }

    /// Whether there is nothing in it at all.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.commands.is_empty() && self.executors.is_empty() && self.orbs.is_empty()
    }
}

impl Config {
    /// Whether it says `setup: true`.
    pub fn is_setup(&self) -> bool {
        self.setup.as_ref().and_then(Node::meaning) == Some(Resolved::Bool(true))
    }

    pub fn job_group(&self, name: &str) -> Option<&JobGroup> {
        self.job_groups.named(name)
    }
}

fn read_elements(root: &Node) -> OrbSource {
    OrbSource {
        jobs: read_jobs(root),
        commands: read_commands(root),
        executors: read_executors(root),
        orbs: read_orbs(root),
    }
}

fn read_orbs(root: &Node) -> Table<OrbImport> {
    let Some(table) = root.get("orbs") else { return Table::default() };
    let fields = table.fields().into_iter();
    fields
        .filter_map(|field| {
            let node = field.value;
            let inline = node.as_mapping().map(|_| Box::new(read_elements(&node)));
            let (alias, reference) = (name_of(&field.key)?, text_of(&node));
            Some(OrbImport { alias, reference, inline, node, is_put_in: false })
        })
        .collect()
}

/// ```yaml
/// - orb-tools/publish:
///     orb_name: acme/slack    # `slack` is put in where `orbs` does not have it
/// ```
///
/// The orb development kit continues such a config with the orb's source under `orbs`.
fn orb_to_publish(own: &OrbSource, workflows: &Workflows) -> Option<OrbImport> {
    let of_the_kit = |job: &str| {
        let alias = job.strip_suffix("/publish");
        let reference = alias.and_then(|alias| own.orb(alias)?.reference.as_ref());
        reference.is_some_and(|reference| reference.value.starts_with("circleci/orb-tools@"))
    };
    let jobs = workflows.all.iter().flat_map(|workflow| &workflow.jobs);
    let publications = jobs.filter(|job| of_the_kit(&job.job.value));
    let mut names = publications.flat_map(|job| &job.arguments).filter(|argument| {
        matches!(argument.name.as_str(), "orb_name" | "orb-name") && !argument.value.is_null()
    });
    let node = names.next()?.value.clone();
    let name = node.text()?.rsplit('/').next()?.to_owned();
    let inline = Some(Box::default());
    let alias = Spanned::new(name, node.span());
    own.orb(&alias.value).is_none().then_some(OrbImport {
        alias,
        node,
        reference: None,
        inline,
        is_put_in: true,
    })
}

/// Whether the text is the source of an orb. `examples`, `display` and `description` stand at the top of orbs only;
/// jobs alone may as well be a config that lacks its workflows.
fn is_orb(root: &Node) -> bool {
    let there = |key: &str| root.field(key).is_some();
    let elements = ["commands", "executors"].into_iter().any(there);
    let of_configs = ["workflows", "job-groups", "parameters", "setup"].into_iter().any(there);
    !of_configs
        && (["examples", "display", "description"].into_iter().any(there) || elements && !there("jobs"))
}

/// Every part of a config against its shape. Unknown keys at the top are accepted by the compiler.
fn check_config(walker: &mut Walker, root: &Node) {
    for field in root.fields() {
        let key = field.key.text().unwrap_or_default();
        let spot = Spot::new(&format!("#/{key}"), field.key.span());
        if let Some(known) = schema::CONFIG.keys.iter().find(|known| known.name == key) {
            check_part(walker, key, &field.value, known.shape, &spot);
        }
    }
}

/// An inline orb has commands of its own, which shadow built-in steps inside it and nowhere else.
fn check_part(walker: &mut Walker, key: &str, node: &Node, shape: &Shape, spot: &Spot) {
    if key != "orbs" || node.as_mapping().is_none() {
        return walker.check(node, shape, spot);
    }
    let outer = std::mem::take(&mut walker.names);
    for field in node.fields() {
        walker.names = Names::of(&read_elements(&field.value));
        let alias = field.key.text().unwrap_or_default();
        let spot = Spot::new(&format!("#/orbs/{alias}"), field.key.span());
        let schema::Shape::Table { of, .. } = shape else { continue };
        walker.check(&field.value, of, &spot);
    }
    walker.names = outer;
}

/// The text and place of a scalar key; nothing for a key that is a collection.
pub(super) fn name_of(key: &Node) -> Option<Spanned<String>> {
    Some(Spanned::new(key.text()?.to_owned(), key.span()))
}

/// The text and place of a scalar value; nothing for a collection or null. Through an alias the place is
/// that of the alias.
pub(super) fn text_of(node: &Node) -> Option<Spanned<String>> {
    if node.is_null() {
        return None;
    }
    Some(Spanned::new(node.text()?.to_owned(), node.span()))
}
