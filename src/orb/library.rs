use super::{OrbReference, OrbVersion};
use crate::config::{Fault, OrbSource, read_orb};
use crate::text::{Source, SourceId, Sources};
use crate::yaml;

/// The orb files that were given.
#[derive(Debug, Default)]
pub struct Library {
    orbs: Vec<LibraryOrb>,
}

/// One orb file.
#[derive(Debug)]
pub struct LibraryOrb {
    /// The reference it was given for.
    pub reference: String,
    pub source: SourceId,
    pub elements: OrbSource,
    /// Of its YAML.
    pub yaml_faults: Vec<yaml::Fault>,
    /// Against the schema.
    pub faults: Vec<Fault>,
}

impl Library {
    /// Reads every orb file among `sources`.
    #[must_use]
    pub fn read(sources: &Sources) -> Self {
        let read = |(reference, source): (&str, &Source)| {
            let (document, yaml_faults) = yaml::parse(source);
            let (elements, faults) = read_orb(&document);
            LibraryOrb { reference: reference.to_owned(), source: source.id, elements, yaml_faults, faults }
        };
        Self { orbs: sources.orbs().map(read).collect() }
    }

    /// The orb that `asked` names: the file given for just that reference, else the highest version that
    /// satisfies it.
    #[must_use]
    pub fn find(&self, asked: &str) -> Option<&LibraryOrb> {
        if let Some(orb) = self.orbs.iter().find(|orb| orb.reference == asked) {
            return Some(orb);
        }
        let asked = OrbReference::parse(asked)?;
        let fitting = self.orbs.iter().filter_map(|orb| {
            let given = OrbReference::parse(&orb.reference)?;
            given.satisfies(&asked).then_some((given, orb))
        });
        let newest = fitting.max_by(|(one, _), (other, _)| rank(one).cmp(rank(other)));
        newest.map(|(_, orb)| orb)
    }

    pub fn iter(&self) -> impl Iterator<Item = &LibraryOrb> {
        self.orbs.iter()
    }
}

/// Numbers to compare versions by; a version without numbers is the lowest.
fn rank(reference: &OrbReference) -> &[u64] {
    match &reference.version {
        OrbVersion::Numbers(numbers) => numbers,
        OrbVersion::Volatile | OrbVersion::Development(_) => &[],
    }
}
