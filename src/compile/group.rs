//! Invocations of job groups.
//!
//! Documented, and not yet seen from the real compiler: the names of the jobs that CircleCI adds, and the
//! separator between the name of an invocation and the names of its jobs, are ours.

use super::compiled::{Entry, JobKind, Matched, Requirement};
use super::compiler::{Call, Compiler};
use super::fault::FaultKind;
use super::names::{Draft, Space};
use super::origin::{FrameKind, Origin};
use super::output::Value;
use super::workflow::blank_entry;
use crate::config::{Invocation, JobGroup, Status};
use crate::sort::Set;
use crate::text::Spanned;
use crate::yaml::{Data, Key};

/// How the jobs of a group call its start: a name that nobody can write.
const START: &str = "\u{0}start";

impl<'a> Compiler<'a> {
    /// The jobs of a group, between a start that takes over what the invocation requires and an end that
    /// stands for the group in the `requires` of others. In a serial group the start is a lock, and an
    /// unlock follows the end, however it ended.
    ///
    /// ```yaml
    /// - ship: {requires: [test], serial-group: production}   # test → lock → jobs of ship → end → unlock
    /// ```
    pub(super) fn group(
        &mut self,
        invocation: &'a Invocation,
        group: &'a JobGroup,
        call: &Call<'a>,
        drafts: &mut Vec<Draft>,
    ) {
        let origin = call.origin.within(FrameKind::Entry, &invocation.job.value, invocation.job.span).within(
            FrameKind::JobGroup,
            &group.name.value,
            group.name.span,
        );
        let call = call.via(origin.clone());
        self.refuse_arguments(invocation, group, &origin);
        let name = match &invocation.name {
            Some(name) => self.name(name, &call),
            None => group.name.value.clone(),
        };
        let prefix = if invocation.name.is_some() { format!("{name}-") } else { String::new() };
        let space = Space::Group(drafts.len());
        let serial = invocation.serial_group.as_ref();
        let blank = |suffix: &str, kind: JobKind| {
            let mut entry = blank_entry(invocation.job.clone());
            entry.name = format!("{name}-{suffix}");
            entry.item = Some(invocation.node.span());
            entry.definition = Some(group.name.span);
            entry.definition_extent = Some(group.name.span.to(group.node.span()));
            entry.origin = origin.clone();
            entry.kind = kind;
            entry
        };
        let lock = serial.zip(self.serial_group(invocation, &call));
        let lock = lock.map(|(serial, name)| Spanned::new(name, serial.span));

        let start_kind = if lock.is_some() { JobKind::Lock } else { JobKind::NoOp };
        let mut start = blank("group-start", start_kind);
        start.requires = self.requirements(invocation, &call);
        let mut options = self.options(invocation, &call);
        options.retain(|(key, _)| key.text == "filters");
        self.filter(&mut start, invocation, &mut options, &call);
        let mut start = draft(start, lock.as_ref());
        start.called = Some(START.to_owned());
        start.seen_in = space;
        start.options = options;
        drafts.push(start);

        let first = drafts.len();
        for member in &group.jobs {
            self.invoke(member, &call, drafts);
        }
        let mut end = blank("group-end", JobKind::NoOp);
        end.requires = enclosed(&mut drafts[first..], space, &prefix, &invocation.job);
        end.ends_group = true;
        let mut end = draft(end, None);
        end.called = Some(name.clone());
        end.looks_in = space;
        drafts.push(end);
        if let Some(lock) = lock {
            let mut unlock = blank("group-unlock", JobKind::Unlock);
            unlock.ends_group = true;
            let mut requirement = after(&name, &invocation.job);
            requirement.statuses.push(Spanned::new(Status::Terminal, invocation.job.span));
            unlock.requires.push(requirement);
            let mut unlock = draft(unlock, Some(&lock));
            unlock.called = None;
            drafts.push(unlock);
        }
    }

    /// A group declares no parameters, so it takes no arguments.
    fn refuse_arguments(&mut self, invocation: &'a Invocation, group: &'a JobGroup, origin: &Origin) {
        for argument in &invocation.arguments {
            let kind = FaultKind::UnexpectedArgument {
                argument: argument.name.value.clone(),
                callee: group.name.value.clone(),
                callee_kind: "job group",
                declared: Vec::new(),
                import: None,
            };
            self.fault(kind, argument.name.span, origin);
        }
    }
}

/// Closes the jobs of a group in: they see each other only, and those that require none of them come after the
/// start. Gives what the end requires: the jobs that no other one does, or the start where there are none.
fn enclosed(
    members: &mut [Draft],
    space: Space,
    prefix: &str,
    invoked: &Spanned<String>,
) -> Vec<Requirement> {
    let mut required = Set::new();
    for draft in &mut *members {
        (draft.seen_in, draft.looks_in) = (space, space);
        draft.entry.name = format!("{prefix}{}", draft.entry.name);
        required.extend(draft.entry.requires.iter().map(|item| item.name.value.clone()));
        if draft.entry.requires.is_empty() {
            draft.entry.requires.push(after(START, invoked));
        }
    }
    if members.is_empty() {
        return vec![after(START, invoked)];
    }
    let mut last = Vec::new();
    for draft in &*members {
        let names = [draft.called.as_ref(), draft.alias.as_ref()];
        if !names.into_iter().flatten().any(|name| required.contains(name)) {
            last.push(after(draft.called.as_deref().unwrap_or_default(), &draft.entry.job));
        }
    }
    last
}

/// `lock` is the serial group, where the job locks or unlocks one.
fn draft(entry: Entry, lock: Option<&Spanned<String>>) -> Draft {
    let entry = Entry { serial_group: lock.map(|lock| lock.value.clone()), ..entry };
    let origin = entry.origin.clone();
    let text = |text: &str, mark: &Origin| Value { data: Data::String(text.to_owned()), mark: mark.clone() };
    let key = |text: &str| Key { text: text.to_owned(), mark: origin.clone() };
    let mut body = vec![(key("type"), text(entry.kind.name(), &origin))];
    if let Some(lock) = lock {
        let mark = origin.within(FrameKind::Text, "", lock.span);
        body.push((key("key"), text(lock, &mark)));
    }
    Draft {
        body: Some(Value { data: Data::Map(body), mark: origin }),
        entry,
        invocation: 0,
        called: None,
        alias: None,
        seen_in: Space::Workflow,
        looks_in: Space::Workflow,
        options: Vec::new(),
    }
}

/// A requirement that nobody wrote: it stands at the job or group that is the reason for it.
fn after(name: &str, reason: &Spanned<String>) -> Requirement {
    Requirement {
        name: Spanned::new(name.to_owned(), reason.span),
        statuses: Vec::new(),
        matched: Matched::None,
    }
}
