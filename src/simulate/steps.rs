//! The steps of a compiled job, as far as a run goes through them.

use super::Seconds;
use super::duration::Work;
use crate::compile::Value;
use crate::flow;
use crate::yaml::Data;

/// A step.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Its name, else the first line of its command, else what it is.
    pub(super) name: String,
    /// What it is: `run`, `checkout`.
    pub(super) word: String,
    pub(super) work: Work,
    /// Given, or assumed.
    pub(super) seconds: Seconds,
    /// Somebody gave its seconds: a found cache does not shorten it.
    pub(super) given: bool,
    /// The step of the job that restores what it would install.
    pub(super) cached_by: Option<usize>,
    pub(super) when: When,
    /// How often it is tried again after it failed, and how long after.
    pub(super) reruns: u32,
    pub(super) delay: Seconds,
    pub(super) fails: Fails,
    /// What an event of the workspace says of it.
    pub(super) paths: Vec<String>,
}

/// After what a step runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Success,
    Failure,
    Always,
}

/// How often a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fails {
    Times(u32),
    Always,
}

/// Longer names of steps are cut: a command may be a script.
const LONGEST_NAME: usize = 80;

/// The steps of `job`, whose data flow is `flow`.
pub(super) fn read(job: &Value, flow: &flow::Job) -> Vec<Step> {
    let steps = job.get("steps").map(Value::items).unwrap_or_default();
    steps.iter().enumerate().map(|(index, step)| read_step(step, flow.steps.get(index))).collect()
}

/// One step that stands for all of a job whose steps are not known.
pub(super) fn whole(work: Work, name: &str) -> Step {
    Step {
        name: name.to_owned(),
        word: String::new(),
        work,
        seconds: work.seconds(),
        given: false,
        cached_by: None,
        when: When::Success,
        reruns: 0,
        delay: 0,
        fails: Fails::Times(0),
        paths: Vec::new(),
    }
}

fn read_step(step: &Value, flow: Option<&flow::Step>) -> Step {
    let (word, options) = match &step.data {
        Data::Map(entries) => match entries.first() {
            Some((key, value)) => (key.text.as_str(), Some(value)),
            None => ("", None),
        },
        _ => (step.text().unwrap_or_default(), None),
    };
    let text = |key: &str| options.and_then(|options| options.get(key)).and_then(Value::text);
    let background =
        matches!(options.and_then(|o| o.get("background")), Some(Value { data: Data::Bool(true), .. }));
    let (mut kind, mut cached_by, mut paths) = (Work::Other, None, Vec::new());
    match flow.map(|step| &step.kind) {
        Some(flow::StepKind::Checkout) => kind = Work::Checkout,
        Some(flow::StepKind::Run(_)) | None if background => kind = Work::Background,
        Some(flow::StepKind::Run(run)) => {
            kind = if run.installs.is_some() { Work::Install } else { Work::Run };
            cached_by = run.cached_by;
        }
        Some(flow::StepKind::Persist(persist)) => {
            kind = Work::Persist;
            paths = persist.paths.iter().map(|path| path.written.text.clone()).collect();
        }
        Some(flow::StepKind::Attach(_)) => kind = Work::Attach,
        Some(flow::StepKind::Save(_)) => kind = Work::Save,
        Some(flow::StepKind::Restore(_)) => kind = Work::Restore,
        Some(flow::StepKind::Unknown) => kind = Work::OpaqueStep,
        Some(flow::StepKind::Other) => {}
        None => kind = if matches!(word, "run" | "deploy") { Work::Run } else { Work::OpaqueStep },
    }
    let name = text("name").or_else(|| text("command").and_then(first_line)).unwrap_or(word);
    Step {
        name: name.chars().take(LONGEST_NAME).collect(),
        word: word.to_owned(),
        when: match text("when") {
            Some("on_fail") => When::Failure,
            Some("always") => When::Always,
            // Documented: both run after failures too.
            _ if matches!(word, "store_artifacts" | "store_test_results") => When::Always,
            _ => When::Success,
        },
        reruns: match options.and_then(|options| options.get("max_auto_reruns")).map(|value| &value.data) {
            Some(Data::Int(count)) => u32::try_from(*count).unwrap_or_default().min(5),
            _ => 0,
        },
        delay: text("auto_rerun_delay").and_then(length).unwrap_or_default(),
        cached_by,
        paths,
        ..whole(kind, word)
    }
}

fn first_line(command: &str) -> Option<&str> {
    command.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))
}

/// `90s` or `2m`, in seconds.
fn length(text: &str) -> Option<Seconds> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: Seconds = number.parse().ok()?;
    match unit {
        "s" => Some(number),
        "m" => number.checked_mul(60),
        _ => None,
    }
}
