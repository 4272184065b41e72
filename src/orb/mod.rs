//! Orbs: what a reference means, which given file is meant by it, and what a name means in a scope.
//!
//! Comes in: the orb files of an analysis. Goes out: a [`Library`] of their elements, and [`Scope`]s in which
//! names of commands, jobs and executors are looked up. Of an orb that is not at hand the [`catalogue`] may know
//! the signatures: its elements are found, without bodies. Else it is *opaque*: whatever is asked of it is
//! neither there nor missing. Must not know: workflows, expansion.

pub mod catalogue;
mod library;
mod reference;
mod scope;

pub use library::{Library, LibraryOrb, Listing};
pub use reference::{OrbReference, OrbVersion};
pub use scope::{Element, Lookup, Scope};
