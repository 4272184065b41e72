//! Orbs: what a reference means, which given file is meant by it, and what a name means in a scope.
//!
//! Comes in: the orb files of an analysis. Goes out: a [`Library`] of their elements, and [`Scope`]s in which
//! names of commands, jobs and executors are looked up. An orb that is not at hand is *opaque*: whatever is
//! asked of it is neither there nor missing. Must not know: parameters, workflows, expansion.

mod library;
mod reference;
mod scope;

pub use library::{Library, LibraryOrb};
pub use reference::{OrbReference, OrbVersion};
pub use scope::{Element, Lookup, Scope};
