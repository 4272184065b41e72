//! The `requires` in job groups that no workflow invokes: CircleCI documents what a group may hold, and does not
//! say that it looks only at those that run.

use super::Context;
use crate::config::{Invocation, JobGroup, Requirement};
use crate::sort::{self, Set};

/// The groups that no workflow invokes.
pub(super) fn idle<'c>(context: &Context<'c>) -> Vec<&'c JobGroup> {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let invoked =
        workflows.flat_map(|workflow| &workflow.jobs).map(|entry| entry.job.as_str()).collect::<Set<_>>();
    context.config.job_groups.iter().filter(|group| !invoked.contains(group.name.as_str())).collect()
}

/// The names in the group's `requires` that none of its other jobs bears.
pub(super) fn missing(group: &JobGroup) -> Vec<&Requirement> {
    let mut names: Vec<&str> =
        group.jobs.iter().flat_map(|member| [Some(called(member)), alias(member)]).flatten().collect();
    sort::by(&mut names, Ord::cmp);
    let bearers = |name: &str| {
        names.partition_point(|known| *known <= name) - names.partition_point(|known| *known < name)
    };
    // Rows have their values in their names, and some names are filled in.
    let open = group.jobs.iter().filter_map(open_name).collect::<Set<_>>();
    let goes_on =
        |name: &str| (0..=name.len()).filter_map(|end| name.get(..end)).any(|start| open.contains(start));
    let mut missing = Vec::new();
    for member in &group.jobs {
        for requirement in &member.requires {
            let name = requirement.name.as_str();
            let others = bearers(name) > usize::from(called(member) == name);
            if !others && !name.contains("<<") && !goes_on(name) {
                missing.push(requirement);
            }
        }
    }
    missing
}

/// Jobs of the group that wait for each other in a circle: each requirement asks for the job that has the next one.
pub(super) fn circle(group: &JobGroup) -> Vec<&Requirement> {
    // The first of those that are called alike.
    let mut places: Vec<(&str, usize)> =
        group.jobs.iter().enumerate().map(|(at, member)| (called(member), at)).collect();
    sort::by(&mut places, Ord::cmp);
    let place = |name: &str| {
        let at = places.partition_point(|(known, _)| *known < name);
        places.get(at).filter(|(known, _)| *known == name).map(|(_, at)| *at)
    };
    let mut done = vec![false; group.jobs.len()];
    let mut tried = vec![0; group.jobs.len()];
    let mut on_path = vec![None; group.jobs.len()];
    for start in 0..group.jobs.len() {
        // Along requirements that are not known to end; a job met twice on the way closes a circle.
        let mut path: Vec<(usize, &Requirement)> = Vec::new();
        let mut at = start;
        loop {
            if let Some(first) = on_path[at] {
                return path.split_off(first).into_iter().map(|(_, requirement)| requirement).collect();
            }
            if let Some(requirement) = group.jobs[at].requires.get(tried[at]) {
                tried[at] += 1;
                if let Some(to) = place(&requirement.name).filter(|to| !done[*to] && *to != at) {
                    on_path[at] = Some(path.len());
                    path.push((at, requirement));
                    at = to;
                }
            } else {
                done[at] = true;
                let Some((before, _)) = path.pop() else { break };
                on_path[before] = None;
                at = before;
            }
        }
    }
    Vec::new()
}

fn called(member: &Invocation) -> &str {
    member.name.as_ref().unwrap_or(&member.job)
}

fn alias(member: &Invocation) -> Option<&str> {
    let matrix = member.matrix.as_ref()?;
    Some(matrix.alias.as_ref().unwrap_or(&member.job))
}

/// How a name begins that goes on with values.
fn open_name(member: &Invocation) -> Option<&str> {
    match called(member).split_once("<<") {
        Some((fixed, _)) => Some(fixed),
        None => member.matrix.as_ref().map(|_| member.job.as_str()),
    }
}
