use crate::sort;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// What can be written at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The word that a candidate takes the place of; empty between words.
    pub span: Span,
    /// Sorted by kind and name; none twice.
    pub candidates: Vec<Candidate>,
}

/// One of the things that can be written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Candidate {
    pub kind: CandidateKind,
    /// What the list shows, and what is typed to find it.
    pub label: String,
    /// What is written: the label, and for a key what has to follow it.
    pub insert: String,
    /// A few words: what it is, or a parameter's type.
    pub detail: String,
}

/// What a candidate is. In this order they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CandidateKind {
    Parameter,
    Value,
    Job,
    Executor,
    Command,
    Step,
    Key,
    Orb,
    Anchor,
}

impl CandidateKind {
    /// The editor's word for something like it: it chooses the icon.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parameter => "property",
            Self::Value => "constant",
            Self::Job => "class",
            Self::Executor => "type",
            Self::Command | Self::Step => "function",
            Self::Key => "keyword",
            Self::Orb => "namespace",
            Self::Anchor => "variable",
        }
    }
}

impl Candidate {
    /// One that is written as it is called.
    pub(super) fn new(kind: CandidateKind, label: &str, detail: impl Into<String>) -> Self {
        Self { kind, label: label.to_owned(), insert: label.to_owned(), detail: detail.into() }
    }

    /// The same with something behind the label.
    pub(super) fn followed_by(mut self, rest: &str) -> Self {
        self.insert += rest;
        self
    }
}

pub(super) fn sorted(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.retain(|candidate| !candidate.label.is_empty());
    sort::by(&mut candidates, Ord::cmp);
    candidates.dedup_by(|one, other| (one.kind, &one.label) == (other.kind, &other.label));
    candidates
}
