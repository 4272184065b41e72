use super::Map;
use std::borrow::Borrow;

/// Things in their order, each of them once, like [`std::collections::BTreeSet`]. Nothing is ever taken out.
#[derive(Clone, Debug, PartialEq)]
pub struct Set<T>(Map<T, ()>);

impl<T: Ord> Set<T> {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn contains<Q: Ord + ?Sized>(&self, thing: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(thing)
    }

    /// Adds `thing`, and says whether it is new.
    pub fn insert(&mut self, thing: T) -> bool {
        self.0.insert(thing, ()).is_none()
    }

    /// The first thing that is not before `limit`.
    pub fn first_from(&self, limit: &T) -> Option<&T> {
        self.0.around(limit)[1].map(|(thing, ())| thing)
    }
}

impl<T> Set<T> {
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(thing, ())| thing)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(Map::default())
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, things: I) {
        for thing in things {
            self.insert(thing);
        }
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut set = Self::default();
        set.extend(things);
        set
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::iter::Map<std::vec::IntoIter<(T, ())>, fn((T, ())) -> T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(thing, ())| thing)
    }
}
