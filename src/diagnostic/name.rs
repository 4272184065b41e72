/// At most this many characters of a name are shown in a message.
const MAX_SHOWN: usize = 80;

/// `name` in backticks for a message: cut where it is very long, control characters replaced.
#[must_use]
pub fn shown(name: &str) -> String {
    let visible = name.chars().take(MAX_SHOWN).map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let more = if name.chars().nth(MAX_SHOWN).is_some() { "…" } else { "" };
    format!("`{}{more}`", visible.collect::<String>())
}
