use super::cursor::{line_end, line_start};
use super::{Document, Kind, Node, ScalarStyle};
use crate::text::{Source, Span};
use std::ops::Range;

/// Where the scalars of a text stand, in order: a `#` inside one is a letter like others, and begins a comment
/// anywhere else.
#[derive(Clone, Debug)]
pub struct Scalars {
    places: Vec<Place>,
    /// What follows was not read: nobody knows what is a comment there.
    read_to: usize,
}

#[derive(Clone, Debug)]
struct Place {
    whole: Range<usize>,
    /// Written as `|` or `>`: its first line may end with a comment.
    block: bool,
}

impl Scalars {
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut places = Vec::new();
        if let Some(root) = &document.root {
            collect(root, &mut places);
        }
        Self { places, read_to: document.stopped_at.map_or(usize::MAX, |at| at as usize) }
    }

    /// The lines of `source` that hold `word` in a comment: each comment from its `#` to the end of its line.
    #[must_use]
    pub fn comments(&self, source: &Source, word: &str) -> Vec<Span> {
        let text = source.text.as_str();
        let mut comments = Vec::new();
        let mut from = 0;
        while let Some(found) = text[from..].find(word) {
            let at = from + found;
            let line = line_start(text, at)..line_end(text, at);
            from = line.end;
            if let Some(start) = self.comment(text, &line).filter(|start| *start < at) {
                comments.push(Span::new(source.id, start..line.end));
            }
        }
        comments
    }

    /// Where the comment of the line at `line` begins.
    #[must_use]
    pub fn comment(&self, text: &str, line: &Range<usize>) -> Option<usize> {
        let marks = text[line.clone()].match_indices('#').map(|(at, _)| line.start + at);
        let mut marks = marks.take_while(|at| *at < self.read_to);
        marks.find(|at| {
            let alone = *at == line.start || text[..*at].ends_with([' ', '\t']);
            alone && self.at(*at).is_none_or(|place| place.block && *at < line_end(text, place.whole.start))
        })
    }

    /// The scalar that holds byte `at`, and whether it is a block (`|`, `>`).
    #[must_use]
    pub fn around(&self, at: usize) -> Option<(Range<usize>, bool)> {
        self.at(at).map(|place| (place.whole.clone(), place.block))
    }

    fn at(&self, at: usize) -> Option<&Place> {
        let next = self.places.partition_point(|place| place.whole.start <= at);
        self.places[..next].last().filter(|place| at < place.whole.end)
    }
}

/// The scalars of `node`, without those behind aliases: each place of the text once.
fn collect(node: &Node, places: &mut Vec<Place>) {
    match node.kind() {
        Kind::Scalar(scalar) => {
            let block = matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded);
            places.push(Place { whole: node.span().range(), block });
        }
        Kind::Sequence(sequence) => sequence.items.iter().for_each(|item| collect(item, places)),
        Kind::Mapping(mapping) => {
            for entry in &mapping.entries {
                collect(&entry.key, places);
                collect(&entry.value, places);
            }
        }
        Kind::Alias(_) => {}
    }
}
