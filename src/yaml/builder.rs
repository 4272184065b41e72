use super::cursor::Cursor;
use super::syntax::{Complaint, Stop};
use super::{
    Alias, Anchor, Document, Entry, Fault, FaultKind, Kind, Mapping, Node, Scalar, ScalarStyle, Sequence,
    legacy, limit, mapping,
};
use crate::text::{Source, Span, Spanned};
use std::ops::{ControlFlow, Range};

/// What the scanner tells, with the byte range that it gives for it.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Right for scalars and aliases, and for the brackets of flow collections. The starts and ends of block
    /// collections and the indicators of block scalars are found by the [`Cursor`].
    pub(super) range: Range<usize>,
    pub(super) anchor: Option<AnchorName>,
    pub(super) tag: Option<(String, Range<usize>)>,
}

#[derive(Debug)]
pub(super) enum TokenKind {
    /// Missing values come as plain scalars of no length, with a text of the scanner's choice.
    Scalar(Scalar),
    SequenceStart {
        flow: bool,
    },
    MappingStart {
        flow: bool,
    },
    /// Of the innermost collection.
    End,
    Alias {
        name: String,
        /// Nothing without an anchor of that name.
        id: Option<usize>,
    },
    DocumentStart {
        /// With a `---`, which is its range.
        explicit: bool,
    },
}

#[derive(Debug)]
pub(super) struct AnchorName {
    /// Counted from 1 in the order of the text.
    pub(super) id: usize,
    pub(super) name: String,
    /// Of `&name`.
    pub(super) range: Range<usize>,
}

/// Makes the tree of the scanner's tokens.
pub(super) struct Builder<'t> {
    source: &'t Source,
    cursor: Cursor<'t>,
    open: Vec<Open>,
    anchors: Vec<Declared>,
    root: Option<Node>,
    documents: usize,
    /// Nodes that aliases added so far.
    expanded: u64,
    too_much: bool,
    stopped_at: Option<usize>,
    /// The last token, if it was a plain scalar.
    last_plain: Option<Range<usize>>,
    faults: Vec<Fault>,
}

/// A collection that is being read.
struct Open {
    content: Content,
    start: usize,
    /// Between brackets, or a lone pair in a flow sequence.
    flow: bool,
    /// Ends with a bracket of its own; a lone pair ends with its last child.
    bracketed: bool,
    anchor: Option<AnchorName>,
    tag: Option<(String, Range<usize>)>,
    weight: Weight,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, key: Option<Node> },
}

/// What a node weighs with its aliases expanded.
#[derive(Clone, Copy)]
struct Weight {
    nodes: u64,
    /// Collections inside each other, itself included; 0 for a scalar.
    height: usize,
}

const SCALAR: Weight = Weight { nodes: 1, height: 0 };

struct Declared {
    name: Spanned<String>,
    /// Nothing while the node is being read.
    node: Option<(Node, Weight)>,
    aliases: Vec<Span>,
}

/// What stands in front of a node.
struct Place {
    /// Right behind the colon or dash that calls for the node.
    behind: usize,
    key: bool,
    /// A key behind `? `.
    explicit: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(source: &'t Source) -> Self {
        Self {
            source,
            cursor: Cursor::new(&source.text),
            open: Vec::new(),
            anchors: Vec::new(),
            root: None,
            documents: 0,
            expanded: 0,
            too_much: false,
            stopped_at: None,
            last_plain: None,
            faults: Vec::new(),
        }
    }

    /// Takes the next token; breaks where nothing more is to be read.
    pub(super) fn take(&mut self, token: Token) -> ControlFlow<()> {
        match token.kind {
            TokenKind::DocumentStart { explicit } => return self.start_document(&token.range, explicit),
            TokenKind::End => self.end(&token.range),
            _ => return self.node(token),
        }
        ControlFlow::Continue(())
    }

    /// Remembers where the scanner gave up.
    pub(super) fn stop(&mut self, complaint: Complaint, at: usize) -> Stop {
        let tabs = self.cursor.tabs.len();
        let half = self.half_read(&complaint, at);
        let behind = half.unwrap_or(self.cursor.at());
        // The dash or colon in front of what did not come through is in order.
        self.place();
        let unread = half.unwrap_or_else(|| self.cursor.skip());
        self.cursor.tabs.truncate(tabs);
        self.stopped_at = Some(unread);
        let brackets = self.open.iter().filter(|open| open.bracketed).map(|open| open.start).collect();
        Stop { complaint, at: at.max(unread), behind, unread, brackets }
    }

