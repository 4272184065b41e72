//! `lesson.yml`, as its author wrote it, and what is wrong with it.

use super::goal::{Goal, Line, Push, Wanted};
use super::{Fault, Lesson, STEPS_FILE, Step, Trial, prose};
use crate::check;
use crate::compile::Trigger;
use crate::diagnostic::shown;
use crate::simulate::{Duration, Moment, RunInputs, Seconds};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Longer files are no lessons.
const LONGEST_FILE: usize = 64 * 1024;
/// A goal about time beyond this is a slip of the pen.
const LONGEST_TIME: Seconds = 1_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LessonFile {
    steps: Vec<StepFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepFile {
    start: Option<String>,
    solution: String,
    #[serde(default)]
    hints: Vec<String>,
    goals: Vec<GoalFile>,
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
    step: Option<(String, String)>,
    lines: Option<usize>,
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
    let file: LessonFile = serde_yaml::from_str(steps).map_err(|error| unreadable(&error))?;
    let prose = prose::read(text)?;
    if file.steps.is_empty() {
        return Err(Fault::new(STEPS_FILE, "There are no steps"));
    }
    if file.steps.len() != prose.steps.len() {
        let message = format!(
            "There are {} steps here, and {} in {STEPS_FILE}: each needs a heading such as `## The task`",
            prose.steps.len(),
            file.steps.len()
        );
        return Err(Fault::new(super::TEXT_FILE, message));
    }
    let mut lesson = Lesson { title: prose.title, intro: prose.intro, steps: Vec::new() };
    for (index, (file, (title, task))) in file.steps.into_iter().zip(prose.steps).enumerate() {
        let wrong = |message: String| Fault::new(STEPS_FILE, format!("Step {}: {message}", index + 1));
        if index == 0 && file.start.is_none() {
            return Err(wrong("the first step needs a `start`".to_owned()));
        }
        for name in file.start.iter().chain([&file.solution]) {
            plain_name(name).map_err(wrong)?;
        }
        if file.goals.is_empty() {
            return Err(wrong("it has no goals".to_owned()));
        }
        let goals = file.goals.into_iter().enumerate();
        let goals = goals
            .map(|(at, goal)| goal.read().map_err(|message| wrong(format!("goal {}: {message}", at + 1))))
            .collect::<Result<Vec<Goal>, _>>()?;
        file.fails
            .keys()
            .try_for_each(|id| known_check(id))
            .map_err(|message| wrong(format!("`fails`: {message}")))?;
        let trial = trial(&goals, file.durations, file.fails, file.approvals);
        let (hints, start, solution) = (file.hints, file.start, file.solution);
        lesson.steps.push(Step { title, task, hints, start, solution, goals, trial });
    }
    Ok(lesson)
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

fn unreadable(error: &serde_yaml::Error) -> Fault {
    let line = error.location().map(|place| place.line());
    let message = error.to_string();
    // The place is said once, in front.
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    Fault { file: STEPS_FILE, line, message }
}

/// A config stands beside the lesson: nothing leads out of its folder.
fn plain_name(name: &str) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !name.is_empty() && !name.starts_with('.') && name.len() <= 100 && name.chars().all(plain) {
        return Ok(());
    }
    Err("a config is called by the name of a file in the lesson's folder, such as `start.yml`".to_owned())
}

impl GoalFile {
    fn read(self) -> Result<Goal, String> {
        let short = |time: &Seconds| *time <= LONGEST_TIME;
        let wanted = [
            self.parallel.map(Wanted::Parallel),
            self.succeeds.map(Wanted::Succeeds),
            self.downstream.map(|(job, of)| Wanted::Downstream(job, of)),
            self.edge.map(Wanted::Edge),
            self.no_edge.map(Wanted::NoEdge),
            self.gone.map(Wanted::Gone),
            self.clean.filter(|clean| *clean).map(|_| Wanted::Clean),
            self.cache_hit.map(Wanted::CacheHit),
            self.wall.filter(short).map(Wanted::Wall),
            self.warm_wall.filter(short).map(Wanted::WarmWall),
            self.critical.filter(short).map(Wanted::Critical),
            self.compute.filter(short).map(Wanted::Compute),
            self.runs.map(Wanted::Runs),
            self.not_runs.map(Wanted::NotRuns),
            self.approval.map(Wanted::Approval),
            self.step.map(|(job, step)| Wanted::Step(job, step)),
            self.lines.map(Wanted::Lines),
        ];
        let mut wanted = wanted.into_iter().flatten();
        let (Some(only), None) = (wanted.next(), wanted.next()) else {
            return Err("it needs its `text` and one thing to reach, such as `clean: true`".to_owned());
        };
        match &only {
            Wanted::Parallel(jobs) if jobs.len() < 2 => Err("`parallel` needs two jobs or more".to_owned()),
            Wanted::Succeeds(jobs) if jobs.is_empty() => Err("`succeeds` needs a job".to_owned()),
            Wanted::Gone(ids) if ids.is_empty() => Err("`gone` needs the id of a check".to_owned()),
            Wanted::Gone(ids) => {
                ids.iter().try_for_each(|id| known_check(id))?;
                Ok(Goal { text: self.text, wanted: only })
            }
            _ => Ok(Goal { text: self.text, wanted: only }),
        }
    }
}

fn known_check(id: &str) -> Result<(), String> {
    let is_known = check::ids().any(|known| known == id);
    is_known.then_some(()).ok_or_else(|| format!("there is no check {}", shown(id)))
}
