//! The comments that CircleCI's compiler writes around a compiled config: `compiled-output.md` 1.5.

use crate::config::{Config, schema};
use crate::orb::Library;
use crate::text::Source;
use std::fmt::Write;

/// The lines above the compiled config: to which release each orb of the registry was resolved, whether it is
/// used or not, and which commands hide a built-in step. An orb that is not at hand has no line, since
/// nobody knows its release.
#[must_use]
pub fn header(config: &Config, library: &Library) -> String {
    let mut text = String::new();
    let asked = config.own.orbs.iter().filter_map(|import| import.reference.as_ref());
    for asked in asked.map(|reference| reference.value.as_str()) {
        if let Some(orb) = library.find(asked) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "# Orb '{asked}' resolved to '{}'", orb.reference);
        }
    }
    let names = config.own.commands.iter().map(|command| command.name.value.as_str());
    for name in names.filter(|name| schema::builtin_step(name).is_some()) {
        let _ = writeln!(
            text,
            "# WARNING: Command '{name}' in commands.{name} may override built-in CircleCI command '{name}'"
        );
    }
    text
}

/// The lines below it: the config as it was written.
#[must_use]
pub fn footer(config: &Source) -> String {
    let text = config.text.trim_start_matches('\u{feff}');
    let head = "\n# Original config.yml file:\n".to_owned();
    text.lines().fold(head, |footer, line| footer + "# " + &escaped(line) + "\n")
}

/// Quotes and backslashes behind a backslash, and what is not ASCII as UTF-16 units.
fn escaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            _ if character.is_ascii() => text.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "\\u{unit:04X}");
                }
            }
        }
    }
    text
}
