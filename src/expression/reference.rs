use std::ops::Range;

/// A name in a template or expression: `parameters.x`, `pipeline.git.branch`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// As written, from the first to the last character of the name.
    pub path: String,
    /// Bytes of the scalar's content.
    pub range: Range<usize>,
}

/// Whose names a [`Reference`] is looked up among.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// `parameters.`: of the innermost job, command, executor or job group.
    Parameters,
    /// `pipeline.parameters.`
    PipelineParameters,
    /// `pipeline.`: a pipeline value.
    Pipeline,
    /// `matrix.`: of the row that the invocation stands for.
    Matrix,
    /// No namespace of CircleCI's.
    Other,
}

/// The longer prefix before the shorter one that it begins with.
const PREFIXES: [(&str, Namespace); 4] = [
    ("parameters.", Namespace::Parameters),
    ("pipeline.parameters.", Namespace::PipelineParameters),
    ("pipeline.", Namespace::Pipeline),
    ("matrix.", Namespace::Matrix),
];

impl Reference {
    #[must_use]
    pub fn namespace(&self) -> Namespace {
        split(&self.path).0
    }

    /// The name without its namespace: `x` of `parameters.x`, `git.branch` of `pipeline.git.branch`.
    #[must_use]
    pub fn name(&self) -> &str {
        split(&self.path).1
    }
}

fn split(path: &str) -> (Namespace, &str) {
    PREFIXES
        .iter()
        .find_map(|(prefix, namespace)| Some((*namespace, path.strip_prefix(prefix)?)))
        .unwrap_or((Namespace::Other, path))
}

/// Whether `text` begins with a namespace of CircleCI's and its dot.
#[must_use]
pub fn starts_with_namespace(text: &str) -> bool {
    PREFIXES.iter().any(|(prefix, _)| text.starts_with(prefix))
}
