/// A value without style or place, as the compiler makes it and the writer writes it. `mark` is whatever the
/// maker wants to find again for each value (the compiler: its origin).
#[derive(Clone, Debug, PartialEq)]
pub struct Value<M> {
    pub data: Data<M>,
    pub mark: M,
}

/// What a [`Value`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Data<M> {
    Null,
    Bool(bool),
    Int(i64),
    /// Written as SnakeYAML writes a Java double.
    Float(f64),
    /// A date or a number beyond 64 bits: written plain, as it stood.
    Verbatim(String),
    String(String),
    List(Vec<Value<M>>),
    /// In order; a key has a mark of its own.
    Map(Vec<(Key<M>, Value<M>)>),
}

/// A key of a [`Data::Map`]. Keys are text: CircleCI has no others.
#[derive(Clone, Debug, PartialEq)]
pub struct Key<M> {
    pub text: String,
    pub mark: M,
}

impl<M> Value<M> {
    /// The value under `key` of a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Data::Map(entries) = &self.data else { return None };
        entries.iter().find(|(known, _)| known.text == key).map(|(_, value)| value)
    }

    /// The text of a string, a number that is written as it stood included.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::String(text) | Data::Verbatim(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        let Data::List(items) = &self.data else { return &[] };
        items
    }

    /// The entries of a mapping; none for anything else.
    #[must_use]
    pub fn entries(&self) -> &[(Key<M>, Self)] {
        let Data::Map(entries) = &self.data else { return &[] };
        entries
    }
}