    /// The start of the plain scalar that the colon at `at` belongs to: it came through as a value, and the
    /// colon says that it is none. It is taken out of the tree again.
    fn half_read(&mut self, complaint: &Complaint, at: usize) -> Option<usize> {
        let scalar = self.last_plain.clone()?;
        if !matches!(complaint, Complaint::Colon | Complaint::Separator)
            || !self.source.text[at..].starts_with(':')
        {
            return None;
        }
        if !self.source.text.get(scalar.end..at)?.trim().is_empty() {
            return None;
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = None,
            Some(Content::Sequence(items)) => drop(items.pop()),
            Some(Content::Mapping { entries, key }) => {
                if key.take().is_none() {
                    entries.pop();
                }
            }
        }
        Some(scalar.start)
    }

    /// Stops at byte `at`, where the scanner reached its own limit of nesting, which is above ours.
    pub(super) fn too_deep(&mut self, at: usize) {
        let start = self.cursor.skip().min(at);
        self.faults.push(limit::nesting_fault(self.span(start..start)));
        self.stopped_at = Some(start);
    }

    /// The tree, with what is still open closed behind its last child.
    pub(super) fn finish(mut self) -> (Document, Vec<Fault>) {
        if self.stopped_at.is_none() {
            self.cursor.skip();
        }
        while let Some(open) = self.open.pop() {
            if open.is_empty() && !self.open.is_empty() {
                continue;
            }
            let end = open.start + usize::from(open.bracketed);
            self.close(open, end);
        }
        let tabs = std::mem::take(&mut self.cursor.tabs);
        self.faults.extend(legacy::tab_faults(self.source, &tabs));
        let anchors = self.anchors.into_iter().filter_map(|declared| {
            let (node, _) = declared.node?;
            Some(Anchor { name: declared.name, node, aliases: declared.aliases })
        });
        let document = Document {
            root: self.root,
            anchors: anchors.collect(),
            stopped_at: self.stopped_at.map(|at| u32::try_from(at).unwrap_or(u32::MAX)),
        };
        (document, self.faults)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source.id, range)
    }

    fn start_document(&mut self, range: &Range<usize>, explicit: bool) -> ControlFlow<()> {
        self.documents += 1;
        if self.documents > 1 {
            let span = self.span(range.clone());
            let fault = Fault::new(FaultKind::SeveralDocuments, span, "a second YAML document begins here");
            self.faults.push(fault.with_help(
                "a config is one document: remove the `---`, or move what follows into a file of its own",
            ));
            self.stopped_at = Some(range.start);
            return ControlFlow::Break(());
        }
        if explicit {
            self.cursor.pass(range.end, false);
        }
        ControlFlow::Continue(())
    }

    fn node(&mut self, token: Token) -> ControlFlow<()> {
        let place = self.place();
        self.declare(&token);
        self.last_plain = None;
        if let Some((name, range)) = &token.tag {
            let missing = matches!(token.kind, TokenKind::Scalar(_)) && token.range.is_empty();
            self.faults.extend(legacy::tag_fault(self.source, name, range, missing));
        }
        match token.kind {
            TokenKind::Scalar(scalar) => {
                let node = self.scalar(scalar, token.range, token.anchor, token.tag, &place);
                self.attach(node, SCALAR);
            }
            TokenKind::Alias { name, id } => {
                self.cursor.pass(token.range.end, false);
                let (node, weight) = self.alias(name, id, self.span(token.range));
                self.attach(node, weight);
            }
            TokenKind::SequenceStart { flow } => {
                let content = Content::Sequence(Vec::new());
                let start = if flow { token.range.start } else { self.cursor.skip_properties() };
                return self.open(Open::new(content, start, flow, flow, token.anchor, token.tag));
            }
            TokenKind::MappingStart { flow } => {
                let content = Content::Mapping { entries: Vec::new(), key: None };
                let bracketed =
                    flow && self.source.text[token.range.start..].starts_with('{') && !token.range.is_empty();
                let start = token.range.start;
                return self.open(Open::new(content, start, flow, bracketed, token.anchor, token.tag));
            }
            TokenKind::End | TokenKind::DocumentStart { .. } => {}
        }
        ControlFlow::Continue(())
    }

    /// Goes past the indicators in front of the next node.
    fn place(&mut self) -> Place {
        let mut explicit = false;
        let mut is_key = false;
        match self.open.last() {
            None => {}
            Some(open) => match &open.content {
                Content::Sequence(_) if open.flow => {
                    self.cursor.take(b',');
                }
                Content::Sequence(_) => {
                    self.cursor.take(b'-');
                }
                Content::Mapping { key: None, .. } => {
                    is_key = true;
                    if open.flow {
                        self.cursor.take(b',');
                    }
                    explicit = self.cursor.take_word(b'?').is_some();
                }
                Content::Mapping { key: Some(_), .. } => {
                    let behind = self.cursor.at();
                    let start = if open.flow { None } else { Some(open.start) };
                    if !self.cursor.take_colon(start) {
                        return Place { behind, key: false, explicit: false };
                    }
                }
            },
        }
        let behind = self.cursor.at();
        self.cursor.skip();
        Place { behind, key: is_key, explicit }
    }

    fn declare(&mut self, token: &Token) {
        let Some(anchor) = &token.anchor else { return };
        let name = Spanned::new(anchor.name.clone(), self.span(anchor.range.clone()));
        self.anchors.truncate(anchor.id.saturating_sub(1));
        self.anchors.push(Declared { name, node: None, aliases: Vec::new() });
    }

    fn scalar(
        &mut self,
        mut scalar: Scalar,
        range: Range<usize>,
        anchor: Option<AnchorName>,
        tag: Option<(String, Range<usize>)>,
        place: &Place,
    ) -> Node {
        let plain = scalar.style == ScalarStyle::Plain;
        let range = if plain && range.is_empty() {
            scalar.text.clear();
            let bare = anchor.is_none() && tag.is_none();
            // A value that is missing stands behind its colon or dash, or behind its anchor and tag.
            let at = if bare && !place.key { place.behind } else { range.start };
            self.cursor.pass(if bare { self.cursor.at() } else { at }, false);
            at..at
        } else if matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let start = self.cursor.skip_properties();
            self.cursor.pass(range.end, false);
            start..block_end(&self.source.text, start, range)
        } else {
            self.cursor.pass(range.end, plain);
            self.last_plain = plain.then(|| range.clone());
            range
        };
        if plain && self.open.last().is_some_and(|open| open.flow) {
            self.faults.extend(legacy::question_mark_fault(self.source, &scalar, &range));
        }
        if place.key && !place.explicit {
            let flow = self.open.last().is_some_and(|open| open.flow);
            self.faults.extend(legacy::long_key_fault(self.source, &range, flow));
        }
        let (anchor, tag) = self.properties(anchor, tag);
        Node::new(Kind::Scalar(scalar), self.span(range), anchor, tag)
    }

    fn properties(
        &self,
        anchor: Option<AnchorName>,
        tag: Option<(String, Range<usize>)>,
    ) -> (Option<Spanned<String>>, Option<Spanned<String>>) {
        (
            anchor.map(|anchor| Spanned::new(anchor.name, self.span(anchor.range))),
            tag.map(|(name, range)| Spanned::new(name, self.span(range))),
        )
    }

    fn alias(&mut self, name: String, id: Option<usize>, span: Span) -> (Node, Weight) {
        let depth = self.open.len();
        let declared = id.and_then(|id| self.anchors.get_mut(id.checked_sub(1)?));
        let mut target = None;
        let mut weight = SCALAR;
        match declared {
            None => self.faults.push(undefined_alias(&name, span)),
            Some(declared) => {
                declared.aliases.push(span);
                match &declared.node {
                    None => {
                        let message = format!("`*{name}` stands inside the node that it stands for");
                        let fault = Fault::new(FaultKind::RecursiveAlias, span, message);
                        self.faults.push(fault.with_related(declared.name.span, "the node begins here"));
                    }
                    Some((_, heavy)) if depth + heavy.height > limit::NESTING => {
                        self.faults.push(limit::alias_nesting_fault(span));
                    }
                    Some((_, heavy)) if self.expanded + heavy.nodes > limit::EXPANSION => {
                        if !self.too_much {
                            self.faults.push(limit::expansion_fault(span));
                        }
                        self.too_much = true;
                    }
                    Some((node, heavy)) => {
                        self.expanded += heavy.nodes;
                        weight = *heavy;
                        target = Some(node.clone());
                    }
                }
            }
        }
        (Node::new(Kind::Alias(Alias { name, target }), span, None, None), weight)
    }

    fn open(&mut self, open: Open) -> ControlFlow<()> {
        let end = open.start + usize::from(open.bracketed);
        if self.open.len() >= limit::NESTING {
            let fault = limit::nesting_fault(self.span(open.start..end));
            self.faults.push(fault);
            self.stopped_at = Some(open.start);
            return ControlFlow::Break(());
        }
        if open.bracketed {
            self.cursor.pass(end, false);
        }
        self.open.push(open);
        ControlFlow::Continue(())
    }

    fn end(&mut self, range: &Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        self.last_plain = None;
        if open.bracketed {
            // A comma behind the last child may stand between.
            self.cursor.take(b',');
            self.cursor.skip();
            self.cursor.pass(range.end, false);
        }
        self.close(open, range.end);
    }

    /// Makes a node of a collection. `end` counts for those with brackets; the others end with a child.
    fn close(&mut self, open: Open, end: usize) {
        let last = open.last_end().unwrap_or(open.start);
        let end = if open.bracketed { end.max(last) } else { last };
        let start = open.first_start().map_or(open.start, |first| first.min(open.start));
        let span = self.span(start..end);
        let weight = open.weight;
        let id = open.anchor.as_ref().map(|anchor| anchor.id);
        let (anchor, tag) = self.properties(open.anchor, open.tag);
        let kind = match open.content {
            Content::Sequence(items) => Kind::Sequence(Sequence { items, flow: open.flow }),
            Content::Mapping { entries, .. } => {
                let mapping = Mapping { entries, flow: open.flow };
                mapping::faults(self.source, &mapping, span, &mut self.faults);
                Kind::Mapping(mapping)
            }
        };
        let node = Node::new(kind, span, anchor, tag);
        self.attach_as(node, weight, id);
    }

    fn attach(&mut self, node: Node, weight: Weight) {
        let id = node.anchor().map(|_| self.anchors.len());
        self.attach_as(node, weight, id);
    }

    fn attach_as(&mut self, node: Node, weight: Weight, anchor: Option<usize>) {
        if let Some(declared) = anchor.and_then(|id| self.anchors.get_mut(id.checked_sub(1)?)) {
            declared.node = Some((node.clone(), weight));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        open.weight.nodes += weight.nodes;
        open.weight.height = open.weight.height.max(weight.height + 1);
        match &mut open.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key } => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push(Entry { key, value: node }),
            },
        }
    }
}

