//! Workflows and their entries: which jobs they invoke, under which names, after which others.

use super::compiled::{Compiled, Condition, Entry, JobKind, Matched, Requirement, Runs, Schedule, Workflow};
use super::compiler::{Bindings, Bound, Call, Compiler, MAX_REQUIREMENTS};
use super::fault::FaultKind;
use super::job::{CompiledJob, Extras};
use super::matrix::{self, Row};
use super::names::{self, Draft, Space};
use super::origin::{FrameKind, Origin};
use super::output::{self, Value, key, map, plain};
use super::substitute::{text_of, through_merge};
use crate::config::{self, Argument, Filters, Invocation, Job, JobBody, is_template, schema};
use crate::orb::{Lookup, Scope};
use crate::sort::Set;
use crate::text::{Span, Spanned};
use crate::yaml::{Data, Key, Node};
use std::rc::Rc;

/// Name of the workflow of a config that has a job `build` and no workflows.
const IMPLICIT_WORKFLOW: &str = "workflow";
const IMPLICIT_JOB: &str = "build";

/// Options of an entry that stand in the compiled config; every other one is an argument or used up.
const KEPT_OPTIONS: &[&str] = &["filters", "type", "context", "serial-group"];

/// A workflow on its way.
struct Work<'a> {
    name: String,
    key: Option<Span>,
    runs: Runs,
    condition: Option<Condition>,
    /// As it is written; nothing for the implicit one.
    written: Option<&'a config::Workflow>,
    triggers: Option<Vec<Schedule>>,
    origin: Origin,
}

impl<'a> Compiler<'a> {
    /// Compiles every workflow, and through them every job.
    pub(super) fn run(mut self) -> Compiled {
        let mut works = Vec::new();
        let mut drafts = Vec::new();
        match &self.config.workflows {
            Some(workflows) if !workflows.all.is_empty() => {
                for workflow in &workflows.all {
                    let (work, entries) = self.workflow(workflow);
                    works.push(work);
                    drafts.push(entries);
                }
            }
            other => {
                if let Some((work, entry)) = self.implicit(other.as_ref().map(|workflows| workflows.key)) {
                    works.push(work);
                    drafts.push(vec![entry]);
                }
            }
        }
        let mut requirements = MAX_REQUIREMENTS;
        for entries in &mut drafts {
            if let Some(crowded) = names::resolve_requirements(entries, &mut requirements) {
                let kind = FaultKind::TooManyRequirements { limit: MAX_REQUIREMENTS };
                self.fault(kind, crowded, &Origin::default());
            }
        }
        names::number(&mut drafts);
        self.finish(works, drafts)
    }

    fn implicit(&mut self, empty_workflows: Option<Span>) -> Option<(Work<'a>, Draft)> {
        if self.config.is_orb {
            return None;
        }
        let scope = Rc::clone(&self.scope);
        let Some(job) = self.config.own.job(IMPLICIT_JOB) else {
            // An unreadable or empty text has graver faults than this one.
            if self.config.root.as_ref().is_some_and(|root| root.as_mapping().is_some()) {
                let top = self.config.version.as_ref().map(|version| version.node.span());
                let span = empty_workflows.or(top).unwrap_or_default();
                self.fault(FaultKind::NothingToRun, span, &Origin::default());
            }
            return None;
        };
        let name = Spanned::new(IMPLICIT_JOB.to_owned(), job.name.span);
        let mut entry = blank_entry(name.clone());
        let call = self.top();
        let extras = Extras { arguments: &[], unknown: &[], pre_steps: None, post_steps: None };
        let body = self.describe(&mut entry, &name, job, &scope, &extras, &call);
        let work = Work {
            name: IMPLICIT_WORKFLOW.to_owned(),
            key: None,
            runs: Runs::Yes,
            condition: None,
            written: None,
            triggers: None,
            origin: Origin::default(),
        };
        let draft = Draft {
            called: Some(entry.name.clone()),
            entry,
            invocation: 0,
            alias: None,
            seen_in: Space::Workflow,
            looks_in: Space::Workflow,
            body,
            options: Vec::new(),
        };
        Some((work, draft))
    }

