//! Which of several ranges of the text a caret stands in.

use crate::report::Range;

/// The indices of the ranges that fit the caret best: of those that hold its line, the ones with the fewest
/// lines, and among those on one line the ones that hold its column. Several where several share a range.
pub(super) fn narrowest(ranges: &[(usize, Range)], line: u32, column: u32) -> Vec<usize> {
    let holds_line = |range: &Range| (range.start.line..=range.end.line).contains(&line);
    let lines = |range: &Range| range.end.line - range.start.line;
    let holding: Vec<_> = ranges.iter().filter(|(_, range)| holds_line(range)).collect();
    let Some(fewest) = holding.iter().map(|(_, range)| lines(range)).min() else { return Vec::new() };
    let mut best: Vec<_> = holding.into_iter().filter(|(_, range)| lines(range) == fewest).collect();
    let is_one_place = best.iter().all(|(_, range)| *range == best[0].1);
    if fewest == 0 && !is_one_place {
        best.retain(|(_, range)| (range.start.column..=range.end.column).contains(&column));
    }
    let mut found: Vec<usize> = best.into_iter().map(|(index, _)| *index).collect();
    found.dedup();
    found
}
