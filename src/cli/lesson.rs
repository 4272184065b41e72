use super::arguments;
use super::terminal::plain;
use super::{Problem, Status, files, output};
use crate::analysis::{Attempt, attempt};
use crate::lesson::{LONGEST_CONFIG, Lesson, STEPS_FILE, Step, TEXT_FILE, Wanted, read};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// `dryrun lesson`
pub(super) fn run(arguments: &arguments::Lesson) -> Result<Status, Problem> {
    let mut status = Status::Clean;
    for folder in &arguments.folders {
        let worse = match tried(folder_of(folder)) {
            Ok((text, worse)) => {
                output::write(&text)?;
                worse
            }
            // The other lessons are tried all the same.
            Err(problem) => problem.tell(),
        };
        status = status.max(worse);
    }
    Ok(status)
}

/// One of its files means the lesson.
fn folder_of(path: &Path) -> &Path {
    let is_part =
        path.is_file() && path.file_name().is_some_and(|name| name == STEPS_FILE || name == TEXT_FILE);
    let parent = path.parent().filter(|_| is_part);
    parent.map_or(path, |parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
}

fn tried(folder: &Path) -> Result<(String, Status), Problem> {
    let (steps, text) = (part(folder, STEPS_FILE)?, part(folder, TEXT_FILE)?);
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

/// A file of the lesson. Where it is not there, one of nearly that name may be: hosts tell `Start.yml` from
/// `start.yml`, and some systems do not.
fn part(folder: &Path, name: &str) -> Result<String, Problem> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let similar = names.iter().find(|other| other.eq_ignore_ascii_case(name));
    match similar {
        Some(other) if !names.iter().any(|other| other == name) => {
            let (folder, other) = (plain(&folder.display().to_string()), plain(other));
            Err(Problem(format!("there is no {name} in {folder}, but {other}: a web host tells them apart")))
        }
        _ => files::read(&folder.join(name)),
    }
}

/// What is said of a step, and whether it is as it should be.
fn step_tried(folder: &Path, lesson: &Lesson, index: usize, step: &Step) -> Result<(String, bool), Problem> {
    let mut told = String::new();
    let mut complain = |what: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(told, "     {what}");
    };
    let mut answer = |name: &str| {
        let text = part(folder, name)?;
        if text.len() > LONGEST_CONFIG {
            let (is, most) = (text.len().div_ceil(1024), LONGEST_CONFIG / 1024);
            complain(&format!("{name} has {is} KB: the page takes {most} KB for an answer"));
        }
        Ok(attempt(&text, step))
    };
    let start = answer(lesson.start_of(index).unwrap_or(&step.solution))?;
    let solution = answer(&step.solution)?;
    if solution.facts.errors > 0 {
        let path = plain(&folder.join(&step.solution).display().to_string());
        complain(&format!("the solution has errors, so it reaches nothing: see `dryrun check {path}`"));
    } else {
        for (goal, reached) in step.goals.iter().zip(&solution.goals) {
            if let Err(why) = reached {
                complain(&format!("the solution does not reach: {} ({})", plain(&goal.text), plain(why)));
            }
        }
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
    for name in step.goals.iter().flat_map(|goal| kept_apart(&goal.wanted)) {
        if !has_job(&start, name) && !has_job(&solution, name) {
            complain(&format!("there is no such job, so nothing leads to it or from it: {}", plain(name)));
        }
    }
    let good = told.is_empty();
    let figures = format!(
        "  {}. {}: {} s, then {} s (second run {} s, then {} s)\n",
        index + 1,
        plain(&step.title),
        start.facts.cold.wall,
        solution.facts.cold.wall,
        start.facts.warm.wall,
        solution.facts.warm.wall
    );
    Ok((figures + &told, good))
}

/// The jobs between which no line may lead. A goal about any other job is not reached where there is no such job.
fn kept_apart(wanted: &Wanted) -> impl Iterator<Item = &String> {
    let line = match wanted {
        Wanted::NoEdge(line) => Some(line),
        _ => None,
    };
    line.into_iter().flat_map(|line| line.from.iter().chain(&line.to))
}

fn has_job(attempt: &Attempt, name: &str) -> bool {
    attempt.facts.contents.iter().any(|content| content.job == name)
}
