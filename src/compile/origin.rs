use crate::text::Span;
use std::rc::Rc;

/// What a [`Frame`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FrameKind {
    /// The text itself: the scalar or key that stands in the source.
    Text,
    /// A default or argument that was put in for a `<< >>`.
    Parameter,
    /// The call of a command.
    Command,
    /// An executor's definition.
    Executor,
    /// A job's definition.
    Job,
    /// An entry of a workflow.
    Entry,
    /// A row of a matrix.
    Row,
    /// A step before or after the job's own.
    PreStep,
    PostStep,
    /// An alias through which a value came.
    Anchor,
    Workflow,
    JobGroup,
}

impl FrameKind {
    /// The kind in words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Parameter => "parameter",
            Self::Command => "command",
            Self::Executor => "executor",
            Self::Job => "job",
            Self::Entry => "workflow entry",
            Self::Row => "matrix row",
            Self::PreStep => "pre-steps",
            Self::PostStep => "post-steps",
            Self::Anchor => "anchor",
            Self::Workflow => "workflow",
            Self::JobGroup => "job group",
        }
    }
}

/// One link of the chain that made a compiled value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub kind: FrameKind,
    /// The name of the command, job, executor or parameter; empty for a text.
    pub name: String,
    pub span: Span,
}

/// Where a compiled value comes from: frames, innermost first. Cheap to clone: chains share their outer part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin(Option<Rc<Link>>);

#[derive(Debug, PartialEq)]
struct Link {
    frame: Frame,
    outer: Origin,
}

impl Origin {
    /// This chain with one more, innermost frame.
    #[must_use]
    pub fn within(&self, kind: FrameKind, name: impl Into<String>, span: Span) -> Self {
        let frame = Frame { kind, name: name.into(), span };
        Self(Some(Rc::new(Link { frame, outer: self.clone() })))
    }

    /// The frames, innermost first; none for a value that the compiler added by itself.
    pub fn frames(&self) -> impl Iterator<Item = &Frame> {
        let mut at = self;
        std::iter::from_fn(move || {
            let link = at.0.as_deref()?;
            at = &link.outer;
            Some(&link.frame)
        })
    }

    /// The place in a text that is closest to the value.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.0.as_deref().map(|link| link.frame.span)
    }
}
