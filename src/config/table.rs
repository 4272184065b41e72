use crate::text::Spanned;
use std::collections::HashMap;
use std::ops::Deref;

/// Elements in the order of the source, each found by its name in the same time however many there are.
#[derive(Clone, Debug)]
pub struct Table<T> {
    all: Vec<T>,
    places: HashMap<String, usize>,
}

/// Something with a name of its author's choice.
pub trait Named {
    fn name(&self) -> &Spanned<String>;
}

impl<T: Named> Table<T> {
    /// The element called `name`.
    pub fn named(&self, name: &str) -> Option<&T> {
        self.places.get(name).map(|place| &self.all[*place])
    }
}

impl<T: Named> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let all: Vec<T> = elements.into_iter().collect();
        let places = all.iter().enumerate().map(|(place, element)| (element.name().value.clone(), place));
        Self { places: places.collect(), all }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { all: Vec::new(), places: HashMap::new() }
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
