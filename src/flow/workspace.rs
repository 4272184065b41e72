//! Which layers of the workspace each attach unpacks.

use super::{Flow, StepId, StepKind};

/// All attaches of a workflow unpack at most this many layers; of an attach that would need more nothing is
/// known.
const MAX_LAYERS: usize = 500_000;

/// Fills in the layers of every attach: a job sees what the jobs before it persisted, however they ended and
/// however far back they are.
/// Source: <https://circleci.com/docs/guides/orchestrate/workspaces/>.
pub(super) fn attach(flow: &mut Flow) {
    let upstream = &flow.upstream;
    let persists = |job: usize| {
        let steps = flow.jobs[job].steps.iter().enumerate();
        steps
            .filter(|(_, step)| matches!(step.kind, StepKind::Persist(_)))
            .map(move |(step, _)| StepId { job, step })
    };
    let layers: Vec<Vec<StepId>> = (0..flow.jobs.len()).map(|job| persists(job).collect()).collect();
    let persisting = upstream.ranks((0..layers.len()).filter(|job| !layers[*job].is_empty()));
    let mut left = MAX_LAYERS;
    for (job, found) in flow.jobs.iter_mut().enumerate() {
        let attaches = found.steps.iter_mut().filter_map(|step| match &mut step.kind {
            StepKind::Attach(attach) => Some(attach),
            _ => None,
        });
        let mut seen: Option<Vec<StepId>> = None;
        for attach in attaches {
            let seen = seen.get_or_insert_with(|| {
                let jobs = upstream.of(job, &persisting);
                jobs.into_iter().flat_map(|job| layers[job].iter().copied()).collect()
            });
            if seen.len() > left {
                found.upstream_known = false;
                continue;
            }
            left -= seen.len();
            attach.layers.clone_from(seen);
        }
    }
}