    fn workflow(&mut self, workflow: &'a config::Workflow) -> (Work<'a>, Vec<Draft>) {
        let origin = Origin::default().within(FrameKind::Workflow, &workflow.name.value, workflow.name.span);
        let call = self.top().via(origin.clone());
        let (runs, condition) = self.condition(workflow, &call);
        let triggers = self.triggers(workflow, &call);
        let mut drafts = Vec::new();
        for invocation in &workflow.jobs {
            match self.config.job_group(&invocation.job) {
                Some(group) => self.group(invocation, group, &call, &mut drafts),
                None => self.invoke(invocation, &call, &mut drafts),
            }
        }
        let work = Work {
            name: workflow.name.value.clone(),
            key: Some(workflow.name.span),
            runs,
            condition,
            written: Some(workflow),
            triggers,
            origin,
        };
        (work, drafts)
    }

    /// What the workflow's `when` or `unless` decides.
    fn condition(&mut self, workflow: &config::Workflow, call: &Call<'a>) -> (Runs, Option<Condition>) {
        let Some(condition) = &workflow.condition else { return (Runs::Yes, None) };
        let Some(node) = &condition.value else { return (Runs::No, None) };
        let (holds, reason) = self.decide_with_reason(node, call);
        let runs = holds.map_or(Runs::Unknown, |holds| (holds != condition.negated).into());
        (runs, Some(Condition { key: condition.key, negated: condition.negated, reason }))
    }

    fn triggers(&mut self, workflow: &config::Workflow, call: &Call<'a>) -> Option<Vec<Schedule>> {
        if workflow.triggers.is_empty() {
            return None;
        }
        let schedule = |schedule: &config::Schedule| Schedule {
            key: schedule.key,
            cron: schedule.cron.as_ref().map(|cron| self.name(cron, call)).unwrap_or_default(),
            filters: schedule.filters.clone().map(|filters| self.filled_in(filters, call)),
        };
        Some(workflow.schedules.iter().map(schedule).collect())
    }

    fn filled_in(&mut self, mut filters: Filters, call: &Call<'a>) -> Filters {
        for item in filters.items_mut() {
            item.value = self.name(item, call);
        }
        filters
    }

    /// The entries of an invocation: one, or one for each row of its matrix.
    pub(super) fn invoke(&mut self, invocation: &'a Invocation, call: &Call<'a>, drafts: &mut Vec<Draft>) {
        self.invocations += 1;
        let rows = self.rows(invocation, call);
        if rows.is_empty() {
            // What it would invoke is looked at all the same.
            self.draft(invocation, &Row::new(), call);
        }
        for row in rows {
            if !self.afford_entry(invocation.job.span, &call.origin) {
                return;
            }
            drafts.push(self.draft(invocation, &row, call));
        }
    }

    /// The rows of the invocation's matrix; one empty row without a matrix, or with one that cannot be
    /// taken apart here; none where `exclude` leaves none.
    fn rows(&mut self, invocation: &Invocation, call: &Call<'a>) -> Vec<Row> {
        let Some(matrix) = &invocation.matrix else { return vec![Row::new()] };
        for column in matrix.parameters.iter().filter(|column| is_template(&column.value)) {
            let value = text_of(&self.value(&column.value, call).data);
            if let Some(value) = value.filter(|value| !value.contains("<<")) {
                let (key, wanted) = (column.name.value.clone(), "a list of values".to_owned());
                self.fault(FaultKind::Unfit { key, value, wanted }, column.value.span(), &call.origin);
            }
        }
        let rows = matrix::rows(matrix);
        let count = rows.as_ref().map_or_else(|count| *count, Vec::len);
        if count > matrix::LIMIT {
            let kind = FaultKind::TooManyRows { rows: count, limit: matrix::LIMIT };
            self.fault(kind, matrix.key, &Origin::default());
        }
        let known = |column: &Argument| column.value.as_sequence().is_some() || column.value.is_null();
        match rows {
            Ok(rows) if !rows.is_empty() => rows,
            Ok(_) if matrix.parameters.iter().all(known) => {
                self.fault(FaultKind::NoRows, matrix.key, &call.origin);
                Vec::new()
            }
            _ => vec![Row::new()],
        }
    }

