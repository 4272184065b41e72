//! Whether a goal is reached, and what there is in place of it.

use super::goal::{Push, Wanted};
use super::lines;
use crate::diagnostic::shown;
use crate::graph::{Graph, JobKind, Runs};
use crate::simulate::{EventKind, JobRun, JobState, Run, Seconds, length};

/// What is known of a config. `P` is a place in a text, in which no goal is interested.
#[derive(Debug)]
pub struct Evidence<'a, P> {
    pub graphs: &'a [Graph],
    /// The ids of the checks behind each finding, hints too.
    pub found: &'a [&'a str],
    /// How many of the findings are errors or warnings.
    pub problems: usize,
    /// The ids of the checks behind each finding that a comment asks to ignore.
    pub ignored: &'a [&'a str],
    pub text: &'a str,
    /// The first run.
    pub cold: &'a Run<P>,
    /// The run after it, with its caches.
    pub warm: &'a Run<P>,
    /// What other pushes start; see [`Wanted::push`].
    pub pushes: &'a [(Push, Run<P>)],
}

/// Whether `wanted` is so. A config with errors reaches nothing: CircleCI would not run it.
///
/// # Errors
///
/// What is so instead: one line of Markdown, which does not tell what to do about it.
pub fn judge<P>(wanted: &Wanted, evidence: &Evidence<'_, P>) -> Result<(), String> {
    let Evidence { graphs, found, problems, ignored, text, cold, warm, pushes } = evidence;
    if cold.errors > 0 {
        return Err("The config has errors".to_owned());
    }
    match wanted {
        Wanted::Parallel(names) => parallel(cold, names),
        Wanted::Succeeds(names) => names.iter().try_for_each(|name| succeeds(cold, name)),
        Wanted::Downstream(name, of) => {
            known(cold, [of, name])?;
            lines::downstream(graphs, name, of)
        }
        Wanted::Edge(line) => {
            known(cold, line.from.iter().chain(&line.to))?;
            lines::present(graphs, line)
        }
        Wanted::NoEdge(line) => ran(cold).and_then(|()| lines::absent(graphs, line)),
        Wanted::Gone(ids) => gone(ids, found, ignored),
        Wanted::Clean => match problems {
            0 => Ok(()),
            1 => Err("There is one, in the list of problems".to_owned()),
            more => Err(format!("There are {more}, in the list of problems")),
        },
        Wanted::CacheHit(name) => cache_hit(warm, name),
        Wanted::Wall(most) => within(cold, cold.wall, *most, "It takes"),
        Wanted::WarmWall(most) => within(cold, warm.wall, *most, "It takes"),
        Wanted::Critical(most) => {
            let longest = cold.workflows.iter().map(|workflow| workflow.critical).max();
            within(cold, longest.unwrap_or_default(), *most, "The longest chain of jobs takes")
        }
        Wanted::Compute(most) => within(cold, cold.compute, *most, "All of them together run"),
        Wanted::Runs(push) => pushed(pushes, push, true),
        Wanted::NotRuns(push) => pushed(pushes, push, false),
        Wanted::Approval(name) => {
            known(cold, [name])?;
            let is_approval = jobs(cold, name).any(|job| job.kind == JobKind::Approval);
            is_approval.then_some(()).ok_or_else(|| format!("{} waits for nobody", shown(name)))
        }
        Wanted::Step(name, step) => {
            known(cold, [name])?;
            let has_step = jobs(cold, name).any(|job| job.steps.iter().any(|s| s.name == *step));
            has_step.then_some(()).ok_or_else(|| format!("{} has no step {}", shown(name), shown(step)))
        }
        Wanted::Lines(most) => match text.lines().filter(|line| counts(line)).count() {
            count if count <= *most => Ok(()),
            count => Err(format!("It has {count}")),
        },
    }
}

fn counts(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

/// The jobs of that name, of all workflows.
fn jobs<'r, P>(run: &'r Run<P>, name: &str) -> impl Iterator<Item = &'r JobRun<P>> {
    let all = run.workflows.iter().flat_map(|workflow| &workflow.jobs);
    all.filter(move |job| job.name == name)
}

fn no_job(name: &str) -> String {
    format!("No workflow has a job {}", shown(name))
}

/// All of these jobs are there.
fn known<'n, P>(run: &Run<P>, names: impl IntoIterator<Item = &'n String>) -> Result<(), String> {
    match names.into_iter().find(|name| jobs(run, name).next().is_none()) {
        Some(name) => Err(no_job(name)),
        None => Ok(()),
    }
}

