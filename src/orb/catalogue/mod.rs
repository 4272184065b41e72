//! Signatures of well-known orbs: which commands, jobs and executors they have, and with which parameters.
//!
//! Comes in: `signatures.txt`, which is part of the program, and for `make catalogue` the files of orbs. Goes
//! out: the elements of an orb without their bodies, each with the place where a config imports the orb. Must
//! not know: what a config asks for, or how certain it is to get it.
//!
//! A line of the text is a release, an element of it, or a parameter of that element:
//!
//! ```text
//! acme/deploy@1.2.3
//!  command push
//!   target enum[staging|production] = staging
//!   version string
//!   after steps ?
//! ```
//!
//! Behind `=` stands the default as text, nothing for an empty one; `?` is a default that is not told; without
//! either an argument is required. There is one release of each major version, the last that is known; one
//! that stands for a branch without releases has less than three numbers.

mod update;

pub use update::{Update, licence_note, update};

use super::{OrbReference, OrbVersion};
use crate::config::{Command, Executor, Job, JobBody, JobType, OrbSource, Parameter, ParameterType};
use crate::text::{Span, Spanned};
use crate::yaml::{Kind, Mapping, Node, Scalar, ScalarStyle};
use std::sync::LazyLock;

/// The text of the catalogue that is part of the program.
pub const BUILT_IN: &str = include_str!("signatures.txt");

/// The releases of a catalogue, sorted by name and version.
#[derive(Debug)]
pub struct Catalogue<'t> {
    releases: Vec<Release<'t>>,
}

/// One release of an orb.
#[derive(Clone, Debug)]
pub struct Release<'t> {
    pub reference: OrbReference,
    /// Its lines.
    body: &'t str,
}

impl Catalogue<'static> {
    /// The catalogue that is part of the program.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static CATALOGUE: LazyLock<Catalogue<'static>> = LazyLock::new(|| Catalogue::read(BUILT_IN));
        &CATALOGUE
    }
}

impl<'t> Catalogue<'t> {
    /// Finds the releases in `text`. Nothing is unpacked yet.
    #[must_use]
    pub fn read(text: &'t str) -> Self {
        let mut starts: Vec<usize> = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if !line.starts_with([' ', '#', '\n']) {
                starts.push(at);
            }
            at += line.len();
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let release = |(start, end): (&usize, usize)| {
            let (reference, body) = text[*start..end].split_once('\n')?;
            Some(Release { reference: OrbReference::parse(reference)?, body })
        };
        Self { releases: starts.iter().zip(ends).filter_map(release).collect() }
    }

    /// The release of the major version that `asked` asks for; the newest for `volatile`.
    #[must_use]
    pub fn find(&self, asked: &OrbReference) -> Option<&Release<'t>> {
        let mut named = self.releases.iter().filter(|release| release.reference.name == asked.name);
        match &asked.version {
            OrbVersion::Numbers(numbers) => {
                named.find(|release| release.numbers().first() == numbers.first())
            }
            OrbVersion::Volatile => named.next_back(),
            OrbVersion::Development(_) => None,
        }
    }

    /// Whether any release of the orb `name` is there.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.releases.iter().any(|release| release.reference.name == name)
    }

    #[must_use]
    pub fn releases(&self) -> &[Release<'t>] {
        &self.releases
    }
}

impl Release<'_> {
    /// The numbers of its version.
    #[must_use]
    pub fn numbers(&self) -> &[u64] {
        match &self.reference.version {
            OrbVersion::Numbers(numbers) => numbers,
            OrbVersion::Volatile | OrbVersion::Development(_) => &[],
        }
    }

    /// Whether `asked` means this very release as far as anybody can say offline: it names it, or asks for
    /// the newest of its major version. Before 1.0.0 every release may break with the last.
    #[must_use]
    pub fn is_meant_by(&self, asked: &OrbReference) -> bool {
        let numbers = self.numbers();
        let stable = numbers.len() == 3 && numbers[0] > 0;
        stable
            && match &asked.version {
                OrbVersion::Volatile => true,
                OrbVersion::Numbers(asked) => asked.len() == 1 || asked == numbers,
                OrbVersion::Development(_) => false,
            }
    }

    /// The elements, without steps and keys. All of them stand at `place`, where the orb is imported.
    #[must_use]
    pub fn elements(&self, place: Span) -> OrbSource {
        let mut elements: Vec<(&str, &str, Vec<Parameter>)> = Vec::new();
        for line in self.body.lines() {
            if let Some(parameter) = line.strip_prefix("  ") {
                if let Some((_, _, parameters)) = elements.last_mut() {
                    parameters.extend(read_parameter(parameter, place));
                }
            } else if let Some((kind, name)) = line.trim_start().split_once(' ') {
                elements.push((kind, name, Vec::new()));
            }
        }
        let node = Node::new(Kind::Mapping(Mapping { entries: Vec::new(), flow: true }), place, None, None);
        let (mut commands, mut jobs, mut executors) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, name, parameters) in elements {
            let (name, node) = (Spanned::new(name.to_owned(), place), node.clone());
            let parameters = parameters.into_iter().collect();
            match kind {
                "command" => {
                    commands.push(Command { name, node, parameters, steps: None, reference: None });
                }
                "job" => {
                    let kind = JobType::Build;
                    let body =
                        JobBody::Keys { kind, kind_node: None, parameters, executor: None, steps: None };
                    jobs.push(Job { name, node, body });
                }
                _ => executors.push(Executor { name, node, parameters, reference: None }),
            }
        }
        OrbSource {
            commands: commands.into_iter().collect(),
            jobs: jobs.into_iter().collect(),
            executors: executors.into_iter().collect(),
            ..OrbSource::default()
        }
    }
}

/// Reads `name type[choices] = default`.
fn read_parameter(line: &str, place: Span) -> Option<Parameter> {
    let (name, rest) = line.split_once(' ')?;
    let (kind, rest) = rest.split_at(rest.find([' ', '[']).unwrap_or(rest.len()));
    let (choices, default) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((choices, default)) => {
            (choices.split('|').map(|choice| scalar(choice, true, place)).collect(), default)
        }
        None => (Vec::new(), rest),
    };
    let kind = ParameterType::named(kind)?;
    let quoted = !matches!(kind, ParameterType::Boolean | ParameterType::Integer);
    let default = match default.strip_prefix(" =") {
        Some(text) => Some(scalar(text.strip_prefix(' ').unwrap_or(text), quoted, place)),
        None => (!default.is_empty()).then(|| scalar("", false, place)),
    };
    Some(Parameter {
        name: Spanned::new(name.to_owned(), place),
        kind: Some(Spanned::new(kind, place)),
        default,
        description: None,
        choices,
        span: place,
    })
}

/// A text, or where it is not `quoted` whatever it means.
fn scalar(text: &str, quoted: bool, place: Span) -> Node {
    let style = if quoted { ScalarStyle::DoubleQuoted } else { ScalarStyle::Plain };
    Node::new(Kind::Scalar(Scalar { text: text.to_owned(), style }), place, None, None)
}
