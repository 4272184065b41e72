use crate::sort;
use crate::text::Spanned;
use std::ops::Deref;

/// Elements in the order of the source, each found by its name without going through all of them.
#[derive(Clone, Debug)]
pub struct Table<T> {
    all: Vec<T>,
    /// Places in `all`, in the order of the names.
    sorted: Vec<usize>,
}

/// Something with a name of its author's choice.
pub trait Named {
    fn name(&self) -> &Spanned<String>;
}

impl<T: 'static> Table<T> {
    /// Without elements.
    pub(super) const EMPTY: &Self = &Self { all: Vec::new(), sorted: Vec::new() };
}

impl<T: Named> Table<T> {
    /// The element called `name`.
    pub fn named(&self, name: &str) -> Option<&T> {
        self.place(name).map(|place| &self.all[place])
    }

    /// The index of the element called `name`.
    pub fn place(&self, name: &str) -> Option<usize> {
        let is_at_most = |place: &usize| self.all[*place].name().as_str() <= name;
        let last = self.sorted.partition_point(is_at_most).checked_sub(1)?;
        let place = self.sorted[last];
        (self.all[place].name().as_str() == name).then_some(place)
    }
}

impl<T: Named> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let all: Vec<T> = elements.into_iter().collect();
        let mut sorted: Vec<usize> = (0..all.len()).collect();
        sort::by(&mut sorted, |&a, &b| all[a].name().value.cmp(&all[b].name().value));
        Self { all, sorted }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { all: Vec::new(), sorted: Vec::new() }
    }
}

impl<T> Deref for Table<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all
    }
}

impl<'t, T> IntoIterator for &'t Table<T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}