fn ran<P>(run: &Run<P>) -> Result<(), String> {
    let any = run.workflows.iter().any(|workflow| workflow.runs == Runs::Yes);
    any.then_some(()).ok_or_else(|| "Nothing runs".to_owned())
}

fn within<P>(run: &Run<P>, seconds: Seconds, most: Seconds, takes: &str) -> Result<(), String> {
    ran(run)?;
    if seconds <= most { Ok(()) } else { Err(format!("{takes} {}", length(seconds))) }
}

/// There is a moment in which one job of each name runs. Of several times the first counts: a lesson's jobs run
/// once.
fn parallel<P>(run: &Run<P>, names: &[String]) -> Result<(), String> {
    known(run, names)?;
    let mut times = Vec::new();
    for name in names {
        let mut bars = jobs(run, name).flat_map(|job| &job.bars);
        let bar = bars.find(|bar| bar.state == JobState::Running);
        let bar = bar.ok_or_else(|| format!("{} does not run", shown(name)))?;
        times.push((name, bar.start, bar.end.unwrap_or(Seconds::MAX)));
    }
    let (Some(first), Some(last)) =
        (times.iter().min_by_key(|(_, _, end)| *end), times.iter().max_by_key(|(_, start, _)| *start))
    else {
        return Ok(());
    };
    if last.1 < first.2 {
        return Ok(());
    }
    let (ended, begun) = (length(first.2), length(last.1));
    Err(format!("{} is done after {ended}, {} begins after {begun}", shown(first.0), shown(last.0)))
}

fn succeeds<P>(run: &Run<P>, name: &str) -> Result<(), String> {
    let mut ends = jobs(run, name).map(|job| job.state);
    match ends.find(|state| *state != JobState::Success) {
        Some(state) => Err(format!("{} ends as {}", shown(name), state.words())),
        None => jobs(run, name).next().map(|_| ()).ok_or_else(|| no_job(name)),
    }
}

fn gone(ids: &[String], found: &[&str], ignored: &[&str]) -> Result<(), String> {
    for id in ids {
        if found.contains(&id.as_str()) {
            return Err(format!("{} still finds something", shown(id)));
        }
        if ignored.contains(&id.as_str()) {
            return Err(format!("A comment hides what {} finds; it is still there", shown(id)));
        }
    }
    Ok(())
}

/// A job of that name finds a cache.
fn cache_hit<P>(run: &Run<P>, name: &str) -> Result<(), String> {
    let mut looked = false;
    for workflow in &run.workflows {
        for event in &workflow.events {
            let of = event.job.and_then(|job| workflow.jobs.get(job as usize));
            match event.kind {
                _ if of.is_none_or(|job| job.name != name) => {}
                EventKind::CacheHit { .. } => return Ok(()),
                EventKind::CacheMiss { .. } | EventKind::CacheUnknown { .. } => looked = true,
                _ => {}
            }
        }
    }
    known(run, [&name.to_owned()])?;
    let name = shown(name);
    Err(if looked { format!("{name} looks for one and finds none") } else { format!("{name} restores none") })
}

/// The push has the job run, or leaves it out, as is `wanted`.
fn pushed<P>(pushes: &[(Push, Run<P>)], push: &Push, wanted: bool) -> Result<(), String> {
    let run = pushes.iter().find(|(tried, _)| tried.branch == push.branch && tried.tag == push.tag);
    let workflows = run.map_or(&[][..], |(_, run)| &run.workflows);
    let mut runs = None;
    for workflow in workflows {
        for job in workflow.jobs.iter().filter(|job| job.name == push.job) {
            let both = match (workflow.runs, job.runs) {
                (Runs::Yes, Runs::Yes) => Runs::Yes,
                (Runs::No, _) | (_, Runs::No) => Runs::No,
                _ => Runs::Unknown,
            };
            if runs != Some(Runs::Yes) {
                runs = Some(both);
            }
        }
    }
    let name = shown(&push.job);
    match runs {
        None => Err(no_job(&push.job)),
        Some(Runs::Unknown) => Err(format!("Whether {name} runs cannot be told")),
        Some(Runs::Yes) if wanted => Ok(()),
        Some(Runs::No) if !wanted => Ok(()),
        Some(Runs::Yes) => Err(format!("It runs {name}")),
        Some(Runs::No) => Err(format!("It leaves {name} out")),
    }
}
