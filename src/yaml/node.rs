use super::Resolved;
use super::locate::Written;
use crate::sort::Map;
use crate::text::{Span, Spanned};
use std::ops::Range;
use std::rc::Rc;

/// A whole YAML text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The top node; nothing for an empty text.
    pub root: Option<Node>,
    /// Every anchor, in the order of the text.
    pub anchors: Vec<Anchor>,
    /// Where reading stopped at a syntax error: nodes before this byte are as written, the rest is missing.
    pub stopped_at: Option<u32>,
}

/// A declared `&name`.
#[derive(Clone, Debug)]
pub struct Anchor {
    /// The name without `&`; the span covers `&name`.
    pub name: Spanned<String>,
    pub node: Node,
    /// Spans of the `*name`s that mean this node.
    pub aliases: Vec<Span>,
}

/// A node of the tree; cheap to clone, since clones share it.
#[derive(Clone, Debug)]
pub struct Node(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    span: Span,
    anchor: Option<Spanned<String>>,
    tag: Option<Spanned<String>>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind {
    Scalar(Scalar),
    Sequence(Sequence),
    Mapping(Mapping),
    Alias(Alias),
}

/// Text with the way it was written. `text` is the content: unescaped, unindented, folded where YAML folds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    pub text: String,
    pub style: ScalarStyle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

#[derive(Clone, Debug)]
pub struct Sequence {
    pub items: Vec<Node>,
    /// Written as `[a, b]`.
    pub flow: bool,
}

#[derive(Clone, Debug)]
pub struct Mapping {
    /// As written: in order, with duplicates and merge keys.
    pub entries: Vec<Entry>,
    /// Written as `{a: b}`.
    pub flow: bool,
}

/// One `key: value` as written.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Node,
    pub value: Node,
}

/// A `*name`. Its node's span covers `*name`.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Without `*`.
    pub name: String,
    /// The anchored node; nothing when there is no such anchor before the alias.
    pub target: Option<Node>,
}

/// One key of a mapping as CircleCI sees it: merge keys merged, the last duplicate kept.
#[derive(Clone, Debug)]
pub struct Field {
    pub key: Node,
    /// As written; may be an alias.
    pub value: Node,
    /// The `<<` values (aliases, mostly) through which the key came, outermost first; empty for a key
    /// written in the mapping itself.
    pub merged_through: Vec<Span>,
}

impl Node {
    #[must_use]
    pub fn new(
        kind: Kind,
        span: Span,
        anchor: Option<Spanned<String>>,
        tag: Option<Spanned<String>>,
    ) -> Self {
        Self(Rc::new(Inner { kind, span, anchor, tag }))
    }

    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// From the first to the last byte of the node's own text; without anchor, tag, comments and trailing blanks.
    #[must_use]
    pub fn span(&self) -> Span {
        self.0.span
    }

    #[must_use]
    pub fn anchor(&self) -> Option<&Spanned<String>> {
        self.0.anchor.as_ref()
    }

    #[must_use]
    pub fn tag(&self) -> Option<&Spanned<String>> {
        self.0.tag.as_ref()
    }

    /// The node an alias stands for; any other node is itself. An alias without an anchor is itself too.
    #[must_use]
    pub fn resolved(&self) -> &Self {
        let mut node = self;
        while let Kind::Alias(Alias { target: Some(target), .. }) = node.kind() {
            node = target;
        }
        node
    }

    /// The scalar that this node is or stands for.
    #[must_use]
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match self.resolved().kind() {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The content of the scalar that this node is or stands for, whatever its type.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| scalar.text.as_str())
    }

    #[must_use]
    pub fn as_sequence(&self) -> Option<&Sequence> {
        match self.resolved().kind() {
            Kind::Sequence(sequence) => Some(sequence),
            _ => None,
        }
    }

    #[must_use]
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match self.resolved().kind() {
            Kind::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// What the scalar means in YAML 1.1, tag included; nothing for a collection.
    #[must_use]
    pub fn meaning(&self) -> Option<Resolved> {
        let node = self.resolved();
        node.as_scalar().map(|scalar| Resolved::of(scalar, node.tag().map(|tag| tag.value.as_str())))
    }

    /// The smallest place in `source` (the text that the node was read from) that wrote the bytes `content` of
    /// the scalar's text. Escapes, indentation, folded lines and line ends are accounted for; the whole node
    /// where it is no scalar.
    #[must_use]
    pub fn locate(&self, source: &str, content: Range<usize>) -> Span {
        self.locator(source)(content)
    }

    /// [`Node::locate`] for many places: what was written is read once.
    pub fn locator(&self, source: &str) -> impl Fn(Range<usize>) -> Span + use<> {
        let whole = self.resolved().span();
        let written = self.as_scalar().map(|scalar| Written::of(scalar, whole.range(), source));
        move |content| match &written {
            Some(written) => Span::new(whole.source, written.locate(&content)),
            None => whole,
        }
    }

    /// A scalar that means null: empty, `~` or `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.meaning() == Some(Resolved::Null)
    }

    /// The items of a sequence; none for any other node.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        self.as_sequence().map_or(&[], |sequence| &sequence.items)
    }

    /// The keys of a mapping as CircleCI sees them; none for any other node. See [`Mapping::fields`].
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        self.as_mapping().map(Mapping::fields).unwrap_or_default()
    }

    /// The value under `key`, merge keys included.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        self.field(key).map(|field| field.value)
    }

    /// The field `key`, merge keys included.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<Field> {
        let mut last = None;
        // The last of several equal keys is the one that counts.
        for entry in self.as_mapping()?.entries.iter().rev() {
            if entry.is_merge() {
                return self.fields().into_iter().find(|field| field.key.text() == Some(key));
            }
            if last.is_none() && entry.key.text() == Some(key) {
                last = Some(entry);
            }
        }
        last.map(Field::own)
    }
}

