//! YAML, as CircleCI's parser (SnakeYAML, YAML 1.1) reads and writes it, with a place for every node.
//!
//! Comes in: the text of a source. Goes out: a [`Document`] of spanned [`Node`]s (order, duplicates, anchors
//! and aliases kept) and what is wrong with it as [`Fault`]s; and, the other way, text for a [`Value`].
//! Must not know: what any key means to CircleCI. The YAML library is named in `reader.rs` only.

mod builder;
mod comment;
mod cursor;
mod fault;
mod indentation;
mod legacy;
mod limit;
mod locate;
mod mapping;
mod node;
mod reader;
mod scalar;
mod scalar_style;
mod syntax;
mod value;
mod writer;

pub use comment::Scalars;
pub use fault::{Fault, FaultKind};
pub use node::{Alias, Anchor, Document, Entry, Field, Kind, Mapping, Node, Scalar, ScalarStyle, Sequence};
pub use reader::parse;
pub use scalar::Resolved;
pub use value::{Data, Key, Value};
pub use writer::{Line, Written, write};
