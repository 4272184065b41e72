//! What the config is looked at with, as a text for the browser's store: a version, then the bytes of
//! postcard, each as the character of that number.

use crate::worker::Given;

/// Changes with the shape of [`Given`]: what an older page kept is then forgotten, not misread.
const VERSION: char = '2';
/// Files of more bytes together than this are not kept, the rest is.
pub const LARGEST_FILES: usize = 1_000_000;

pub fn write(given: &Given) -> String {
    let mut kept = given.clone();
    if given.size() > LARGEST_FILES {
        kept.orbs.clear();
        kept.continuation = None;
    }
    let bytes = postcard::to_allocvec(&kept).unwrap_or_default();
    std::iter::once(VERSION).chain(bytes.into_iter().map(char::from)).collect()
}

/// Nothing where the text is not one of [`write`]'s.
pub fn read(text: &str) -> Option<Given> {
    let bytes: Result<Vec<u8>, _> = text.strip_prefix(VERSION)?.chars().map(u8::try_from).collect();
    postcard::from_bytes(&bytes.ok()?).ok()
}
