//! The compiled config, line by line.

use super::{Border, Location};
use crate::analysis::Analysis;
use crate::compile::{Frame, FrameKind, Origin};
use crate::sort::Map;
use crate::text::{Encoding, Span};
use crate::yaml;
use serde::{Deserialize, Serialize};

/// The compiled config as text, and where each of its lines comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompiledReport {
    /// As `circleci config process` prints it, without comments.
    pub text: String,
    /// One for each line of `text`.
    pub lines: Vec<CompiledLine>,
    /// The links of all chains, each once.
    pub frames: Vec<ReportedFrame>,
}

/// Where a line comes from. Both lists are empty for a line that the compiler adds by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CompiledLine {
    /// The places of the keys and values that begin on the line.
    pub sources: Vec<Location>,
    /// The chain that made its innermost value, innermost link first: indices into
    /// [`CompiledReport::frames`].
    pub chain: Vec<u32>,
}

/// A link of a chain. See [`crate::compile::Frame`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportedFrame {
    /// What it is, in words: `command`, `executor`, `parameter`, …
    pub kind: String,
    pub name: String,
    pub place: Location,
}

impl CompiledReport {
    /// The compiled config of `analysis`, with columns counted in `encoding`; nothing where there is none.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, encoding: Encoding) -> Option<Self> {
        let border = Border { sources: analysis.sources, encoding };
        let written = yaml::write(analysis.compiled.document.as_ref()?);
        let mut frames = Frames { border: &border, known: Map::new(), all: Vec::new() };
        let lines = written.lines.iter().map(|line| {
            let spans = line.marks.iter().filter_map(|mark| mark.span());
            let chain = line.marks.iter().rev().find(|mark| mark.span().is_some());
            CompiledLine {
                sources: spans.map(|span| border.location(span)).collect(),
                chain: chain.map(|mark| frames.chain(mark)).unwrap_or_default(),
            }
        });
        let lines = lines.collect();
        Some(Self { lines, frames: frames.all, text: written.text })
    }
}

/// Every frame once.
struct Frames<'b> {
    border: &'b Border<'b>,
    known: Map<(FrameKind, String, Span), u32>,
    all: Vec<ReportedFrame>,
}

impl Frames<'_> {
    fn chain(&mut self, origin: &Origin) -> Vec<u32> {
        origin.frames().map(|frame| self.index(frame)).collect()
    }

    fn index(&mut self, frame: &Frame) -> u32 {
        let key = (frame.kind, frame.name.clone(), frame.span);
        if let Some(index) = self.known.get(&key) {
            return *index;
        }
        let index = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(ReportedFrame {
            kind: frame.kind.name().to_owned(),
            name: frame.name.clone(),
            place: self.border.location(frame.span),
        });
        self.known.insert(key, index);
        index
    }
}
