use super::catalogue::Catalogue;
use super::{OrbReference, OrbVersion};
use crate::config::{Fault, OrbSource, is_template, read_orb};
use crate::text::{Source, SourceId, Sources, Span, Spanned};
use crate::yaml::{self, Document};

/// A config may import this many orbs by the catalogue's signatures; more than that stay opaque.
const MAX_LISTINGS: usize = 100;

/// The orb files that were given, and what the catalogue says of the other orbs that a config imports.
#[derive(Debug, Default)]
pub struct Library {
    orbs: Vec<LibraryOrb>,
    listings: Vec<Listing>,
}

/// One orb file.
#[derive(Debug)]
pub struct LibraryOrb {
    /// The reference it was given for.
    pub reference: String,
    pub source: SourceId,
    pub document: Document,
    pub elements: OrbSource,
    /// Of its YAML.
    pub yaml_faults: Vec<yaml::Fault>,
    /// Against the schema.
    pub faults: Vec<Fault>,
}

/// An import of an orb of which only the signatures are at hand: the catalogue's.
#[derive(Debug)]
pub struct Listing {
    /// The reference, as the config has it. Everything in `elements` stands here, and nothing else does.
    pub asked: Spanned<String>,
    /// The release that the signatures were read from: `namespace/name@1.2.3`.
    pub release: String,
    /// Whether the config gets that release, as far as anybody can say offline.
    pub certain: bool,
    /// Names and parameters; nothing has steps or keys.
    pub elements: OrbSource,
}

impl Library {
    /// Reads every orb file among `sources`, and looks up in the catalogue what else is imported by `own`,
    /// the config's elements.
    #[must_use]
    pub fn read(sources: &Sources, own: &OrbSource) -> Self {
        let mut library = Self::of_files(sources);
        library.list(own);
        library
    }

    /// Reads every orb file among `sources`.
    #[must_use]
    pub fn of_files(sources: &Sources) -> Self {
        let read = |(reference, source): (&str, &Source)| {
            let (document, yaml_faults) = yaml::parse(source);
            let (elements, faults) = read_orb(&document);
            LibraryOrb {
                reference: reference.to_owned(),
                source: source.id,
                document,
                elements,
                yaml_faults,
                faults,
            }
        };
        Self { orbs: sources.orbs().map(read).collect(), listings: Vec::new() }
    }

    /// Looks up the imports of `elements` and of their inline orbs. What an orb file imports was settled when
    /// it was published, so it is left alone.
    fn list(&mut self, elements: &OrbSource) {
        for import in &elements.orbs {
            if let Some(inline) = &import.inline {
                self.list(inline);
            }
            let Some(asked) = import.reference.as_ref().filter(|_| !is_template(&import.node)) else {
                continue;
            };
            if self.listings.len() == MAX_LISTINGS || self.find(asked).is_some() {
                continue;
            }
            let Some(reference) = OrbReference::parse(asked) else { continue };
            if let Some(release) = Catalogue::built_in().find(&reference) {
                self.listings.push(Listing {
                    asked: asked.clone(),
                    release: release.reference.to_string(),
                    certain: release.is_meant_by(&reference),
                    elements: release.elements(asked.span),
                });
            }
        }
    }

    /// The import at `place`, where only signatures are at hand.
    #[must_use]
    pub fn listing(&self, place: Span) -> Option<&Listing> {
        self.listings.iter().find(|listing| listing.asked.span == place)
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
