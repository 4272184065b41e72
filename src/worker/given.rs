use crate::analysis::Inputs;
/// What was pushed to start the pipeline.
pub use crate::compile::Trigger as Pushed;
use crate::report::RunInputs;
use crate::text::Sources;
use serde::{Deserialize, Serialize};

/// What a config is looked at with, beside its own text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub pushed: Pushed,
    /// `pipeline.trigger_source`; nothing for `webhook`.
    pub trigger_source: Option<String>,
    /// The scheduled workflow that is due, or the name of the schedule that starts the pipeline.
    pub schedule: Option<String>,
    /// Pipeline parameters by name, as they were typed.
    pub parameters: Vec<(String, String)>,
    /// Parameters that a setup config passes on, by name.
    pub continuation_parameters: Vec<(String, String)>,
    pub orbs: Vec<OrbFile>,
    /// The config that a setup config continues with.
    pub continuation: Option<NamedText>,
}

/// The source of an orb.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrbFile {
    /// What it stands for: `namespace/name@version`. Places inside it are called by this, since two files
    /// may share a name.
    pub reference: String,
    /// The file it came from.
    pub name: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedText {
    pub name: String,
    pub text: String,
}

impl Given {
    /// All texts of an analysis of the config `text`.
    pub(super) fn sources(&self, name: String, text: String) -> Sources {
        let sources = Sources::new(name, text);
        let sources = match &self.continuation {
            Some(file) => sources.with_continuation(file.name.as_str(), file.text.as_str()),
            None => sources,
        };
        self.orbs.iter().fold(sources, |sources, orb| {
            sources.with_orb(orb.reference.as_str(), orb.reference.as_str(), orb.text.as_str())
        })
    }

    pub(super) fn inputs(&self) -> Inputs {
        let inputs = Inputs {
            trigger: self.pushed.clone(),
            parameters: self.parameters.clone(),
            continuation_parameters: self.continuation_parameters.clone(),
            ..Inputs::default()
        };
        self.started().compiled_with(inputs)
    }

    /// How the pipeline is started.
    fn started(&self) -> RunInputs {
        RunInputs {
            trigger_source: self.trigger_source.clone(),
            schedule: self.schedule.clone(),
            ..RunInputs::default()
        }
    }

    /// Takes what a row of a link says: its first word names what the others are. Whether there is such a row.
    pub fn take(&mut self, row: &[&str]) -> bool {
        match *row {
            ["branch", name] => self.pushed = Pushed::Branch(name.to_owned()),
            ["tag", name] => self.pushed = Pushed::Tag(name.to_owned()),
            ["trigger_source", name] => self.trigger_source = Some(name.to_owned()),
            ["schedule", name] => self.schedule = Some(name.to_owned()),
            ["parameters", name, value] => self.parameters.push((name.to_owned(), value.to_owned())),
            ["continuation_parameters", name, value] => {
                self.continuation_parameters.push((name.to_owned(), value.to_owned()));
            }
            ["orbs", reference, name, text] => self.orbs.push(OrbFile {
                reference: reference.to_owned(),
                name: name.to_owned(),
                text: text.to_owned(),
            }),
            ["continuation", name, text] => {
                self.continuation = Some(NamedText { name: name.to_owned(), text: text.to_owned() });
            }
            _ => return false,
        }
        true
    }

    /// Bytes of the files, for whoever has limited room.
    #[must_use]
    pub fn size(&self) -> usize {
        let orbs = self.orbs.iter().map(|orb| orb.text.len()).sum::<usize>();
        orbs + self.continuation.as_ref().map_or(0, |file| file.text.len())
    }
}
