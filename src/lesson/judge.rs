use super::goal::{Line, Push, Wanted};
use crate::graph::{EdgeKind, Graph, JobKind, NodeId, Runs};
use crate::simulate::{EventKind, JobRun, JobState, Run};

/// What is known of a config. `P` is a place in a text, in which no goal is interested.
#[derive(Debug)]
pub struct Evidence<'a, P> {
    pub graphs: &'a [Graph],
    /// The ids of the checks behind each finding, hints too.
    pub found: &'a [&'a str],
    /// There are neither errors nor warnings.
    pub clean: bool,
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
pub fn judge<P>(wanted: &Wanted, evidence: &Evidence<'_, P>) -> bool {
    let Evidence { graphs, found, clean, ignored, text, cold, warm, pushes } = evidence;
    if cold.errors > 0 {
        return false;
    }
    let ran = || cold.workflows.iter().any(|workflow| workflow.runs == Runs::Yes);
    match wanted {
        Wanted::Parallel(jobs) => parallel(cold, jobs),
        Wanted::Downstream(job, of) => graphs.iter().any(|graph| downstream(graph, job, of)),
        Wanted::Edge(line) => graphs.iter().any(|graph| has_line(graph, line)),
        Wanted::NoEdge(line) => ran() && !graphs.iter().any(|graph| has_line(graph, line)),
        Wanted::Gone(ids) => !ids.iter().any(|id| found.iter().chain(*ignored).any(|found| found == id)),
        Wanted::Clean => *clean,
        Wanted::CacheHit(job) => hits(warm, job),
        Wanted::Wall(most) => ran() && cold.wall <= *most,
        Wanted::WarmWall(most) => ran() && warm.wall <= *most,
        Wanted::Critical(most) => ran() && cold.workflows.iter().all(|workflow| workflow.critical <= *most),
        Wanted::Compute(most) => ran() && cold.compute <= *most,
        Wanted::Runs(push) => pushed(pushes, push) == Some(true),
        Wanted::NotRuns(push) => pushed(pushes, push) == Some(false),
        Wanted::Approval(job) => jobs(cold, job).any(|job| job.kind == JobKind::Approval),
        Wanted::Step(job, step) => jobs(cold, job).any(|job| job.steps.iter().any(|s| s.name == *step)),
        Wanted::Lines(most) => text.lines().filter(|line| counts(line)).count() <= *most,
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

/// Whether there is a moment in which one job of each name runs. Of several times the first counts: a lesson's
/// jobs run once.
fn parallel<P>(run: &Run<P>, names: &[String]) -> bool {
    let times = names.iter().map(|name| {
        let mut bars = jobs(run, name).flat_map(|job| &job.bars);
        let bar = bars.find(|bar| bar.state == JobState::Running)?;
        Some((bar.start, bar.end.unwrap_or(u64::MAX)))
    });
    let Some(times) = times.collect::<Option<Vec<_>>>() else { return false };
    let latest = times.iter().map(|(start, _)| *start).max();
    let earliest = times.iter().map(|(_, end)| *end).min();
    latest < earliest
}

fn nodes<'g>(graph: &'g Graph, name: &str) -> impl Iterator<Item = NodeId> + 'g {
    let wanted: Vec<bool> = graph.nodes.iter().map(|node| node.name == name).collect();
    (0..).zip(wanted).filter(|(_, wanted)| *wanted).map(|(index, _)| NodeId(index))
}

/// Whether a chain of requirements leads from a job `of` to a job `name`.
fn downstream(graph: &Graph, name: &str, of: &str) -> bool {
    let ends: Vec<NodeId> = nodes(graph, name).collect();
    let mut waiting_for: Vec<Vec<NodeId>> = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Requires { .. })) {
        if let Some(list) = waiting_for.get_mut(edge.from.0 as usize) {
            list.push(edge.to);
        }
    }
    let mut seen = vec![false; graph.nodes.len()];
    let mut open: Vec<NodeId> = nodes(graph, of).collect();
    while let Some(node) = open.pop() {
        for next in waiting_for.get(node.0 as usize).into_iter().flatten() {
            if let Some(seen) = seen.get_mut(next.0 as usize).filter(|seen| !**seen) {
                *seen = true;
                open.push(*next);
            }
        }
    }
    ends.iter().any(|end| seen.get(end.0 as usize) == Some(&true))
}

fn has_line(graph: &Graph, line: &Line) -> bool {
    let is = |wanted: &Option<String>, id: NodeId| {
        let name = graph.nodes.get(id.0 as usize).map(|node| node.name.as_str());
        wanted.is_none() || wanted.as_deref() == name
    };
    let mut edges = graph.edges.iter().filter(|edge| edge.kind.name() == line.kind.name());
    edges.any(|edge| is(&line.from, edge.from) && is(&line.to, edge.to))
}

/// Whether a job of that name finds a cache.
fn hits<P>(run: &Run<P>, name: &str) -> bool {
    run.workflows.iter().any(|workflow| {
        let hit = |kind: &EventKind| matches!(kind, EventKind::CacheHit { .. });
        let found = workflow.events.iter().filter(|event| hit(&event.kind)).filter_map(|event| event.job);
        let named = |job: u32| workflow.jobs.get(job as usize).is_some_and(|job| job.name == name);
        found.into_iter().any(named)
    })
}

/// Whether the push has the job run; nothing where there is no such job, or where that cannot be told.
fn pushed<P>(pushes: &[(Push, Run<P>)], push: &Push) -> Option<bool> {
    let (_, run) = pushes.iter().find(|(tried, _)| tried.branch == push.branch && tried.tag == push.tag)?;
    let mut known = None;
    for workflow in &run.workflows {
        for job in workflow.jobs.iter().filter(|job| job.name == push.job) {
            match (workflow.runs, job.runs) {
                (Runs::Yes, Runs::Yes) => return Some(true),
                (Runs::No, _) | (_, Runs::No) => known = Some(false),
                _ => return None,
            }
        }
    }
    known
}
