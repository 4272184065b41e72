use super::{Inputs, RunInputs, analyze};
use crate::compile::Trigger;
use crate::diagnostic::Severity;
use crate::lesson::{Evidence, Push, Step, judge};
use crate::simulate::Run;
use crate::text::{Sources, Span};

/// What a config comes to as an answer to a step of a lesson.
#[derive(Debug)]
pub struct Attempt {
    /// By index the goals of the step: reached, or what is so instead, as [`judge`] has it.
    pub goals: Vec<Result<(), String>>,
    pub errors: u32,
    /// The first run, and the one after it.
    pub cold: Run<Span>,
    pub warm: Run<Span>,
}

impl Attempt {
    /// Whether all goals are reached.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.goals.iter().all(Result::is_ok)
    }
}

/// Holds the config `text` against the goals of `step`.
#[must_use]
pub fn attempt(text: &str, step: &Step) -> Attempt {
    let sources = Sources::new("config.yml", text);
    let analysis = analyze(&sources, &Inputs::default());
    let is_problem = |severity| severity <= Severity::Warning;
    let problems = analysis.diagnostics.iter().filter(|diagnostic| is_problem(diagnostic.severity)).count();
    let found: Vec<&str> = analysis.diagnostics.iter().map(|diagnostic| diagnostic.check).collect();
    let ignored: Vec<&str> = analysis.ignored.iter().map(|ignored| ignored.diagnostic.check).collect();
    // What a comment hides happens all the same.
    let all: Vec<&str> = found.iter().chain(&ignored).copied().collect();
    let run = |warm| analysis.simulate(&step.run_inputs(&all, warm));
    let (cold, warm) = (run(false), run(true));
    let pushes: Vec<(Push, Run<Span>)> = (step.goals.iter())
        .filter_map(|goal| goal.wanted.push())
        .map(|push| (push.clone(), pushed(&sources, push)))
        .collect();
    let evidence = Evidence {
        graphs: &analysis.graphs,
        found: &found,
        problems,
        ignored: &ignored,
        text,
        cold: &cold,
        warm: &warm,
        pushes: &pushes,
    };
    let goals = step.goals.iter().map(|goal| judge(&goal.wanted, &evidence)).collect();
    Attempt { goals, errors: cold.errors, cold, warm }
}

/// Which jobs `push` starts. Looked at anew: conditions may ask for the branch.
fn pushed(sources: &Sources, push: &Push) -> Run<Span> {
    let trigger = match (&push.tag, &push.branch) {
        (Some(tag), _) => Trigger::Tag(tag.clone()),
        (None, Some(branch)) => Trigger::Branch(branch.clone()),
        (None, None) => Trigger::default(),
    };
    analyze(sources, &Inputs { trigger, ..Inputs::default() }).simulate(&RunInputs::default())
}
