//! Writing the catalogue: `make catalogue`.

use super::{Catalogue, Release};
use crate::config::{OrbSource, Parameter, ParameterType, Table};
use crate::orb::{Library, OrbReference, OrbVersion};
use crate::text::Span;
use crate::yaml::Node;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A default longer than this is not told.
const MAX_DEFAULT: usize = 120;

/// What became of a catalogue.
#[derive(Debug)]
pub struct Update {
    /// The new text.
    pub text: String,
    /// The releases that were put in.
    pub taken: Vec<String>,
    /// Orb files that were left out, and why.
    pub left_out: Vec<(String, &'static str)>,
}

/// The text `old` with the orbs of `library` in it: each in the place of the release of its major version that
/// was there, unless that is newer. With no orbs it is `old` in its canonical form.
#[must_use]
pub fn update(old: &str, library: &Library) -> Update {
    let mut entries: BTreeMap<(String, u64), (Vec<u64>, String)> = BTreeMap::new();
    for release in Catalogue::read(old).releases() {
        let text = entry(&release.reference, &release.elements(Span::default()));
        let numbers = release.numbers().to_vec();
        entries.insert(key(release), (numbers, text));
    }
    let (mut taken, mut left_out) = (Vec::new(), Vec::new());
    for orb in library.iter() {
        let reference = OrbReference::parse(&orb.reference);
        let Some((reference, numbers)) = reference.and_then(released) else {
            left_out.push((
                orb.reference.clone(),
                "its name is not that of a release: namespace__name@1.2.3.yml",
            ));
            continue;
        };
        if let Some(why) = unusable(&orb.elements) {
            left_out.push((orb.reference.clone(), why));
            continue;
        }
        let place = (reference.name.clone(), numbers[0]);
        if entries.get(&place).is_some_and(|(there, _)| *there > numbers) {
            left_out.push((orb.reference.clone(), "the catalogue has a newer release of that major version"));
            continue;
        }
        taken.push(orb.reference.clone());
        entries.insert(place, (numbers, entry(&reference, &orb.elements)));
    }
    let comments = old.split_inclusive('\n').take_while(|line| line.starts_with('#'));
    let text = comments.chain(entries.values().map(|(_, text)| text.as_str())).collect();
    Update { text, taken, left_out }
}

/// The licence note `old` with the orbs and releases of the catalogue `text` in its table.
#[must_use]
pub fn licence_note(old: &str, text: &str) -> String {
    let mut rows: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for release in Catalogue::read(text).releases() {
        rows.entry(release.reference.name.clone()).or_default().push(release.reference.version.to_string());
    }
    let row = |(name, versions): (&String, &Vec<String>)| format!("| `{name}` | {} |\n", versions.join(", "));
    let rows: Vec<String> = rows.iter().map(row).collect();
    let rows = rows.concat();
    let prose = old.split_inclusive('\n').filter(|line| !line.starts_with("| `"));
    let with_rows =
        prose.map(|line| if line.starts_with("|---") { line.to_owned() + &rows } else { line.to_owned() });
    with_rows.collect()
}

fn key(release: &Release<'_>) -> (String, u64) {
    (release.reference.name.clone(), release.numbers().first().copied().unwrap_or_default())
}

fn released(reference: OrbReference) -> Option<(OrbReference, Vec<u64>)> {
    match &reference.version {
        OrbVersion::Numbers(numbers) if numbers.len() == 3 => {
            let numbers = numbers.clone();
            Some((reference, numbers))
        }
        _ => None,
    }
}

/// Why an orb cannot be in the catalogue: of an element that is another name for another orb's nobody knows
/// the parameters.
fn unusable(elements: &OrbSource) -> Option<&'static str> {
    let commands = elements.commands.iter().any(|command| command.reference.is_some());
    let executors = elements.executors.iter().any(|executor| executor.reference.is_some());
    let jobs = elements.jobs.iter().any(|job| job.node.as_mapping().is_none());
    if commands || executors || jobs {
        return Some("some of its elements are other names for another orb's");
    }
    elements.is_empty().then_some("it has no elements")
}

fn entry(reference: &OrbReference, elements: &OrbSource) -> String {
    let mut text = format!("{reference}\n");
    let commands = elements.commands.iter().map(|command| (command.name.as_str(), &command.parameters));
    write_elements(&mut text, "command", commands.collect());
    let jobs = elements.jobs.iter().map(|job| (job.name.as_str(), job.parameters()));
    write_elements(&mut text, "job", jobs.collect());
    let executors = elements.executors.iter().map(|executor| (executor.name.as_str(), &executor.parameters));
    write_elements(&mut text, "executor", executors.collect());
    text
}

fn write_elements(text: &mut String, kind: &str, mut elements: Vec<(&str, &Table<Parameter>)>) {
    elements.sort_by_key(|(name, _)| *name);
    for (name, parameters) in elements {
        // Writing to a string cannot fail.
        let _ = writeln!(text, " {kind} {name}");
        let mut parameters: Vec<&Parameter> = parameters.iter().collect();
        parameters.sort_by_key(|parameter| parameter.name.as_str());
        for parameter in parameters {
            write_parameter(text, parameter);
        }
    }
}

fn write_parameter(text: &mut String, parameter: &Parameter) {
    let kind = parameter.kind.as_ref().map_or(ParameterType::String, |kind| kind.value);
    let _ = write!(text, "  {} {}", parameter.name.value, kind.name());
    let choices: Vec<&str> = parameter.choices.iter().filter_map(Node::text).collect();
    let plain = |choice: &&str| !choice.contains(['|', ']', '\n']);
    if !choices.is_empty() && choices.iter().all(plain) {
        let _ = write!(text, "[{}]", choices.join("|"));
    }
    if let Some(default) = &parameter.default {
        let told = default.text().filter(|text| text.trim() == *text && !text.contains('\n'));
        let told = told.filter(|text| text.len() <= MAX_DEFAULT && !default.is_null());
        match told.filter(|_| kind != ParameterType::Steps) {
            Some("") => text.push_str(" ="),
            Some(default) => {
                let _ = write!(text, " = {default}");
            }
            None => text.push_str(" ?"),
        }
    }
    text.push('\n');
}
