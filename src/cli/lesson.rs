use super::arguments;
use super::terminal::plain;
use super::{Problem, Status, files, output};
use crate::analysis::{Attempt, attempt};
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
        start.cold.wall,
        solution.cold.wall,
        start.warm.wall,
        solution.warm.wall
    );
    let mut good = true;
    let mut complain = |what: &str| {
        good = false;
        // Writing to a string cannot fail.
        let _ = writeln!(told, "     {what}");
    };
    for (goal, held) in step.goals.iter().zip(&solution.held) {
        if !held {
            complain(&format!("the solution does not reach: {}", plain(&goal.text)));
        }
    }
    if solution.errors > 0 {
        complain("the solution has errors: see `dryrun check`");
    }
    if passes(&start) {
        complain("the start reaches all goals already");
    }
    for name in [&start, &solution].iter().flat_map(|attempt| &attempt.cold.unmatched) {
        if start.cold.unmatched.contains(name) && solution.cold.unmatched.contains(name) {
            complain(&format!("`durations` names no step: {}", plain(name)));
        }
    }
    Ok((told, good))
}

fn passes(attempt: &Attempt) -> bool {
    attempt.held.iter().all(|held| *held)
}