    fn draft(&mut self, invocation: &'a Invocation, row: &Row, call: &Call<'a>) -> Draft {
        let origin = call.origin.within(FrameKind::Entry, &invocation.job.value, invocation.job.span);
        let outer = call.via(origin);
        let cells = self.cells(invocation, row, &outer);
        let call = in_row(invocation, &cells, &outer);
        let mut entry = blank_entry(invocation.job.clone());
        entry.item = Some(invocation.node.span());
        entry.name_span = invocation.name.as_ref().map(|name| name.span);
        entry.origin = call.origin.clone();
        entry.row = row
            .iter()
            .zip(&cells)
            .map(|(cell, (name, bound))| {
                (name.value.clone(), bound.text().unwrap_or_else(|| matrix::value_text(&cell.value)))
            })
            .collect();
        entry.name = match &invocation.name {
            Some(name) => self.name(name, &call),
            None if row.is_empty() => invocation.job.value.clone(),
            None => matrix::default_name(&invocation.job, &entry.row),
        };
        entry.requires = self.requirements(invocation, &call);
        entry.contexts = invocation.contexts.iter().map(|context| self.name(context, &call)).collect();
        let body = self.resolve(&mut entry, invocation, row, &call);
        let alias = invocation.matrix.as_ref().map(|matrix| {
            matrix.alias.as_ref().map_or_else(|| invocation.job.value.clone(), |alias| alias.value.clone())
        });
        entry.serial_group = self.serial_group(invocation, &call);
        let mut options = self.options(invocation, &call);
        self.filter(&mut entry, invocation, &mut options, &call);
        Draft {
            called: Some(entry.name.clone()),
            entry,
            invocation: self.invocations,
            alias,
            seen_in: Space::Workflow,
            looks_in: Space::Workflow,
            body,
            options,
        }
    }

    /// The name of the serial group, filled in.
    pub(super) fn serial_group(&mut self, invocation: &Invocation, call: &Call<'a>) -> Option<String> {
        let node = invocation.options.as_ref()?.get("serial-group")?;
        let value = self.value(&node, call);
        self.refuse_unfit(&schema::ENTRY, "serial-group", &node, &value, call);
        text_of(&value.data)
    }

    pub(super) fn requirements(&mut self, invocation: &Invocation, call: &Call<'a>) -> Vec<Requirement> {
        let requirement = |item: &config::Requirement| Requirement {
            name: Spanned::new(self.name(&item.name, call), item.name.span),
            statuses: item.statuses.clone(),
            matched: Matched::None,
        };
        invocation.requires.iter().map(requirement).collect()
    }

    fn cells(
        &mut self,
        invocation: &Invocation,
        row: &Row,
        call: &Call<'a>,
    ) -> Vec<(Spanned<String>, Bound<'a>)> {
        let Some(matrix) = invocation.matrix.as_ref().filter(|_| row.is_empty()) else {
            return row.iter().map(|cell| (cell.name.clone(), self.cell(&cell.value, call))).collect();
        };
        // A matrix that could not be taken apart: its parameters are given, and nobody knows their values.
        matrix.parameters.iter().map(|parameter| (parameter.name.clone(), Bound::Unknown)).collect()
    }

    /// What stands behind the entry: an approval, a job of this config or of an orb.
    fn resolve(
        &mut self,
        entry: &mut Entry,
        invocation: &'a Invocation,
        row: &Row,
        call: &Call<'a>,
    ) -> Option<Value> {
        if invocation.kind.as_ref().is_some_and(|kind| kind.as_str() == "approval") {
            entry.kind = JobKind::Approval;
            return None;
        }
        let name = &invocation.job;
        let overriding = invocation.override_with.as_ref().map(|other| self.scope.lookup::<Job>(other));
        let found = match overriding {
            Some(Lookup::Found(job, scope)) if scope.listing.is_none() => Lookup::Found(job, scope),
            _ => self.scope.lookup::<Job>(name),
        };
        let columns = invocation.matrix.iter().flat_map(|matrix| &matrix.parameters);
        let cells: Set<&str> = row.iter().map(|cell| cell.name.as_str()).collect();
        let unknown = |column: &&Argument| !cells.contains(column.name.as_str());
        let unknown: Vec<_> = columns.filter(unknown).map(|column| column.name.clone()).collect();
        // What a matrix gives counts, not what stands beside it: CircleCI's own orbs are tested that way.
        let beside = |argument: &&Argument| !cells.contains(argument.name.as_str());
        let arguments: Vec<_> = invocation.arguments.iter().filter(beside).chain(row).cloned().collect();
        let extras = Extras {
            arguments: &arguments,
            unknown: &unknown,
            pre_steps: invocation.pre_steps.as_ref(),
            post_steps: invocation.post_steps.as_ref(),
        };
        match found {
            Lookup::Found(job, scope) => match scope.listing {
                None => self.describe(entry, name, job, &scope, &extras, call),
                Some(listing) => {
                    entry.kind = JobKind::Opaque;
                    self.listed(listing);
                    self.bodiless_job(name, Some((job, &scope)), &extras, call);
                    None
                }
            },
            Lookup::Opaque(import) => {
                entry.kind = JobKind::Opaque;
                self.opaque(import);
                self.bodiless_job(name, None, &extras, call);
                None
            }
            _ => {
                entry.kind = JobKind::Missing;
                None
            }
        }
    }

