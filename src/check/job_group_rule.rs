use super::suggestion::shown;
use super::{Context, declare_check};
use crate::config::{Invocation, JobGroup, Workflow};
use crate::diagnostic::Diagnostic;
use crate::sort::Map;

declare_check! {
    /// ## What it does
    ///
    /// Finds job groups that are used in a way which CircleCI does not allow: a group inside a group, an option on
    /// the entry of a group other than `name`, `requires`, `filters` and `serial-group`, a `serial-group` on a job
    /// inside a group, a group that a workflow invokes several times without a name for each, and a group that is
    /// called like a job.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config.
    ///
    /// ## How to fix
    ///
    /// Options that concern one job belong to its entry inside the group; what concerns all of them to the entry of
    /// the group in the workflow:
    ///
    /// ```yaml
    /// job-groups:
    ///   ship:
    ///     jobs:
    ///       - deploy: {context: production}
    /// workflows:
    ///   main:
    ///     jobs:
    ///       - ship: {name: ship-eu, serial-group: production}
    ///       - ship: {name: ship-us, requires: [ship-eu]}
    /// ```
    JOB_GROUP_RULE = "job-group-rule", Error, since "0.1.0"; run
}

/// Options that a group does not take.
const REFUSED: &[&str] = &["matrix", "override-with", "context", "pre-steps", "post-steps", "type"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let groups = &context.config.job_groups;
    for group in groups {
        if let Some(job) = context.config.own.job(&group.name) {
            let message = format!("{} is the name of a job and of a job group", shown(&group.name));
            found.push(
                Diagnostic::error(JOB_GROUP_RULE.id, group.name.span, message)
                    .with_related(job.name.span, "the job is here")
                    .with_help("Rename one of them"),
            );
        }
        for member in &group.jobs {
            in_group(context, group, member, found);
        }
    }
    for workflow in context.config.workflows.iter().flat_map(|workflows| &workflows.all) {
        for invocation in &workflow.jobs {
            if context.config.job_group(&invocation.job).is_some() {
                options(invocation, found);
            }
        }
        repeated(context, workflow, found);
    }
}

fn in_group(context: &Context<'_>, group: &JobGroup, member: &Invocation, found: &mut Vec<Diagnostic>) {
    let add = |span, message| Diagnostic::error(JOB_GROUP_RULE.id, span, message);
    // A job of that name is told of already.
    if context.config.job_group(&member.job).is_some() && context.config.own.job(&member.job).is_none() {
        let message =
            format!("job group {} cannot hold another group, {}", shown(&group.name), shown(&member.job));
        found.push(add(member.job.span, message).with_help("Groups do not nest: list its jobs here"));
    }
    let serial = member.options.as_ref().and_then(|options| options.field("serial-group"));
    if let Some(field) = serial {
        let message = "a job inside a job group has no `serial-group`".to_owned();
        let help =
            "Put it on the entry of the group in the workflow: all jobs of the group are then one block";
        found.push(add(field.key.span(), message).with_help(help));
    }
}

fn options(invocation: &Invocation, found: &mut Vec<Diagnostic>) {
    let fields = invocation.options.iter().flat_map(crate::yaml::Node::fields);
    for field in fields.filter(|field| field.key.text().is_some_and(|key| REFUSED.contains(&key))) {
        let key = field.key.text().unwrap_or_default();
        let message = format!("the entry of job group {} cannot have `{key}`", shown(&invocation.job));
        let help =
            "A group takes `name`, `requires`, `filters` and `serial-group`; the rest belongs to its jobs";
        found.push(Diagnostic::error(JOB_GROUP_RULE.id, field.key.span(), message).with_help(help));
    }
}

/// Invocations of one group that a workflow cannot tell apart: of several each has a name, and none twice.
fn repeated(context: &Context<'_>, workflow: &Workflow, found: &mut Vec<Diagnostic>) {
    let groups = || workflow.jobs.iter().filter(|entry| context.config.job_group(&entry.job).is_some());
    let mut times: Map<&str, Vec<&Invocation>> = Map::new();
    for invocation in groups() {
        times.get_or_default(invocation.job.as_str()).push(invocation);
    }
    for all in times.values().filter(|all| all.len() > 1) {
        for (index, invocation) in all.iter().enumerate().filter(|(_, entry)| entry.name.is_none()) {
            let message = format!(
                "job group {} is invoked {} times, here without a `name`",
                shown(&invocation.job),
                all.len()
            );
            let other = all[usize::from(index == 0)].job.span;
            found.push(
                Diagnostic::error(JOB_GROUP_RULE.id, invocation.job.span, message)
                    .with_related(other, "it is invoked here too")
                    .with_help("Give each entry of the group a `name` of its own"),
            );
        }
    }
    let mut first: Map<(&str, &str), &Invocation> = Map::new();
    for invocation in groups().filter(|entry| entry.name.is_some()) {
        let name = invocation.name.as_ref().unwrap_or(&invocation.job);
        if name.value.contains("<<") {
            continue;
        }
        let Some(before) = first.insert((&invocation.job.value, &name.value), invocation) else { continue };
        let message = format!("job group {} is invoked twice as {}", shown(&invocation.job), shown(name));
        let place = before.name.as_ref().unwrap_or(&before.job).span;
        found.push(
            Diagnostic::error(JOB_GROUP_RULE.id, name.span, message)
                .with_related(place, "the same name is here")
                .with_help("Give each entry of the group a `name` of its own"),
        );
    }
}
