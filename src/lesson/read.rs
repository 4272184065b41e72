//! `lesson.yml`, as its author wrote it, and what is wrong with it.

use super::goal::{Goal, Line, Push, Wanted};
use super::{Fault, Lesson, STEPS_FILE, Step, Trial, prose};
use crate::check;
use crate::compile::Trigger;
use crate::diagnostic::shown;
use crate::simulate::{Duration, Moment, RunInputs, Seconds};
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Longer files are no lessons.
const LONGEST_FILE: usize = 64 * 1024;
/// A goal about time beyond this is a slip of the pen.
const LONGEST_TIME: Seconds = 1_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a mapping with the list `steps`")]
struct LessonFile {
    steps: Vec<Placed<StepFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    start: Option<String>,
    solution: String,
    #[serde(default)]
    hints: Vec<String>,
    goals: Vec<Placed<GoalFile>>,
    #[serde(default)]
    durations: BTreeMap<String, Seconds>,
    #[serde(default)]
    fails: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    approvals: BTreeMap<String, Seconds>,
}

/// A goal: its text, and exactly one of the rest.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GoalFile {
    text: String,
    parallel: Option<Vec<String>>,
    succeeds: Option<Vec<String>>,
    downstream: Option<(String, String)>,
    edge: Option<Line>,
    no_edge: Option<Line>,
    gone: Option<Vec<String>>,
    clean: Option<bool>,
    cache_hit: Option<String>,
    wall: Option<Seconds>,
    warm_wall: Option<Seconds>,
    critical: Option<Seconds>,
    compute: Option<Seconds>,
    runs: Option<Push>,
    not_runs: Option<Push>,
    approval: Option<String>,
    does: Option<BTreeMap<String, Vec<String>>>,
    calls: Option<Vec<String>>,
    cache_key: Option<Vec<String>>,
    unpacks: Option<(String, String)>,
    lines: Option<usize>,
}

/// What a part of the file comes to. Read while the reader is still at that part: what is wrong with it is told
/// with its line.
struct Placed<F: Part>(F::Read);

trait Part: DeserializeOwned {
    type Read;
    /// How it has to look.
    const LOOK: &'static str;

    fn read(self) -> Result<Self::Read, String>;
}

impl<'de, F: Part> Deserialize<'de> for Placed<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfMap<F>(PhantomData<F>);

        impl<'de, F: Part> Visitor<'de> for OfMap<F> {
            type Value = Placed<F>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(F::LOOK)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Placed<F>, A::Error> {
                let part = F::deserialize(MapAccessDeserializer::new(map))?;
                part.read().map(Placed).map_err(A::Error::custom)
            }
        }

        deserializer.deserialize_map(OfMap(PhantomData))
    }
}

/// Reads a lesson from the texts of its two files.
///
/// # Errors
///
/// The first thing that is wrong: YAML that cannot be read, a key that no lesson has, a step without goals, a
/// goal that asks for nothing or for two things, a check that there is not, more or fewer steps than texts.
pub fn read(steps: &str, text: &str) -> Result<Lesson, Fault> {
    for (file, content) in [(STEPS_FILE, steps), (super::TEXT_FILE, text)] {
        if content.len() > LONGEST_FILE {
            return Err(Fault::new(file, "This is longer than 64 KB, which no lesson is"));
        }
    }
    // A byte order mark begins a second document for the library.
    let steps = steps.trim_start_matches('\u{feff}');
    if steps.trim().is_empty() {
        return Err(Fault::new(STEPS_FILE, "This file is empty: it needs the list `steps`"));
    }
    let file: LessonFile = serde_yaml::from_str(steps).map_err(|error| {
        // Where the rest is no YAML, what is missed before it may well stand in there.
        let syntax = serde_yaml::from_str::<IgnoredAny>(steps);
        unreadable(syntax.as_ref().err().unwrap_or(&error))
    })?;
    let prose = prose::read(text)?;
    let wrong = |message: &str| Err(Fault::new(STEPS_FILE, message));
    if file.steps.is_empty() {
        return wrong("There are no steps");
    }
    if file.steps.first().is_some_and(|Placed(step)| step.start.is_none()) {
        return wrong("Step 1: the first step needs a `start`");
    }
    if file.steps.len() != prose.steps.len() {
        let message = format!(
            "There are {} steps here, and {} in {STEPS_FILE}: each needs a heading such as `## The task`",
            prose.steps.len(),
            file.steps.len()
        );
        return Err(Fault::new(super::TEXT_FILE, message));
    }
    let named = |(Placed(step), (title, task)): (Placed<StepFile>, _)| Step { title, task, ..step };
    let steps = file.steps.into_iter().zip(prose.steps).map(named).collect();
    Ok(Lesson { title: prose.title, intro: prose.intro, steps })
}

