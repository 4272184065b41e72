//! Lines and columns of texts.

use dryrun::text::{Encoding, LineIndex};
use proptest::prelude::*;

proptest! {
    /// Also on lines that are longer than the distance between two counts.
    #[test]
    fn columns_count_what_stands_before_on_the_line(
        pieces in proptest::collection::vec(("[a-zé漢😀]{1,3}", 1usize..400), 1..8),
        mark in any::<bool>(),
        line_end in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        at in any::<prop::sample::Index>(),
    ) {
        let lines: Vec<String> = pieces.iter().map(|(piece, times)| piece.repeat(*times)).collect();
        let text = format!("{}{}", if mark { "\u{feff}" } else { "" }, lines.join(line_end));
        let index = LineIndex::new(&text);
        let offset = text.floor_char_boundary(at.index(text.len() + 1));
        let line = index.line_range(&text, index.line_at(offset));
        // Between the two characters of a line end there is no column to speak of.
        prop_assume!(offset <= line.end);
        let before = &text[line.start.min(offset)..offset];
        for (encoding, units) in [
            (Encoding::Utf8, before.len()),
            (Encoding::Utf16, before.encode_utf16().count()),
            (Encoding::Scalar, before.chars().count()),
        ] {
            let position = index.position(&text, offset, encoding);
            prop_assert_eq!(position.column as usize, units + 1, "{:?}", encoding);
            if offset >= line.start {
                prop_assert_eq!(index.offset(&text, position, encoding), offset);
            }
        }
    }
}
