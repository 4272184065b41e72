//! Whether a goal is reached, and what there is in place of it.

use super::facts::{Facts, JobFacts, Restored, RunFacts};
use super::goal::{Push, Wanted};
use super::{contents, lines};
use crate::compile::Runs;
use crate::diagnostic::shown;
use crate::simulate::{JobState, Seconds, length};

/// Whether `wanted` is so. A config with errors reaches nothing: CircleCI would not run it.
///
/// # Errors
///
/// What is so instead: one line of Markdown, which does not tell what to do about it.
pub fn judge(wanted: &Wanted, facts: &Facts) -> Result<(), String> {
    let Facts { graphs, contents: inside, cold, warm, .. } = facts;
    if facts.errors > 0 {
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
            lines::present(graphs, inside, line)
        }
        Wanted::NoEdge(line) => ran(cold).and_then(|()| lines::absent(graphs, line)),
        Wanted::Gone(ids) => gone(ids, facts),
        Wanted::Clean => match facts.problems {
            0 => Ok(()),
            1 => Err("There is one, in the list of problems".to_owned()),
            more => Err(format!("There are {more}, in the list of problems")),
        },
        Wanted::CacheHit(name) => cache_hit(warm, name),
        Wanted::Wall(most) => within(cold, cold.wall, *most, "It takes"),
        Wanted::WarmWall(most) => within(cold, warm.wall, *most, "It takes"),
        Wanted::Critical(most) => within(cold, cold.critical, *most, "The longest chain of jobs takes"),
        Wanted::Compute(most) => within(cold, cold.compute, *most, "All containers together run"),
        Wanted::Runs(push) => pushed(facts, push, true),
        Wanted::NotRuns(push) => pushed(facts, push, false),
        Wanted::Approval(name) => {
            known(cold, [name])?;
            let asks = jobs(cold, name).any(|job| job.asks);
            asks.then_some(()).ok_or_else(|| format!("{} waits for nobody", shown(name)))
        }
        Wanted::Does(steps) => steps.iter().try_for_each(|(name, steps)| {
            known(cold, [name])?;
            contents::does(inside, name, steps)
        }),
        Wanted::Calls(name, called) => {
            known(cold, [name])?;
            contents::calls(inside, name, called)
        }
        Wanted::CacheKey(name, files) => {
            known(cold, [name])?;
            contents::cache_key(inside, name, files)
        }
        Wanted::Unpacks(name, file) => {
            known(cold, [name])?;
            contents::unpacks(inside, name, file)
        }
        Wanted::Lines(most) if facts.lines <= *most => Ok(()),
        Wanted::Lines(_) => Err(format!("It has {} lines", facts.lines)),
    }
}

/// The jobs of that name, of all workflows.
fn jobs<'r>(run: &'r RunFacts, name: &str) -> impl Iterator<Item = &'r JobFacts> {
    run.jobs.iter().filter(move |job| job.name == name)
}

fn no_job(name: &str) -> String {
    format!("No workflow has a job {}", shown(name))
}

/// All of these jobs are there.
fn known<'n>(run: &RunFacts, names: impl IntoIterator<Item = &'n String>) -> Result<(), String> {
    match names.into_iter().find(|name| jobs(run, name).next().is_none()) {
        Some(name) => Err(no_job(name)),
        None => Ok(()),
    }
}

fn ran(run: &RunFacts) -> Result<(), String> {
    run.runs.then_some(()).ok_or_else(|| "Nothing runs".to_owned())
}

fn within(run: &RunFacts, seconds: Seconds, most: Seconds, takes: &str) -> Result<(), String> {
    ran(run)?;
    if seconds <= most { Ok(()) } else { Err(format!("{takes} {}", length(seconds))) }
}

/// There is a moment in which one job of each name runs. Of several times the first counts: a lesson's jobs run
/// once.
fn parallel(run: &RunFacts, names: &[String]) -> Result<(), String> {
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

fn succeeds(run: &RunFacts, name: &str) -> Result<(), String> {
    let mut ends = jobs(run, name).map(|job| job.state);
    match ends.find(|state| *state != JobState::Success) {
        Some(state) => Err(format!("{} ends as {}", shown(name), state.words())),
        None => jobs(run, name).next().map(|_| ()).ok_or_else(|| no_job(name)),
    }
}

fn gone(ids: &[String], facts: &Facts) -> Result<(), String> {
    for id in ids {
        if facts.found.contains(id) {
            return Err(format!("{} is still in the list of problems", shown(id)));
        }
        if facts.ignored.contains(id) {
            return Err(format!("A comment hides {}; it is still there", shown(id)));
        }
    }
    Ok(())
}

/// A job of that name finds a cache.
fn cache_hit(run: &RunFacts, name: &str) -> Result<(), String> {
    let any = |outcome: Restored| jobs(run, name).any(|job| job.cache == outcome);
    if any(Restored::Found) {
        return Ok(());
    }
    known(run, [&name.to_owned()])?;
    let missed = any(Restored::Missed);
    let name = shown(name);
    Err(if missed {
        format!("{name} looks for a cache and finds none")
    } else {
        format!("{name} restores no cache")
    })
}

/// The push has the job run, or leaves it out, as is `wanted`.
fn pushed(facts: &Facts, push: &Push, wanted: bool) -> Result<(), String> {
    let trigger = push.trigger();
    let tried = facts.pushes.iter().find(|(tried, _)| *tried == trigger);
    let mut runs = None;
    for (_, of_job) in tried.iter().flat_map(|(_, jobs)| jobs).filter(|(name, _)| *name == push.job) {
        if runs != Some(Runs::Yes) {
            runs = Some(*of_job);
        }
    }
    let name = shown(&push.job);
    match runs {
        None => Err(no_job(&push.job)),
        Some(Runs::Unknown) => Err(format!("Whether {name} runs cannot be told")),
        Some(Runs::Yes) if wanted => Ok(()),
        Some(Runs::No) if !wanted => Ok(()),
        Some(Runs::Yes) => Err(format!("This push runs {name}")),
        Some(Runs::No) => Err(format!("This push leaves {name} out")),
    }
}
