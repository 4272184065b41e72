use super::arguments;
use super::terminal::plain;
use super::{Problem, Status, files, output};
use crate::analysis::attempt;
use crate::lesson::{Lesson, STEPS_FILE, Step, TEXT_FILE, read};
use std::fmt::Write;
use std::path::Path;

/// `dryrun lesson`
pub(super) fn run(arguments: &arguments::Lesson) -> Result<Status, Problem> {
    let mut status = Status::Clean;
    for folder in &arguments.folders {
        let (text, worse) = tried(folder)?;
        output::write(&text)?;
        status = status.max(worse);
    }
    Ok(status)
}

fn tried(folder: &Path) -> Result<(String, Status), Problem> {
    let (steps, text) = (files::read(&folder.join(STEPS_FILE))?, files::read(&folder.join(TEXT_FILE))?);
    let lesson = match read(&steps, &text) {
        Ok(lesson) => lesson,
        Err(fault) => {
            let place = plain(&folder.display().to_string());
            return Ok((format!("{place}/{}\n", plain(&fault.to_string())), Status::Errors));
        }
    };
    let mut told = format!("{}\n", plain(&lesson.title));
    let mut status = Status::Clean;
    for (index, step) in lesson.steps.iter().enumerate() {
        let (line, good) = step_tried(folder, &lesson, index, step)?;
        told.push_str(&line);
        status = status.max(if good { Status::Clean } else { Status::Errors });
    }
    Ok((told, status))
}

/// What is said of a step, and whether it is as it should be.
fn step_tried(folder: &Path, lesson: &Lesson, index: usize, step: &Step) -> Result<(String, bool), Problem> {
    let answer = |name: &str| Ok(attempt(&files::read(&folder.join(name))?, step));
    let start = answer(lesson.start_of(index).unwrap_or(&step.solution))?;
    let solution = answer(&step.solution)?;
    let mut told = format!(
        "  {}. {}: {} s, then {} s (second run {} s, then {} s)\n",
        index + 1,
        plain(&step.title),
        start.facts.cold.wall,
        solution.facts.cold.wall,
        start.facts.warm.wall,
        solution.facts.warm.wall
    );
    let mut good = true;
    let mut complain = |what: &str| {
        good = false;
        // Writing to a string cannot fail.
        let _ = writeln!(told, "     {what}");
    };
    for (goal, reached) in step.goals.iter().zip(&solution.goals) {
        if let Err(why) = reached {
            complain(&format!("the solution does not reach: {} ({})", plain(&goal.text), plain(why)));
        }
    }
    if solution.facts.errors > 0 {
        complain("the solution has errors: see `dryrun check`");
    }
    if start.passes() {
        complain("the start reaches all goals already");
    }
    for name in &start.facts.unmatched {
        // What is to fail is in the start; what takes time or is approved may be in the solution only.
        let fails = step.trial.fails.iter().any(|(_, target)| target == name);
        if fails || solution.facts.unmatched.contains(name) {
            complain(&format!("there is no such job or step: {}", plain(name)));
        }
    }
    Ok((told, good))
}
