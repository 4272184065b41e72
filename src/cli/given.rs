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
}

#[derive(Debug)]
struct OrbFile {
    reference: String,
    name: String,
    text: String,
}

impl Given {
    /// Reads the orb files; one that cannot be read spoils the whole call.
    pub(super) fn read(arguments: &arguments::Given) -> Result<Self, Problem> {
        let orb = |(reference, path): &(String, String)| {
            let text = files::read(Path::new(path))?;
            Ok(OrbFile { reference: reference.clone(), name: path.clone(), text })
        };
        Ok(Self {
            inputs: Inputs {
                parameters: arguments.parameters.clone(),
                values: arguments.values.clone(),
                ..Inputs::default()
            },
            orbs: arguments.orbs.iter().map(orb).collect::<Result<_, _>>()?,
        })
    }

    /// The texts to look at for the config `text`, which findings call `name`.
    pub(super) fn sources(&self, name: &str, text: String) -> Sources {
        self.orbs.iter().fold(Sources::new(name, text), |sources, orb| {
            sources.with_orb(orb.reference.as_str(), orb.name.as_str(), orb.text.as_str())
        })
    }
}
