//! Faults seeded into real configs and one of our own, one at a time: each has to raise an error on its line.
//!
//! One of each kind in every run, in the smaller configs. `DRYRUN_SEEDS=n` plants n of each kind in all of them,
//! `DRYRUN_SEEDS_KIND=word` only the kinds with that word.

mod plant;
mod references;
mod schema;
mod slips;
mod values;
mod workflows;
mod yaml;

use dryrun::analysis::analyze;
use dryrun::compile::Inputs;
use dryrun::diagnostic::{Diagnostic, Severity};
use dryrun::text::Sources;
use plant::{Bed, Seed};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Configs of at most so many bytes are enough where nothing else is asked for.
const SMALL: usize = 10_000;

/// Seeded pseudo-random numbers: the same seeds in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

fn seeds_for(text: &str) -> Vec<Seed> {
    let sources = Sources::new("config.yml", text);
    let analysis = analyze(&sources, &Inputs::default());
    let Some(root) = &analysis.document.root else { return Vec::new() };
    let mut bed = Bed { text, seeds: Vec::new() };
    schema::plant(&mut bed, root);
    for orb in plant::at(root, "orbs").map(|orbs| plant::own(&orbs.value)).unwrap_or_default() {
        schema::plant(&mut bed, &orb.value);
    }
    workflows::plant(&mut bed, root);
    references::plant(&mut bed, root, &analysis);
    values::plant(&mut bed, root, &analysis);
    slips::plant(&mut bed, root, &analysis);
    yaml::plant(&mut bed, root);
    bed.seeds
}

/// What became of the seeds of one kind.
#[derive(Default)]
struct Tally {
    planted: usize,
    found: usize,
    missed: Vec<String>,
}

fn try_seed(name: &str, text: &str, seed: &Seed, tally: &mut Tally) {
    let planted = seed.planted(text);
    let sources = Sources::new("config.yml", planted.clone());
    let (_, faults) = dryrun::yaml::parse(sources.config());
    if !faults.is_empty() && !seed.kind.starts_with("yaml") {
        return;
    }
    tally.planted += 1;
    let line = |byte: usize| planted[..byte.min(planted.len())].matches('\n').count() + 1;
    let lines = line(seed.place.start)..=line(seed.place.end.max(seed.place.start + 1) - 1);
    let analysis = analyze(&sources, &Inputs::default());
    let errors = analysis.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let touches = |found: &&Diagnostic| {
        let range = found.span.range();
        line(range.start) <= *lines.end() && line(range.end.max(range.start + 1) - 1) >= *lines.start()
    };
    if errors.clone().any(|error| touches(&error)) {
        tally.found += 1;
        return;
    }
    let there = planted.lines().nth(lines.start() - 1).unwrap_or_default().trim();
    let mut miss = format!("{name}:{} `{there}`", lines.start());
    for error in errors.take(2) {
        let _ = write!(
            miss,
            "\n        elsewhere: {} [{}] {}",
            line(error.span.range().start),
            error.check,
            error.message
        );
    }
    for warning in
        analysis.diagnostics.iter().filter(|found| found.severity != Severity::Error && touches(found))
    {
        let _ =
            write!(miss, "\n        only {:?}: [{}] {}", warning.severity, warning.check, warning.message);
    }
    tally.missed.push(miss);
}

#[test]
fn a_seeded_fault_is_an_error_on_its_line() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/seeded/all.yml");
    let files: Vec<PathBuf> = crate::corpus::configs().into_iter().flatten().chain([own]).collect();
    let asked: Option<usize> = std::env::var("DRYRUN_SEEDS").ok().and_then(|count| count.parse().ok());
    let wanted = asked.unwrap_or(1);
    let word = std::env::var("DRYRUN_SEEDS_KIND").unwrap_or_default();
    let mut dice = Dice(23);
    let mut kinds: BTreeMap<String, Vec<(usize, Seed)>> = BTreeMap::new();
    let mut texts = Vec::new();
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).expect("a readable file")).into_owned();
        if asked.is_none() && text.len() > SMALL {
            continue;
        }
        for seed in seeds_for(&text).into_iter().filter(|seed| seed.kind.contains(&word)) {
            kinds.entry(seed.kind.clone()).or_default().push((texts.len(), seed));
        }
        texts.push((file.file_name().expect("a file name").to_string_lossy().into_owned(), text));
    }
    let mut report = String::new();
    let mut missed = 0;
    for (kind, mut seeds) in kinds {
        let mut tally = Tally::default();
        while tally.planted < wanted && !seeds.is_empty() {
            let (index, seed) = seeds.swap_remove(dice.below(seeds.len()));
            let (name, text) = &texts[index];
            try_seed(name, text, &seed, &mut tally);
        }
        missed += tally.missed.len();
        let _ = writeln!(report, "{kind}: {} of {}", tally.found, tally.planted);
        for miss in tally.missed.iter().take(6) {
            let _ = writeln!(report, "    {miss}");
        }
    }
    assert_eq!(missed, 0, "seeded faults without an error on their line:\n{report}");
}