impl Entry {
    /// A `<<` that merges: plain, not quoted, without a tag.
    #[must_use]
    pub fn is_merge(&self) -> bool {
        match self.key.kind() {
            Kind::Scalar(scalar) => {
                scalar.text == "<<" && scalar.style == ScalarStyle::Plain && self.key.tag().is_none()
            }
            _ => false,
        }
    }
}

impl Mapping {
    /// The keys with merge keys merged, as SnakeYAML flattens them: merged keys stand where the `<<` stands;
    /// a key of the mapping itself wins over a merged one and takes its place; of two merged ones the first
    /// wins; of two equal keys of the mapping itself the last is kept, at its own place.
    ///
    /// ```yaml
    /// base: &base {image: a, user: b}
    /// job: {<<: *base, image: c}     # image: c, user: b
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        if !self.entries.iter().any(Entry::is_merge) {
            return last_of_each(&self.entries).into_iter().map(Field::own).collect();
        }
        let mut merged = Merged::default();
        merged.add(self);
        merged.fields
    }
}

impl Field {
    /// An entry that is written in the mapping itself.
    #[must_use]
    pub fn own(entry: &Entry) -> Self {
        Self { key: entry.key.clone(), value: entry.value.clone(), merged_through: Vec::new() }
    }
}

/// Among so few entries it is quicker to look again than to keep a map.
const FEW_ENTRIES: usize = 16;

/// The entries without those that a later entry with the same key replaces.
fn last_of_each(entries: &[Entry]) -> Vec<&Entry> {
    let mut last = Map::new();
    if entries.len() > FEW_ENTRIES {
        for (index, entry) in entries.iter().enumerate() {
            if let (Some(text), false) = (entry.key.text(), entry.is_merge()) {
                last.insert(text, index);
            }
        }
    }
    let again = |index: usize, key: &str| {
        let equal = |other: &Entry| other.key.text() == Some(key) && !other.is_merge();
        let later = || last.is_empty() && entries[index + 1..].iter().any(equal);
        last.get(key).map_or_else(later, |last| *last != index)
    };
    let stays = |(index, entry): &(usize, &Entry)| {
        entry.is_merge() || !entry.key.text().is_some_and(|key| again(*index, key))
    };
    entries.iter().enumerate().filter(stays).map(|(_, entry)| entry).collect()
}

#[derive(Default)]
struct Merged {
    fields: Vec<Field>,
    at: Map<String, usize>,
}

impl Merged {
    fn add(&mut self, mapping: &Mapping) {
        for entry in last_of_each(&mapping.entries) {
            if entry.is_merge() {
                self.merge(&entry.value);
                continue;
            }
            // Keys that are collections are kept apart: CircleCI has no use for them.
            let Some(text) = entry.key.text().map(str::to_owned) else { continue };
            let field = Field::own(entry);
            match self.at.get(&text) {
                None => self.push(text, field),
                Some(place) => self.fields[*place] = field,
            }
        }
    }

    /// A mapping that is merged has merged its own `<<` before: what it says itself wins there too.
    fn merge(&mut self, value: &Node) {
        let through = value.span();
        for field in value.fields() {
            self.add_merged(field, &[through]);
        }
        for item in value.items() {
            for field in item.fields() {
                self.add_merged(field, &[through, item.span()]);
            }
        }
    }

    fn add_merged(&mut self, mut field: Field, through: &[Span]) {
        let Some(text) = field.key.text().map(str::to_owned) else { return };
        if !self.at.contains_key(&text) {
            field.merged_through.splice(0..0, through.iter().copied());
            self.push(text, field);
        }
    }

    fn push(&mut self, text: String, field: Field) {
        self.at.insert(text, self.fields.len());
        self.fields.push(field);
    }
}
