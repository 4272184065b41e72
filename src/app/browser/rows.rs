//! A list of which only the rows in sight are drawn: all rows have the same height.

use web_sys::Element;

/// How far `area` is scrolled down, in px.
pub fn scrolled(area: &Element) -> f64 {
    f64::from(area.scroll_top())
}

/// Scrolls `area` to the first of `rows` (numbers from 0, each `height` px) if none of them is in sight.
pub fn show_rows(area: &Element, rows: &[usize], height: u32) {
    let (top, window) = (area.scroll_top(), area.client_height());
    let height = i32::try_from(height).unwrap_or(0);
    let start = |row: usize| i32::try_from(row).unwrap_or(i32::MAX).saturating_mul(height);
    let is_seen = |row: &usize| start(*row) >= top && start(*row) + height <= top + window;
    if let Some(first) = rows.first().filter(|_| !rows.iter().any(is_seen)) {
        let start = start(*first);
        // One row further: as little as it takes. From elsewhere: with something around it.
        let near = if start < top { top - start } else { start + height - top - window };
        let wanted = match near {
            _ if near > 2 * height => start - window / 3,
            _ if start < top => start,
            _ => start + height - window,
        };
        area.set_scroll_top(wanted.max(0));
    }
}