impl Part for StepFile {
    /// Without its texts, which stand in the other file.
    type Read = Step;
    const LOOK: &'static str = "a step: a mapping with `solution` and `goals`";

    fn read(self) -> Result<Step, String> {
        for name in self.start.iter().chain([&self.solution]) {
            plain_name(name)?;
        }
        if self.goals.is_empty() {
            return Err("it has no goals".to_owned());
        }
        self.fails.keys().try_for_each(|id| known_check(id)).map_err(|why| format!("`fails`: {why}"))?;
        let goals: Vec<Goal> = self.goals.into_iter().map(|Placed(goal)| goal).collect();
        Ok(Step {
            title: String::new(),
            task: String::new(),
            trial: trial(&goals, self.durations, self.fails, self.approvals),
            hints: self.hints,
            start: self.start,
            solution: self.solution,
            goals,
        })
    }
}

fn trial(
    goals: &[Goal],
    durations: BTreeMap<String, Seconds>,
    fails: BTreeMap<String, Vec<String>>,
    approvals: BTreeMap<String, Seconds>,
) -> Trial {
    let mut pushes: Vec<Trigger> = Vec::new();
    for trigger in goals.iter().filter_map(|goal| goal.wanted.push()).map(Push::trigger) {
        if !pushes.contains(&trigger) {
            pushes.push(trigger);
        }
    }
    let duration = |(target, seconds)| Duration { target, seconds };
    let run = RunInputs {
        durations: durations.into_iter().map(duration).collect(),
        approvals: approvals.into_iter().map(|(job, at)| Moment { job, at }).collect(),
        ..RunInputs::default()
    };
    let targets = |(check, targets): (String, Vec<String>)| {
        targets.into_iter().map(move |target| (check.clone(), target)).collect::<Vec<_>>()
    };
    Trial { run, fails: fails.into_iter().flat_map(targets).collect(), pushes }
}

/// Words of the libraries that say little to whoever writes a lesson, with better ones.
const WORDS: [(&str, &str); 12] = [
    ("expected a sequence", "expected a list"),
    ("expected a tuple of size 2", "expected a list of two names"),
    (" field `", " key `"),
    ("invalid type: map, expected a string", "a text is expected here: one with `: ` in it needs quotes"),
    ("did not find expected '-' indicator", "the indentation is that of no line above"),
    ("did not find expected key", "the indentation is that of no line above"),
    ("expected sequence of 2 elements", "expected two names"),
    ("expected u64", "expected whole seconds"),
    ("expected usize", "expected a whole number"),
    ("expected a map", "expected a mapping"),
    (
        "found character that cannot start any token",
        "a value cannot begin with a backtick, `@`, `%` or a tab: put the text into quotes",
    ),
    (
        "mapping values are not allowed in this context",
        "there is a colon where none can be: put a text with `: ` in it into quotes, and look at the indentation",
    ),
];

fn unreadable(error: &serde_yaml::Error) -> Fault {
    let line = error.location().map(|place| place.line());
    let message = error.to_string();
    // The place is said once, in front.
    let mut message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    for (words, better) in WORDS {
        if !message.contains(better) {
            message = message.replace(words, better);
        }
    }
    Fault { file: STEPS_FILE, line, message: numbered(&message) }
}

/// `steps[0].goals[2]: …` as `Step 1, goal 3: …`.
fn numbered(message: &str) -> String {
    let Some((path, what)) = message.split_once(": ") else { return message.to_owned() };
    let Some(inside) = path.strip_prefix("steps[") else { return message.to_owned() };
    let Some((step, rest)) = inside.split_once(']') else { return message.to_owned() };
    let Ok(step) = step.parse::<usize>() else { return message.to_owned() };
    let place = format!("Step {}", step + 1);
    let goal = rest.strip_prefix(".goals[").and_then(|rest| rest.split_once(']'));
    let goal = goal.and_then(|(goal, rest)| Some((goal.parse::<usize>().ok()?, rest)));
    let (place, rest) = match goal {
        Some((goal, rest)) => (format!("{place}, goal {}", goal + 1), rest),
        None => (place, rest),
    };
    match rest.strip_prefix('.') {
        Some(key) => format!("{place}, {}: {what}", shown(key)),
        None => format!("{place}: {what}"),
    }
}

