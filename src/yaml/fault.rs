use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::text::Span;

/// What is wrong with a text as YAML. Complete: [`Fault::diagnostic`] adds nothing to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// The smallest wrong thing.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
    /// Other places that explain this one.
    pub related: Vec<Label>,
    /// How to mend it, in words.
    pub help: Option<String>,
    /// Only where there is one best answer.
    pub fix: Option<Fix>,
}

/// The kinds of faults of a YAML text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// Not YAML; reading stops here.
    Syntax,
    /// YAML 1.2 asks for more indentation; CircleCI's parser reads it all the same.
    Indentation,
    /// The same key twice in one mapping.
    DuplicateKey,
    /// A `*name` without an `&name` before it.
    UndefinedAlias,
    /// A `*name` inside the node that `&name` names.
    RecursiveAlias,
    /// A second `---` document.
    SeveralDocuments,
    /// A tab between tokens: white space in YAML 1.2, an error in YAML 1.1.
    Tab,
    /// A `?` inside a plain scalar between brackets.
    QuestionMark,
    /// A key of more than 1,024 characters.
    LongKey,
    /// A tag that CircleCI's parser does not know.
    UnknownTag,
    /// Collections inside collections, too deep.
    Nesting,
    /// Aliases that stand for too many nodes.
    Expansion,
    /// A text of too many bytes.
    Size,
    /// A NUL or another character that YAML does not allow.
    InvalidCharacter,
    /// A key that is a list or a mapping.
    ComplexKey,
    /// A `<<` whose value cannot be merged.
    MergeValue,
}

impl FaultKind {
    /// The check that reports faults of this kind.
    #[must_use]
    pub fn check(self) -> &'static str {
        match self {
            Self::Syntax => "yaml-syntax",
            Self::Indentation => "yaml-indentation",
            Self::DuplicateKey => "duplicate-key",
            Self::UndefinedAlias => "undefined-alias",
            Self::RecursiveAlias => "recursive-alias",
            Self::SeveralDocuments => "several-documents",
            Self::Tab | Self::QuestionMark | Self::LongKey => "yaml-version",
            Self::UnknownTag => "unknown-tag",
            Self::Nesting | Self::Expansion | Self::Size => "yaml-limit",
            Self::InvalidCharacter => "invalid-character",
            Self::ComplexKey => "complex-key",
            Self::MergeValue => "merge-value",
        }
    }

    /// What is milder is what CircleCI's parser takes without a word; it rejects the rest.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Indentation => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl Fault {
    #[must_use]
    pub fn new(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), related: Vec::new(), help: None, fix: None }
    }

    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    #[must_use]
    pub fn with_related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into() });
        self
    }

    /// The finding that tells of this fault.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic {
            check: self.kind.check(),
            severity: self.kind.severity(),
            message: self.message.clone(),
            span: self.span,
            related: self.related.clone(),
            help: self.help.clone(),
            fix: self.fix.clone(),
            alternatives: Vec::new(),
        }
    }
}
