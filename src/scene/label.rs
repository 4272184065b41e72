//! How wide a text is, as far as one can tell without a font, and how it is made to fit.

/// Width of a character in a semi-bold sans-serif font, by 1 px of font size. The widest of the usual
/// system fonts counts (`DejaVu Sans`), so that a label never runs into a badge.
fn character_width(character: char) -> f64 {
    match character {
        // Shown as a blank.
        _ if character.is_control() => 0.37,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '\'' | '|' | '`' | ' ' | '/' | '\\' => 0.37,
        'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '_' | '"' => 0.47,
        'c' | 's' | 'z' | 'k' | 'v' | 'x' | 'y' | 'J' | '?' => 0.62,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 1.0,
        'A'..='Z' | '{' | '}' | '&' | '<' | '>' | '=' | '+' | '~' | '^' | '#' | '×' | '∥' => 0.78,
        ' '..='\u{2ff}' => 0.7,
        _ if is_combining(character) => 0.0,
        _ if is_wide(character) => 1.1,
        // Letters of other scripts: as wide as the widest of the common ones.
        _ => 0.78,
    }
}

/// Drawn onto the character before it, or not at all.
fn is_combining(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e01ef}')
}

/// Chinese, Japanese and Korean characters, full-width forms, and pictures.
fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{115f}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23f3}' | '\u{2600}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}' | '\u{2e80}'..='\u{a4cf}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f000}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// About how many px `text` takes in a sans-serif font of this size. Rather too much than too little.
#[must_use]
pub fn text_width(text: &str, font_size: f64) -> f64 {
    text.chars().map(character_width).sum::<f64>() * font_size
}

/// `text` as it fits into `width` px: shortened with `…` in the middle, where names tell least. Line breaks
/// and other control characters become blanks.
#[must_use]
pub fn shortened(text: &str, width: f64, font_size: f64) -> String {
    let blank = |character: char| if character.is_control() { ' ' } else { character };
    if text_width(text, font_size) <= width {
        return text.chars().map(blank).collect();
    }
    let mut room = width / font_size - character_width('…');
    let (mut head, mut tail) = (String::new(), Vec::new());
    let (mut front, mut back) = (text.chars().peekable(), text.chars().rev().peekable());
    let (mut used_in_front, mut used_behind) = (0.0, 0.0);
    // The text is wider than the room, so the two ends never meet.
    loop {
        let from_front = used_in_front <= used_behind;
        let next = if from_front { front.peek() } else { back.peek() };
        let Some(&character) = next else { break };
        let taken = character_width(character);
        if taken > room {
            break;
        }
        room -= taken;
        if from_front {
            front.next();
            used_in_front += taken;
            head.push(blank(character));
        } else {
            back.next();
            used_behind += taken;
            tail.push(blank(character));
        }
    }
    // A mark that belongs to a character which is gone would land on the `…`.
    while tail.last().is_some_and(|&character| is_combining(character)) {
        tail.pop();
    }
    head.push('…');
    head.extend(tail.iter().rev());
    head
}
