use super::arguments;
use super::{Problem, files};
use crate::analysis::Inputs;
use crate::text::Sources;
use std::path::Path;

/// What the configs of a call are compiled with.
#[derive(Debug)]
pub(super) struct Given {
    pub inputs: Inputs,
    orbs: Vec<OrbFile>,
    continuation: Option<TextFile>,
}

#[derive(Debug)]
struct TextFile {
    name: String,
    text: String,
}

#[derive(Debug)]
struct OrbFile {
    reference: String,
    name: String,
    text: String,
}

impl Given {
    /// Reads the orb files and the continuation; one that cannot be read spoils the whole call.
    pub(super) fn read(arguments: &arguments::Given) -> Result<Self, Problem> {
        let orb = |(reference, path): &(String, String)| {
            let text = files::read(Path::new(path))?;
            Ok(OrbFile { reference: reference.clone(), name: path.clone(), text })
        };
        Ok(Self {
            inputs: Inputs {
                parameters: arguments.parameters.clone(),
                values: arguments.values.clone(),
                continuation_parameters: arguments.continuation_parameters.clone(),
                ..Inputs::default()
            },
            continuation: match &arguments.continuation {
                Some(path) => Some(TextFile { name: path.display().to_string(), text: files::read(path)? }),
                None => None,
            },
            orbs: arguments.orbs.iter().map(orb).collect::<Result<_, _>>()?,
        })
    }

    /// The texts to look at for the config `text`, which findings call `name`.
    pub(super) fn sources(&self, name: &str, text: String) -> Sources {
        let mut sources = Sources::new(name, text);
        if let Some(file) = &self.continuation {
            sources = sources.with_continuation(file.name.as_str(), file.text.as_str());
        }
        self.orbs.iter().fold(sources, |sources, orb| {
            sources.with_orb(orb.reference.as_str(), orb.name.as_str(), orb.text.as_str())
        })
    }
}
