use super::{Library, Listing};
use crate::config::{Command, Executor, Job, JobBody, OrbImport, OrbSource, is_template};
use crate::text::Spanned;
use std::rc::Rc;

/// Where names of elements are looked up: a config, or one of the orbs it imports.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    pub elements: &'a OrbSource,
    library: &'a Library,
    /// How the scope is reached from the config: the aliases from the outside in; empty for the config.
    pub path: Vec<&'a str>,
    /// Where only signatures are at hand: what they were read from. Nothing in this scope has a body.
    pub listing: Option<&'a Listing>,
}

/// What a name means.
#[derive(Clone, Debug)]
pub enum Lookup<'a, T> {
    /// The element, and the scope in which the names inside it are to be looked up. In a scope with a
    /// [`Scope::listing`] it has parameters and no body.
    Found(&'a T, Rc<Scope<'a>>),
    /// Something of an orb that is not at hand.
    Opaque(&'a OrbImport),
    /// No orb has that alias.
    NoSuchOrb,
    /// The orb is at hand and has no such element.
    NotInOrb(&'a OrbImport, Rc<Scope<'a>>),
    /// The scope itself has no such element.
    Undefined,
    /// Names that stand for each other in a circle.
    Circular,
}

/// A kind of thing that a scope has: command, job or executor.
pub trait Element: Sized {
    /// The element of `scope` called `name`.
    fn find<'a>(scope: &'a OrbSource, name: &str) -> Option<&'a Self>;
    /// The name that this element is another name for.
    fn reference(&self) -> Option<&Spanned<String>>;
}

impl Element for Command {
    fn find<'a>(scope: &'a OrbSource, name: &str) -> Option<&'a Self> {
        scope.command(name)
    }

    fn reference(&self) -> Option<&Spanned<String>> {
        self.reference.as_ref()
    }
}

impl Element for Executor {
    fn find<'a>(scope: &'a OrbSource, name: &str) -> Option<&'a Self> {
        scope.executor(name)
    }

    fn reference(&self) -> Option<&Spanned<String>> {
        self.reference.as_ref()
    }
}

impl Element for Job {
    fn find<'a>(scope: &'a OrbSource, name: &str) -> Option<&'a Self> {
        scope.job(name)
    }

    fn reference(&self) -> Option<&Spanned<String>> {
        match &self.body {
            JobBody::Reference(name) => Some(name),
            JobBody::Keys { .. } | JobBody::Unreadable => None,
        }
    }
}

/// Elements that stand for others are followed this many times.
const MAX_REFERENCES: usize = 16;

impl<'a> Scope<'a> {
    /// The scope of the config itself.
    #[must_use]
    pub fn config(elements: &'a OrbSource, library: &'a Library) -> Rc<Self> {
        Rc::new(Self { elements, library, path: Vec::new(), listing: None })
    }

    /// Looks up `name`: an element of this scope, or `alias/element` of an orb it imports. Elements that are
    /// only another name for an orb's element are followed.
    #[must_use]
    pub fn lookup<T: Element>(self: &Rc<Self>, name: &str) -> Lookup<'a, T> {
        let mut scope = Rc::clone(self);
        let mut name = name.to_owned();
        for _ in 0..MAX_REFERENCES {
            match scope.lookup_direct::<T>(&name) {
                Lookup::Found(element, inner) => match element.reference() {
                    None => return Lookup::Found(element, inner),
                    Some(reference) => {
                        name.clone_from(&reference.value);
                        scope = inner;
                    }
                },
                other => return other,
            }
        }
        Lookup::Circular
    }

    /// Looks up `name` without following an element that is only another name for one of an orb.
    #[must_use]
    pub fn lookup_direct<T: Element>(self: &Rc<Self>, name: &str) -> Lookup<'a, T> {
        let Some((alias, element)) = name.split_once('/') else {
            let found = T::find(self.elements, name);
            return found.map_or(Lookup::Undefined, |element| Lookup::Found(element, Rc::clone(self)));
        };
        let Some(import) = self.elements.orb(alias) else {
            // A compiled config has jobs of its own with a slash in their names: `node/test`.
            let own = T::find(self.elements, name);
            return own.map_or(Lookup::NoSuchOrb, |element| Lookup::Found(element, Rc::clone(self)));
        };
        let Some(scope) = self.enter(import) else { return Lookup::Opaque(import) };
        match T::find(scope.elements, element) {
            Some(element) => Lookup::Found(element, scope),
            None => Lookup::NotInOrb(import, scope),
        }
    }

    /// The scope of an imported orb; nothing where neither its source nor its signatures are at hand: a
    /// registry or URL orb without a file, a reference with `<< >>`, or an empty inline orb (the orb
    /// development kit's placeholder for the orb under test).
    #[must_use]
    pub fn enter(&self, import: &'a OrbImport) -> Option<Rc<Self>> {
        let (elements, listing) = match (&import.inline, &import.reference) {
            (Some(inline), _) if !inline.is_empty() => (&**inline, None),
            (None, Some(reference)) if !is_template(&import.node) => {
                if let Some(orb) = self.library.find(&reference.value) {
                    (&orb.elements, None)
                } else {
                    let listing = self.library.listing(reference.span)?;
                    (&listing.elements, Some(listing))
                }
            }
            _ => return None,
        };
        let mut path = self.path.clone();
        path.push(&import.alias.value);
        Some(Rc::new(Self { elements, library: self.library, path, listing }))
    }

    /// Whether this is the config itself and not an orb.
    #[must_use]
    pub fn is_config(&self) -> bool {
        self.path.is_empty()
    }
}
