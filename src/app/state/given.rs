//! What the text is looked at with: what was pushed, parameters, orbs, a continuation.

use super::{Effect, State};
use crate::report::{OrbReport, OrbState, PipelineParameter};
use crate::worker::{Given, NamedText, OrbFile, Pushed};
use std::rc::Rc;

/// How [`State::given`] can change.
#[derive(Clone, Debug, PartialEq)]
pub enum GivenChange {
    Pushed(Pushed),
    /// Nothing for a push.
    TriggerSource(Option<String>),
    Schedule(Option<String>),
    /// Nothing for the default. `continued` means a parameter of the continuation.
    Parameter {
        continued: bool,
        name: String,
        value: Option<String>,
    },
    /// All as it is without the form.
    Reset,
    /// A file for an orb; one that was there for the same reference goes.
    Orb(OrbFile),
    OrbRemoved(String),
    /// The file that was given for the first reference is now for the second.
    OrbMoved {
        from: String,
        to: String,
    },
    Continuation(NamedText),
    ContinuationRemoved,
}

impl State {
    pub(super) fn given_changed(&mut self, change: GivenChange) -> Vec<Effect> {
        let mut given = Given::clone(&self.given);
        match change {
            GivenChange::Pushed(pushed) => given.pushed = pushed,
            GivenChange::TriggerSource(source) => given.trigger_source = source,
            GivenChange::Schedule(name) => given.schedule = name,
            GivenChange::Parameter { continued, name, value } => {
                let all = if continued { &mut given.continuation_parameters } else { &mut given.parameters };
                set(all, name, value);
            }
            GivenChange::Reset => {
                given.pushed = Pushed::default();
                (given.trigger_source, given.schedule) = (None, None);
                given.parameters.clear();
                given.continuation_parameters.clear();
            }
            GivenChange::Orb(file) => {
                given.orbs.retain(|orb| orb.reference != file.reference);
                given.orbs.push(file);
            }
            GivenChange::OrbRemoved(reference) => given.orbs.retain(|orb| orb.reference != reference),
            GivenChange::OrbMoved { from, to } => {
                given.orbs.retain(|orb| orb.reference != to);
                for orb in given.orbs.iter_mut().filter(|orb| orb.reference == from) {
                    orb.reference.clone_from(&to);
                }
            }
            GivenChange::Continuation(mut file) => {
                // Places are told apart by the names of their files.
                if file.name == self.file {
                    file.name.push_str(" (continuation)");
                }
                given.continuation = Some(file);
            }
            GivenChange::ContinuationRemoved => given.continuation = None,
        }
        if given == *self.given {
            return Vec::new();
        }
        self.given = Rc::new(given);
        self.rev = self.rev.wrapping_add(1);
        let mut effects = vec![Effect::Publish];
        effects.extend(self.keep(Effect::KeepGiven));
        effects.extend(self.ask());
        effects
    }

    /// What was given for a parameter; nothing while it has its default.
    #[must_use]
    pub fn given_value(&self, continued: bool, name: &str) -> Option<&str> {
        let all = if continued { &self.given.continuation_parameters } else { &self.given.parameters };
        all.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The pipeline parameters that the newest text declares, or its continuation.
    #[must_use]
    pub fn declared(&self, continued: bool) -> &[PipelineParameter] {
        let report = self.report.as_ref().map(|(_, report)| &**report);
        let report = if continued { report.and_then(|own| own.continuation.as_deref()) } else { report };
        report.map_or(&[], |report| &report.parameters)
    }

    /// The text is a setup config, and what it goes on with was not given.
    #[must_use]
    pub fn lacks_continuation(&self) -> bool {
        self.report.as_ref().is_some_and(|(_, report)| report.setup) && self.given.continuation.is_none()
    }

    /// The orbs of registries that the text imports, and its continuation: each reference once.
    #[must_use]
    pub fn imported_orbs(&self) -> Vec<OrbReport> {
        let Some((_, report)) = &self.report else { return Vec::new() };
        let continued = report.continuation.iter().flat_map(|continued| &continued.orbs);
        let mut found: Vec<OrbReport> = Vec::new();
        for orb in report.orbs.iter().chain(continued).filter(|orb| !orb.reference.is_empty()) {
            if !found.iter().any(|other| other.reference == orb.reference) {
                found.push(orb.clone());
            }
        }
        found
    }

    /// The file that the engine took for the orb.
    #[must_use]
    pub fn file_of(&self, orb: &OrbReport) -> Option<&OrbFile> {
        let exact = self.given.orbs.iter().find(|file| file.reference == orb.reference);
        // By a version that satisfies the one asked for: the engine knows which do.
        exact.or_else(|| (orb.state == OrbState::Given).then(|| self.file_of_other_version(orb))?)
    }

    /// A file for the same orb, given for another version.
    #[must_use]
    pub fn file_of_other_version(&self, orb: &OrbReport) -> Option<&OrbFile> {
        let name = |reference: &str| reference.split('@').next().unwrap_or_default().to_owned();
        let asked = name(&orb.reference);
        self.given.orbs.iter().find(|file| file.reference != orb.reference && name(&file.reference) == asked)
    }

    /// Something is not as it is without the form.
    #[must_use]
    pub fn is_pipeline_changed(&self) -> bool {
        let has_other = |continued: bool| {
            let is_other = |parameter: &PipelineParameter| {
                self.given_value(continued, &parameter.name).is_some_and(|value| value != parameter.default)
            };
            self.declared(continued).iter().any(is_other)
        };
        let given = &self.given;
        let is_push = given.trigger_source.is_none() && given.schedule.is_none();
        !is_push || given.pushed != Pushed::default() || has_other(false) || has_other(true)
    }
}

fn set(all: &mut Vec<(String, String)>, name: String, value: Option<String>) {
    let at = all.iter().position(|(given, _)| *given == name);
    match (at, value) {
        (Some(at), Some(value)) => all[at].1 = value,
        (Some(at), None) => {
            all.remove(at);
        }
        (None, Some(value)) => all.push((name, value)),
        (None, None) => {}
    }
}
