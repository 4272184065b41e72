//! The data flow of a workflow as edges of its graph.

use super::{Flow, StepId, StepKind};
use crate::graph::{Edge, EdgeKind, Layer, NodeId};
use crate::sort::Map;
use crate::text::Span;

/// More edges than this of one kind are not drawn: nobody could see them.
const MAX_EDGES: usize = 20_000;

/// The workspace edges of workflow `index`, then its cache edges: by the job that they lead to, then in the
/// order in which they serve it.
#[must_use]
pub fn edges(flows: &[Flow], index: usize) -> Vec<Edge> {
    let Some(flow) = flows.get(index) else { return Vec::new() };
    let mut edges = Vec::new();
    for job in 0..flow.jobs.len() {
        workspace_edges(flow, job, &mut edges);
    }
    edges.truncate(MAX_EDGES);
    let mut cached = Vec::new();
    for job in 0..flow.jobs.len() {
        cache_edges(flows, index, job, &mut cached);
    }
    cached.truncate(MAX_EDGES);
    edges.extend(cached);
    edges
}

/// One edge from each job of which `job` attaches a layer.
fn workspace_edges(flow: &Flow, job: usize, edges: &mut Vec<Edge>) {
    let mut attached: Option<(&[StepId], Option<Span>)> = None;
    let mut at = Vec::new();
    for step in &flow.jobs[job].steps {
        if let StepKind::Attach(attach) = &step.kind {
            at.push(attach.at.written.text.clone());
            // Every attach of a job unpacks the same layers.
            attached.get_or_insert((&attach.layers, step.origin.span()));
        }
    }
    let Some((layers, span)) = attached else { return };
    let mut by_job: Vec<(usize, Vec<Layer>)> = Vec::new();
    for (order, id) in (1..).zip(layers) {
        let Some(persist) = flow.persist(*id) else { continue };
        let layer = Layer {
            order,
            root: persist.root.written.text.clone(),
            paths: persist.paths.iter().map(|path| path.written.text.clone()).collect(),
        };
        match by_job.last_mut() {
            Some((last, layers)) if *last == id.job => layers.push(layer),
            _ => by_job.push((id.job, vec![layer])),
        }
        if edges.len() + by_job.len() > MAX_EDGES {
            break;
        }
    }
    for (from, layers) in by_job {
        let kind = EdgeKind::Workspace { layers, at: at.clone() };
        edges.push(Edge { from: node(from), to: node(job), kind, span });
    }
}

/// One edge for each key under which another job of the workflow, or an earlier run of the same one, saves what
/// `job` restores.
fn cache_edges(flows: &[Flow], index: usize, job: usize, edges: &mut Vec<Edge>) {
    let mut known: Map<(usize, &str), usize> = Map::new();
    for step in &flows[index].jobs[job].steps {
        let StepKind::Restore(restore) = &step.kind else { continue };
        for service in restore.served.iter().filter(|service| service.workflow == index) {
            let Some(save) = flows[index].save(service.save) else { continue };
            if edges.len() > MAX_EDGES || (service.save.job == job && service.this_run) {
                continue;
            }
            let place = *known.get_or_insert((service.save.job, save.key.written.text.as_str()), edges.len());
            if let Some(Edge { kind: EdgeKind::Cache { earlier_run, .. }, .. }) = edges.get_mut(place) {
                *earlier_run &= !service.this_run;
                continue;
            }
            let kind = EdgeKind::Cache {
                key: save.key.written.text.clone(),
                found_by: restore.keys[service.key].written.text.clone(),
                paths: save.paths.iter().map(|path| path.written.text.clone()).collect(),
                earlier_run: !service.this_run,
            };
            edges.push(Edge { from: node(service.save.job), to: node(job), kind, span: step.origin.span() });
        }
    }
}

fn node(job: usize) -> NodeId {
    NodeId(u32::try_from(job).unwrap_or(u32::MAX))
}
