use super::{Encoding, LineIndex, Position, SourceId, Span};

/// What a text is to the analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// The config under analysis. Always source 0.
    Config,
    /// The config that a setup config continues with.
    Continuation,
    /// The source of a registry or URL orb, under the reference it was given for (`ns/name@1.2.3`).
    Orb(String),
}

/// One text, its name for people (a path, or `config.yml` in the page), and where its lines begin.
#[derive(Clone, Debug)]
pub struct Source {
    pub id: SourceId,
    pub role: Role,
    pub name: String,
    pub text: String,
    lines: LineIndex,
}

impl Source {
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The text under `span`, taken back to the nearest character borders inside the text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// How its lines end: as the first one does.
    #[must_use]
    pub fn line_end(&self) -> &'static str {
        let first = self.lines.line_range(&self.text, 0).end;
        if self.text[first..].starts_with("\r\n") { "\r\n" } else { "\n" }
    }

    /// Line and column of byte `offset`.
    #[must_use]
    pub fn position(&self, offset: u32, encoding: Encoding) -> Position {
        self.lines.position(&self.text, offset as usize, encoding)
    }
}

/// All texts of one analysis. The config is always there, first.
#[derive(Clone, Debug)]
pub struct Sources {
    all: Vec<Source>,
}

impl Sources {
    /// An analysis of one config. `name` is shown in front of positions.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut sources = Self { all: Vec::new() };
        sources.push(Role::Config, name.into(), text.into());
        sources
    }

    /// Adds the config that a setup config continues with.
    #[must_use]
    pub fn with_continuation(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.push(Role::Continuation, name.into(), text.into());
        self
    }

    /// Adds the source of an orb. `reference` is what the config asks for or a version that satisfies it.
    #[must_use]
    pub fn with_orb(
        mut self,
        reference: impl Into<String>,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        self.push(Role::Orb(reference.into()), name.into(), text.into());
        self
    }

    fn push(&mut self, role: Role, name: String, text: String) {
        let id = SourceId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.all.push(Source { id, role, name, lines: LineIndex::new(&text), text });
    }

    #[must_use]
    pub fn config(&self) -> &Source {
        &self.all[0]
    }

    #[must_use]
    pub fn continuation(&self) -> Option<&Source> {
        self.all.iter().find(|source| source.role == Role::Continuation)
    }

    /// The continuation as the config of an analysis of its own, with the same orbs.
    #[must_use]
    pub fn continued(&self) -> Option<Self> {
        let continuation = self.continuation()?;
        let own = Self::new(continuation.name.clone(), continuation.text.clone());
        Some(self.orbs().fold(own, |sources, (reference, orb)| {
            sources.with_orb(reference, orb.name.clone(), orb.text.clone())
        }))
    }

    /// The orb files that were given, with their references.
    pub fn orbs(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.all.iter().filter_map(|source| match &source.role {
            Role::Orb(reference) => Some((reference.as_str(), source)),
            _ => None,
        })
    }

    /// The source that `id` names; the config for an id of another analysis.
    #[must_use]
    pub fn get(&self, id: SourceId) -> &Source {
        self.all.get(id.0 as usize).unwrap_or(&self.all[0])
    }

    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.all.iter()
    }

    /// The text under `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).slice(span)
    }
}