    fn describe(
        &mut self,
        entry: &mut Entry,
        name: &Spanned<String>,
        job: &'a Job,
        scope: &Rc<Scope<'a>>,
        extras: &Extras<'_>,
        call: &Call<'a>,
    ) -> Option<Value> {
        entry.definition = Some(job.name.span);
        entry.definition_extent = Some(job.name.span.to(job.node.span()));
        let JobBody::Keys { kind, .. } = &job.body else { return None };
        entry.kind = (*kind).into();
        let CompiledJob { body, executor } = self.job(name, job, scope, extras, call);
        entry.executor = executor.or_else(|| own_executor(&job.node));
        entry.parallelism = match body.get("parallelism").map(|value| &value.data) {
            Some(Data::Int(count)) => u32::try_from(*count).ok(),
            _ => None,
        };
        Some(body)
    }

    pub(super) fn options(&mut self, invocation: &Invocation, call: &Call<'a>) -> Vec<(Key<Origin>, Value)> {
        let fields = invocation.options.as_ref().map(Node::fields).unwrap_or_default();
        let mut options = Vec::new();
        for field in fields {
            let Some(name) = field.key.text().filter(|name| KEPT_OPTIONS.contains(name)) else { continue };
            let call = through_merge(self.sources, &field, call);
            let mark = call.origin.within(FrameKind::Text, "", field.key.span());
            let value = self.value(&field.value, &call);
            options.push((Key { text: name.to_owned(), mark }, value));
        }
        options
    }

    /// Decides a filter of `entry` that is an expression, and takes a decided one out of `options`. A filter of
    /// branches and tags is left to the run.
    pub(super) fn filter(
        &mut self,
        entry: &mut Entry,
        invocation: &Invocation,
        options: &mut Vec<(Key<Origin>, Value)>,
        call: &Call<'a>,
    ) {
        let Some(node) = &invocation.filters else { return };
        if node.as_scalar().is_none() {
            entry.filters = Filters::read(node).map(|filters| self.filled_in(filters, call));
        } else if !node.is_null() {
            let (holds, reason) = self.decide_with_reason(node, call);
            entry.filter_reason = reason;
            entry.runs = holds.map_or(Runs::Unknown, Runs::from);
            if holds.is_some() {
                options.retain(|(key, _)| key.text != "filters");
            }
        }
    }

