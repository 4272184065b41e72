use super::read::text_of;
use crate::text::{Span, Spanned};
use crate::yaml::Node;

/// `filters` in the form of a mapping: of an entry of a workflow, or of a schedule. As written: an item may
/// hold `<< >>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    pub branches: Option<Filter>,
    pub tags: Option<Filter>,
}

/// `branches` or `tags`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The key `branches` or `tags`.
    pub key: Span,
    pub only: Option<FilterItems>,
    pub ignore: Option<FilterItems>,
}

/// `only` or `ignore`: names, and regular expressions between slashes. See
/// [`item_matches`](crate::expression::item_matches).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterItems {
    /// The key `only` or `ignore`.
    pub key: Span,
    pub items: Vec<Spanned<String>>,
}

impl Filters {
    /// Reads the value of `filters`; nothing where that is no mapping: an expression, or unreadable.
    #[must_use]
    pub fn read(node: &Node) -> Option<Self> {
        node.as_mapping()?;
        Some(Self { branches: read_filter(node, "branches"), tags: read_filter(node, "tags") })
    }

    /// Every item, to change its text.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Spanned<String>> {
        let filters = [self.branches.as_mut(), self.tags.as_mut()].into_iter().flatten();
        let lists = filters.flat_map(|filter| [filter.only.as_mut(), filter.ignore.as_mut()]);
        lists.flatten().flat_map(|list| &mut list.items)
    }
}

fn read_filter(filters: &Node, name: &str) -> Option<Filter> {
    let field = filters.field(name)?;
    let items = |name: &str| {
        let list = field.value.field(name)?;
        let one = text_of(&list.value).into_iter();
        let items = one.chain(list.value.items().iter().filter_map(text_of)).collect();
        Some(FilterItems { key: list.key.span(), items })
    };
    Some(Filter { key: field.key.span(), only: items("only"), ignore: items("ignore") })
}
