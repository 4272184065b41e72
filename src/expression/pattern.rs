use regex_lite::RegexBuilder;

/// Longer texts are not matched: `regex-lite` takes pattern × text steps, and the page must not stall.
const LONGEST_TEXT: usize = 16 * 1024;

/// Bytes of a compiled pattern; stops `(a{999}){999}`.
const LARGEST_PROGRAM: usize = 64 * 1024;

/// The regular expression that an item of a branch or tag filter is, without its slashes; nothing for a plain
/// name.
#[must_use]
pub fn item_pattern(item: &str) -> Option<&str> {
    item.strip_prefix('/')?.strip_suffix('/')
}

/// Whether an item of a branch or tag filter means `name`: `/…/` is a regular expression that must match the
/// whole name, anything else the name itself (configuration reference, `filters`).
///
/// # Errors
/// Why that cannot be told here: a sentence without a full stop.
pub fn item_matches(item: &str, name: &str) -> Result<bool, String> {
    match item_pattern(item) {
        Some(pattern) => full_match(pattern, name),
        None => Ok(item == name),
    }
}

/// Whether the Java regular expression `pattern` matches the whole of `text`.
///
/// Java's engine is not at hand. A pattern is evaluated only where `regex-lite` gives it the same meaning.
///
/// # Errors
/// Why that cannot be told here: a sentence without a full stop.
pub fn full_match(pattern: &str, text: &str) -> Result<bool, String> {
    if let Some(feature) = unlike_java(pattern, text) {
        return Err(format!("The pattern `{pattern}` uses {feature}, which Dryrun does not evaluate"));
    }
    if text.len() > LONGEST_TEXT {
        return Err(format!("Texts over {LONGEST_TEXT} bytes are not matched"));
    }
    // The group keeps an alternative inside the anchors.
    RegexBuilder::new(&format!(r"\A(?:{pattern})\z"))
        .size_limit(LARGEST_PROGRAM)
        .nest_limit(50)
        .build()
        .map(|regex| regex.is_match(text))
        .map_err(|error| format!("The pattern `{pattern}` is not one that Dryrun evaluates: {error}"))
}

/// What in `pattern` Java reads differently than `regex-lite`, or `regex-lite` does not read at all.
fn unlike_java(pattern: &str, text: &str) -> Option<&'static str> {
    let line_end_of_java = ['\r', '\u{85}', '\u{2028}', '\u{2029}'];
    let mut in_class = false;
    let mut after_quantifier = false;
    let mut characters = pattern.char_indices();
    while let Some((at, character)) = characters.next() {
        let rest = &pattern[at + character.len_utf8()..];
        let quantifier_before = std::mem::take(&mut after_quantifier);
        match character {
            '\\' => match characters.next() {
                Some((_, escaped)) => {
                    if let Some(feature) = escape_unlike_java(escaped) {
                        return Some(feature);
                    }
                }
                None => return Some("a lone backslash"),
            },
            '[' if in_class => return Some("a class inside a class"),
            '&' if in_class && rest.starts_with('&') => return Some("an intersection of classes"),
            '[' => {
                in_class = true;
                if rest.starts_with(']') || rest.starts_with("^]") {
                    return Some("a bracket that opens its own class");
                }
            }
            ']' => in_class = false,
            _ if in_class => {}
            '+' if quantifier_before => return Some("a possessive quantifier"),
            '*' | '+' | '?' | '}' => after_quantifier = true,
            '(' if rest.starts_with('?') => {
                let plain = ["?:", "?i)", "?i:", "?s)", "?s:"].iter().any(|group| rest.starts_with(group));
                if !plain {
                    return Some("a group with `?` such as a lookahead");
                }
            }
            '$' if text.contains('\n') => return Some("`$` before a line end"),
            '.' | '$' | '^' if text.contains(line_end_of_java) => {
                return Some("line ends that Java knows");
            }
            _ => {}
        }
    }
    None
}

/// Only escapes that mean the same in both are let through: of punctuation, and of the ASCII classes.
fn escape_unlike_java(escaped: char) -> Option<&'static str> {
    match escaped {
        'd' | 'D' | 's' | 'S' | 'w' | 'W' | 't' | 'n' | 'r' | 'f' => None,
        _ if escaped.is_ascii_punctuation() => None,
        '0'..='9' | 'k' => Some("a back reference"),
        'p' | 'P' => Some("a Unicode class"),
        'Q' | 'E' => Some("a quotation"),
        _ => Some("an escape of Java's own"),
    }
}