    /// The document, and the workflows as later stages look at them.
    fn finish(mut self, works: Vec<Work<'a>>, drafts: Vec<Vec<Draft>>) -> Compiled {
        let mut jobs: Vec<(Key<Origin>, Value)> = Vec::new();
        let (mut names, mut known) = (Set::new(), Set::new());
        let mut workflows = Vec::new();
        let newer = drafts.iter().flatten().any(names::needs_upstream);
        for (work, drafts) in works.into_iter().zip(drafts) {
            if work.runs != Runs::No {
                let running = drafts.iter().filter(|draft| draft.entry.runs != Runs::No);
                let entries = running.map(|draft| output::entry(draft, &drafts, newer)).collect();
                let mark = work.origin.clone();
                let list = Value { data: Data::List(entries), mark: mark.clone() };
                let value = self.output_workflow(&work, list);
                workflows.push((Key { text: work.name.clone(), mark }, value));
            }
            let mut entries = Vec::new();
            for mut draft in drafts {
                let runs = work.runs != Runs::No && draft.entry.runs != Runs::No;
                if runs {
                    names.insert(draft.entry.name.clone());
                }
                draft.entry.has_body = draft.body.is_some();
                match draft.body {
                    Some(body) if !runs => {
                        self.compiled.bodies.left_out.insert(draft.entry.name.clone(), body);
                    }
                    Some(body) if known.insert(draft.entry.name.clone()) => {
                        let mark = draft.entry.origin.clone();
                        jobs.push((Key { text: draft.entry.name.clone(), mark }, body));
                    }
                    _ => {}
                }
                entries.push(draft.entry);
            }
            let workflow = Workflow {
                name: work.name,
                key: work.key,
                runs: work.runs,
                condition: work.condition,
                triggers: work.triggers,
                max_auto_reruns: work.written.map_or(0, |written| written.max_auto_reruns),
                entries,
            };
            self.compiled.workflows.push(workflow);
        }
        let version = (key("version"), plain(Data::Int(2)));
        let place = self.version_place(workflows.len());
        workflows.insert(place, version);
        if !self.exhausted() {
            let jobs = output::in_order(jobs, names.len());
            let index = |(index, (name, _)): (usize, &(Key<Origin>, _))| (name.text.clone(), index);
            self.compiled.bodies.listed = jobs.iter().enumerate().map(index).collect();
            self.compiled.document = Some(output::document(jobs, map(workflows)));
        }
        self.compiled
    }

    /// `workflows.version` keeps its place among the workflows, and stands last where it was not written; in
    /// the implicit workflow it comes first.
    fn version_place(&self, workflows: usize) -> usize {
        let Some(written) = &self.config.workflows else { return 0 };
        if written.all.is_empty() {
            return 0;
        }
        let fields = written.node.fields();
        let place = fields.iter().position(|field| field.key.text() == Some("version"));
        place.map_or(workflows, |place| place.min(workflows))
    }

    fn output_workflow(&mut self, work: &Work<'a>, jobs: Value) -> Value {
        let Some(node) = work.written.map(|written| &written.node) else {
            return map(vec![(key("jobs"), jobs)]);
        };
        let call = self.top().via(work.origin.clone());
        let mut entries = Vec::new();
        let mut jobs = Some(jobs);
        for field in node.fields() {
            let name = field.key.text().unwrap_or_default();
            let mark = work.origin.within(FrameKind::Text, "", field.key.span());
            let value = match name {
                "when" | "unless" => continue,
                "jobs" => jobs.take().unwrap_or_else(|| plain(Data::Null)),
                _ => self.value(&field.value, &call),
            };
            entries.push((Key { text: name.to_owned(), mark }, value));
        }
        Value { data: Data::Map(entries), mark: work.origin.clone() }
    }
}

pub(super) fn blank_entry(job: Spanned<String>) -> Entry {
    Entry {
        name: job.value.clone(),
        job,
        kind: JobKind::Build,
        runs: Runs::Yes,
        filters: None,
        filter_reason: None,
        ends_group: false,
        serial_group: None,
        item: None,
        name_span: None,
        definition: None,
        definition_extent: None,
        executor: None,
        parallelism: None,
        contexts: Vec::new(),
        row: Vec::new(),
        requires: Vec::new(),
        origin: Origin::default(),
        has_body: false,
    }
}

fn own_executor(job: &Node) -> Option<Span> {
    ["docker", "machine", "macos"].iter().find_map(|kind| Some(job.field(kind)?.key.span()))
}

/// Where the options of an entry stand: with its row in scope.
fn in_row<'a>(invocation: &Invocation, cells: &[(Spanned<String>, Bound<'a>)], call: &Call<'a>) -> Call<'a> {
    let Some(matrix) = &invocation.matrix else { return call.clone() };
    let row = cells.iter().map(|(name, bound)| (name.value.clone(), bound.clone())).collect();
    let bindings = Bindings { row, ..Bindings::default() };
    let origin = call.origin.within(FrameKind::Row, &invocation.job.value, matrix.key);
    Call { scope: Rc::clone(&call.scope), bindings: bindings.into(), origin }
}
