use super::places::{Places, Point};
use super::put;
use std::borrow::Borrow;
use std::cmp::Ordering;

/// Values by key, in the order of the keys, like [`std::collections::BTreeMap`]. Nothing is ever taken out.
#[derive(Clone, Debug)]
pub struct Map<K, V> {
    /// In the order in which they came.
    entries: Vec<(K, V)>,
    places: Places,
}

impl<K: Ord, V> Map<K, V> {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|place| &self.entries[place].1)
    }

    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Sets the value for `key` and gives the one that it had.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(place) => Some(std::mem::replace(&mut self.entries[place].1, value)),
            Err(point) => {
                self.add(point, key, value);
                None
            }
        }
    }

    /// The value for `key`, which is made where there is none.
    pub fn get_or_insert_with(&mut self, key: K, value: impl FnOnce() -> V) -> &mut V {
        let place = match self.find(&key) {
            Ok(place) => place,
            Err(point) => self.add(point, key, value()),
        };
        &mut self.entries[place].1
    }

    /// The value for `key`, which is `value` where there was none.
    pub fn get_or_insert(&mut self, key: K, value: V) -> &mut V {
        self.get_or_insert_with(key, || value)
    }

    /// The value for `key`, which is the default one where there was none.
    pub fn get_or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.get_or_insert_with(key, V::default)
    }

    /// The entry before `key`, and the one at or behind it, as far as they are there.
    pub fn around(&self, key: &K) -> [Option<&(K, V)>; 2] {
        let point = self.point(key);
        [self.places.before(point), self.places.behind(point)].map(|place| Some(&self.entries[place?]))
    }

    fn point<Q: Ord + ?Sized>(&self, key: &Q) -> Point
    where
        K: Borrow<Q>,
    {
        self.places.point(&mut |place| self.entries[place].0.borrow().cmp(key))
    }

    /// The place of `key`, or the point in the order where it belongs.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, Point>
    where
        K: Borrow<Q>,
    {
        let point = self.point(key);
        let same = |place: &usize| self.entries[*place].0.borrow().cmp(key) == Ordering::Equal;
        self.places.behind(point).filter(same).ok_or(point)
    }

    fn add(&mut self, point: Point, key: K, value: V) -> usize {
        let place = self.entries.len();
        self.entries.push((key, value));
        self.places.insert(point, place);
        place
    }
}

impl<K, V> Map<K, V> {
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.places.iter().map(|place| (&self.entries[place].0, &self.entries[place].1))
    }

    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), places: Places::default() }
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        map.extend(entries);
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        let Self { mut entries, places } = self;
        put(places.into_ranks(), &mut |a, b| entries.swap(a, b));
        entries.into_iter()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}