/// A config stands beside the lesson: nothing leads out of its folder.
fn plain_name(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && !name.starts_with('.') && name.len() <= 100 && name.chars().all(plain) {
        return Ok(());
    }
    let name = shown(name);
    Err(format!(
        "{name} is no name of a file in the lesson's folder: those are of letters, digits, `-`, `_` and `.`"
    ))
}

impl Part for GoalFile {
    type Read = Goal;
    const LOOK: &'static str = "a goal: a mapping with its `text` and one thing to reach";

    fn read(self) -> Result<Goal, String> {
        let times = [self.wall, self.warm_wall, self.critical, self.compute];
        if times.into_iter().flatten().any(|time| time > LONGEST_TIME) {
            return Err(format!("times are in seconds, {LONGEST_TIME} at most"));
        }
        if self.clean == Some(false) {
            return Err("`clean` can only be `true`".to_owned());
        }
        let wanted = [
            self.parallel.map(Wanted::Parallel),
            self.succeeds.map(Wanted::Succeeds),
            self.downstream.map(|(job, of)| Wanted::Downstream(job, of)),
            self.edge.map(Wanted::Edge),
            self.no_edge.map(Wanted::NoEdge),
            self.gone.map(Wanted::Gone),
            self.clean.map(|_| Wanted::Clean),
            self.cache_hit.map(Wanted::CacheHit),
            self.wall.map(Wanted::Wall),
            self.warm_wall.map(Wanted::WarmWall),
            self.critical.map(Wanted::Critical),
            self.compute.map(Wanted::Compute),
            self.runs.map(Wanted::Runs),
            self.not_runs.map(Wanted::NotRuns),
            self.approval.map(Wanted::Approval),
            self.does.map(|jobs| Wanted::Does(jobs.into_iter().collect())),
            self.calls
                .map(|names| headed("calls", names))
                .transpose()?
                .map(|(job, called)| Wanted::Calls(job, called)),
            self.cache_key
                .map(|names| headed("cache-key", names))
                .transpose()?
                .map(|(job, files)| Wanted::CacheKey(job, files)),
            self.unpacks.map(|(job, file)| Wanted::Unpacks(job, file)),
            self.lines.map(Wanted::Lines),
        ];
        let mut wanted = wanted.into_iter().flatten();
        let (Some(wanted), None) = (wanted.next(), wanted.next()) else {
            return Err("it needs its `text` and one thing to reach, such as `clean: true`".to_owned());
        };
        match &wanted {
            Wanted::Parallel(jobs) if jobs.len() < 2 => {
                return Err("`parallel` needs two jobs or more".to_owned());
            }
            Wanted::Succeeds(jobs) if jobs.is_empty() => return Err("`succeeds` needs a job".to_owned()),
            Wanted::Does(jobs) if jobs.is_empty() || jobs.iter().any(|(_, steps)| steps.is_empty()) => {
                return Err("`does` needs a job, and for each a list of its steps".to_owned());
            }
            Wanted::Gone(ids) if ids.is_empty() => return Err("`gone` needs the id of a check".to_owned()),
            Wanted::Gone(ids) => ids.iter().try_for_each(|id| known_check(id))?,
            _ => {}
        }
        Ok(Goal { text: self.text, wanted })
    }
}

/// A job, and names that are about it.
fn headed(key: &str, names: Vec<String>) -> Result<(String, Vec<String>), String> {
    let mut names = names.into_iter();
    match (names.next(), names.collect::<Vec<String>>()) {
        (Some(job), rest) if !rest.is_empty() => Ok((job, rest)),
        _ => Err(format!("`{key}` needs a job and at least one name more")),
    }
}

fn known_check(id: &str) -> Result<(), String> {
    let is_known = check::ids().any(|known| known == id);
    is_known.then_some(()).ok_or_else(|| format!("there is no check {}", shown(id)))
}
