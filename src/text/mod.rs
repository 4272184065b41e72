//! Sources and places in them.
//!
//! Comes in: the texts to look at (a config, perhaps a continuation, orb files). Goes out: [`Source`]s with
//! a line table, [`Span`]s that name bytes of one source, [`Spanned`] values, and [`Position`]s in a named
//! [`Encoding`]. Inside the core a place is always bytes; positions are made once, at the border. Beside that, how
//! far one word is from another ([`slips()`]).
//! Must not know: YAML, CircleCI, files, the screen.

mod lines;
mod slips;
mod source;
mod span;

pub use lines::{Encoding, LineIndex, Position};
pub use slips::slips;
pub use source::{Role, Source, Sources};
pub use span::{SourceId, Span, Spanned};