impl Open {
    fn new(
        content: Content,
        start: usize,
        flow: bool,
        bracketed: bool,
        anchor: Option<AnchorName>,
        tag: Option<(String, Range<usize>)>,
    ) -> Self {
        let weight = Weight { nodes: 1, height: 1 };
        Self { content, start, flow, bracketed, anchor, tag, weight }
    }

    fn is_empty(&self) -> bool {
        match &self.content {
            Content::Sequence(items) => items.is_empty(),
            Content::Mapping { entries, .. } => entries.is_empty(),
        }
    }

    fn first_start(&self) -> Option<usize> {
        let first = match &self.content {
            Content::Sequence(items) => items.first()?,
            Content::Mapping { entries, .. } => &entries.first()?.key,
        };
        Some(first.span().start as usize)
    }

    fn last_end(&self) -> Option<usize> {
        let last = match &self.content {
            Content::Sequence(items) => items.last()?,
            Content::Mapping { entries, .. } => &entries.last()?.value,
        };
        Some(last.span().end as usize)
    }
}

/// Where a block scalar ends: at its last character that is not white space, or behind its header.
fn block_end(text: &str, start: usize, content: Range<usize>) -> usize {
    let header = text[start..].find(|mark: char| !matches!(mark, '|' | '>' | '+' | '-' | '0'..='9'));
    let header_end = header.map_or(text.len(), |length| start + length);
    let trimmed = text[content.clone()].trim_end_matches([' ', '\t', '\n', '\r']);
    (content.start + trimmed.len()).max(header_end)
}

fn undefined_alias(name: &str, span: Span) -> Fault {
    Fault::new(FaultKind::UndefinedAlias, span, format!("there is no anchor `&{name}` before this alias")).with_help(
        format!("put `&{name}` in front of the node that is meant, above this line; if `*` is meant as a text, quote it"),
    )
}
