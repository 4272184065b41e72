use super::Problem;
use crate::analysis::Analysis;
use crate::text::Source;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Longer links are cut on their way, or refused.
const MOST_LETTERS: usize = 30_000;

/// The pipeline values that a link has a key of its own for.
const VALUES: [(&str, &str); 3] = [
    ("pipeline.git.branch", "branch"),
    ("pipeline.git.tag", "tag"),
    ("pipeline.trigger_source", "trigger_source"),
];

/// The address of a playground, as it can stand in a link of Markdown.
pub(super) fn playground(address: &str) -> Result<String, Problem> {
    let known = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    let plain = |letter: char| letter.is_ascii_graphic() && !"<>()[]\\\"`#".contains(letter);
    if known && address.chars().all(plain) {
        return Ok(address.to_owned());
    }
    Err(Problem("`--playground` takes an address such as https://example.org/dryrun/".to_owned()))
}

/// The link that opens the config, with all that it was compiled with, in the playground at `address`. The config
/// stands in the link itself, behind the `#` (`www/shell/permalink.js`, codec j). Nothing where that is too long.
pub(super) fn link(address: &str, analysis: &Analysis<'_>) -> Option<String> {
    let config = analysis.sources.config();
    let mut shared = Map::new();
    let mut set = |key: &str, value: Value| drop(shared.insert(key.to_owned(), value));
    set("text", config.text.as_str().into());
    set("name", file_name(config).into());
    for (name, value) in &analysis.inputs.values {
        if let Some((_, key)) = VALUES.iter().find(|(known, _)| known == name) {
            set(key, value.as_str().into());
        }
    }
    let inputs = &analysis.inputs;
    for (key, given) in
        [("parameters", &inputs.parameters), ("continuation_parameters", &inputs.continuation_parameters)]
    {
        if !given.is_empty() {
            set(key, given.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect());
        }
    }
    if let Some(next) = analysis.sources.continuation() {
        set("continuation", json!({"name": file_name(next), "text": next.text}));
    }
    let orbs: Vec<Value> = (analysis.sources.orbs())
        .map(|(reference, orb)| json!({"reference": reference, "name": file_name(orb), "text": orb.text}))
        .collect();
    if !orbs.is_empty() {
        set("orbs", orbs.into());
    }
    let link = format!("{address}#v1=j:{}", base64url(Value::Object(shared).to_string().as_bytes()));
    (link.len() <= MOST_LETTERS).then_some(link)
}

/// Without its folders: those are this machine's.
fn file_name(source: &Source) -> &str {
    Path::new(&source.name).file_name().and_then(|name| name.to_str()).unwrap_or(&source.name)
}

/// Base64 with the letters of addresses, without padding.
fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        let bits = bits << (8 * (3 - group.len()));
        let letters = (0..=group.len()).map(|place| char::from(LETTERS[bits >> (18 - 6 * place) & 63]));
        text.extend(letters);
    }
    text
}
