//! The names that mean something at the caret.

use super::caret::{Caret, Way, is_mark};
use super::{Candidate, CandidateKind};
use crate::config::{Command, Config, Executor, Invocation, Job, OrbSource, Parameter};
use crate::orb::catalogue::Catalogue;
use crate::orb::{Element, Lookup, Scope};
use std::rc::Rc;

/// A config, and where in it the caret stands.
pub(super) struct Names<'a> {
    pub(super) config: &'a Config,
    /// Of the config, or of the inline orb in which the caret stands.
    pub(super) scope: Rc<Scope<'a>>,
    /// The way to the caret inside that scope.
    pub(super) way: &'a [Way],
}

/// A name that can be called, and what it is.
pub(super) struct Callable<'a> {
    pub(super) name: String,
    pub(super) kind: CandidateKind,
    pub(super) detail: String,
    pub(super) parameters: &'a [Parameter],
}

impl<'a> Names<'a> {
    pub(super) fn new(config: &'a Config, scope: Rc<Scope<'a>>, caret: &'a Caret) -> Self {
        let (mut scope, mut way) = (scope, caret.way.as_slice());
        while let [Way::Key(orbs), Way::Key(alias), rest @ ..] = way {
            let inner = scope.elements.orb(alias).filter(|import| import.inline.is_some() && orbs == "orbs");
            let Some(inner) = inner.and_then(|import| scope.enter(import)) else { break };
            (scope, way) = (inner, rest);
        }
        Self { config, scope, way }
    }

    pub(super) fn is_in_orb(&self) -> bool {
        !self.scope.is_config()
    }

    /// The parameters of the element called `name`; none for one that is not known.
    pub(super) fn parameters<T: Element + Parameters + 'a>(&self, name: &str) -> &'a [Parameter] {
        match self.scope.lookup::<T>(name) {
            Lookup::Found(element, _) => element.parameters(),
            _ => &[],
        }
    }

    pub(super) fn jobs(&self) -> Vec<Callable<'a>> {
        let mut all = self.callables(CandidateKind::Job, "job", |own| own.jobs.iter().map(called).collect());
        if self.scope.is_config() {
            let groups = self.config.job_groups.iter().filter(|group| !is_mark(&group.name));
            all.extend(groups.map(|group| Callable {
                name: group.name.value.clone(),
                kind: CandidateKind::Job,
                detail: "job group".to_owned(),
                parameters: &[],
            }));
        }
        all
    }

    pub(super) fn commands(&self) -> Vec<Callable<'a>> {
        self.callables(CandidateKind::Command, "command", |own| own.commands.iter().map(called).collect())
    }

    pub(super) fn executors(&self) -> Vec<Callable<'a>> {
        self.callables(CandidateKind::Executor, "executor", |own| own.executors.iter().map(called).collect())
    }

    /// The elements of the scope and of the orbs it imports.
    fn callables(
        &self,
        kind: CandidateKind,
        what: &str,
        of: impl Fn(&'a OrbSource) -> Vec<(&'a str, &'a [Parameter])>,
    ) -> Vec<Callable<'a>> {
        let mut all = Vec::new();
        let mut add = |prefix: &str, detail: &str, elements: &'a OrbSource| {
            for (name, parameters) in of(elements).into_iter().filter(|(name, _)| !is_mark(name)) {
                all.push(Callable {
                    name: format!("{prefix}{name}"),
                    kind,
                    detail: detail.to_owned(),
                    parameters,
                });
            }
        };
        add("", what, self.scope.elements);
        for import in &self.scope.elements.orbs {
            let Some(inner) = self.scope.enter(import) else { continue };
            let release = inner.listing.map(|listing| listing.release.as_str());
            let reference = import.reference.as_ref().map(|reference| reference.as_str());
            let detail = release.or(reference).unwrap_or("inline orb");
            add(&format!("{}/", import.alias.value), detail, inner.elements);
        }
        all
    }

    /// The names that `requires` can ask for: the other entries of the workflow or job group at the caret.
    pub(super) fn entries(&self) -> Vec<Candidate> {
        let [Way::Key(table), Way::Key(owner), Way::Key(_), Way::Item(own), ..] = self.way else {
            return Vec::new();
        };
        let workflows = self.config.workflows.as_ref().map(|workflows| workflows.all.as_slice());
        let jobs: &[Invocation] = match table.as_str() {
            "workflows" => {
                let workflow =
                    workflows.unwrap_or_default().iter().find(|workflow| *workflow.name.value == **owner);
                workflow.map(|workflow| workflow.jobs.as_slice()).unwrap_or_default()
            }
            _ => self.config.job_group(owner).map(|group| group.jobs.as_slice()).unwrap_or_default(),
        };
        let others = jobs.iter().enumerate().filter(|(at, _)| at != own).map(|(_, entry)| entry);
        let mut names = Vec::new();
        for entry in others {
            let alias = entry.matrix.as_ref().and_then(|matrix| matrix.alias.as_ref());
            let name =
                entry.name.as_ref().filter(|name| !name.contains("<<")).or(alias).unwrap_or(&entry.job);
            if !is_mark(name) {
                let detail = if name.value == entry.job.value { "job" } else { entry.job.as_str() };
                names.push(Candidate::new(CandidateKind::Job, name, detail));
            }
        }
        names
    }

    /// References to the orbs of the catalogue: the newest major version of each; every version of the one
    /// whose name stands in `word`.
    pub(super) fn orb_references(word: &str) -> Vec<Candidate> {
        let releases = Catalogue::built_in().releases();
        let name = word.split_once('@').map(|(name, _)| name);
        let mut all = Vec::new();
        for (at, release) in releases.iter().enumerate() {
            let orb = &release.reference.name;
            let newest = releases.get(at + 1).is_none_or(|next| next.reference.name != *orb);
            let Some(major) = release.numbers().first() else { continue };
            if name == Some(orb.as_str()) || (name.is_none() && newest) {
                let detail = format!("last known: {}", release.reference.version);
                all.push(Candidate::new(CandidateKind::Orb, &format!("{orb}@{major}"), detail));
            }
            if name == Some(orb.as_str()) && release.numbers().len() == 3 {
                all.push(Candidate::new(CandidateKind::Orb, &release.reference.to_string(), "release"));
            }
        }
        all
    }
}

/// What declares parameters.
pub(super) trait Parameters {
    fn parameters(&self) -> &[Parameter];
}

impl Parameters for Job {
    fn parameters(&self) -> &[Parameter] {
        self.parameters()
    }
}

impl Parameters for Command {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

impl Parameters for Executor {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

fn called<T: crate::config::Named + Parameters>(element: &T) -> (&str, &[Parameter]) {
    (&element.name().value, element.parameters())
}
