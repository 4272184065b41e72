//! Jobs, executors and commands to look into: as they compile, and as they are written.
//!
//! A job that some workflow runs is there with its executor merged in and every `<< >>` filled in; and every
//! element once more as it stands in the text, since no workflow may come to it. A value that both show is told
//! once ([`Once`]). What is not known (a `<< >>` as written) has no text, so that nobody judges it.

use super::Context;
use super::elements::elements;
use crate::compile::Origin;
use crate::sort::Set;
use crate::text::{SourceId, Span};
use crate::yaml::{Data, Key, Node, Resolved, Value};
use std::borrow::Cow;

/// A value, compiled or as written.
#[derive(Clone)]
pub(super) enum Part<'a> {
    Compiled(&'a Value<Origin>),
    Written(Node),
}

/// A job, executor or command.
pub(super) struct Body<'a> {
    /// Its name in the compiled config, or its own.
    pub(super) name: &'a str,
    pub(super) part: Part<'a>,
}

/// One step of a body: its name and what stands under it.
pub(super) struct StepPart<'a> {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) value: Option<Part<'a>>,
    /// Whether it hangs on a condition that is not decided.
    pub(super) conditional: bool,
}

/// What a job runs on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ExecutorKind {
    Docker,
    Machine,
    Macos,
}

/// Places that were told of.
#[derive(Default)]
pub(super) struct Once(Set<Span>);

/// All jobs as they compile, then all elements of the config and its inline orbs as they are written.
pub(super) fn bodies<'a>(context: &Context<'a>) -> Vec<Body<'a>> {
    let mut all = compiled_jobs(context);
    all.extend(
        elements(context)
            .into_iter()
            .map(|element| Body { name: &element.name.value, part: Part::Written(element.node.clone()) }),
    );
    all
}

/// The jobs that workflows run.
pub(super) fn compiled_jobs<'a>(context: &Context<'a>) -> Vec<Body<'a>> {
    let jobs = context.compiled.document.as_ref().and_then(|document| document.get("jobs"));
    let Some(Data::Map(jobs)) = jobs.map(|jobs| &jobs.data) else { return Vec::new() };
    let body = |name: &'a str, value| Body { name, part: Part::Compiled(value) };
    jobs.iter().map(|(name, value)| body(&name.text, value)).collect()
}

impl Once {
    /// Whether `span` is in the config itself and is met for the first time. Orb files are somebody else's.
    pub(super) fn first(&mut self, span: Span) -> bool {
        span.source == SourceId(0) && self.0.insert(span)
    }
}

impl Part<'_> {
    /// The value under `key`.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        match self {
            Self::Compiled(value) => value.get(key).map(Self::Compiled),
            Self::Written(node) => node.get(key).map(Self::Written),
        }
    }

    /// The keys of a mapping, with their places and values.
    pub(super) fn fields(&self) -> Vec<(String, Span, Self)> {
        match self {
            Self::Compiled(value) => {
                let Data::Map(entries) = &value.data else { return Vec::new() };
                let place = |key: &Key<Origin>| key.mark.span().unwrap_or_default();
                let fields = entries.iter();
                fields.map(|(key, value)| (key.text.clone(), place(key), Self::Compiled(value))).collect()
            }
            Self::Written(node) => {
                let fields = node.fields().into_iter();
                let named = fields.filter_map(|field| {
                    Some((field.key.text()?.to_owned(), field.key.span(), Self::Written(field.value)))
                });
                named.collect()
            }
        }
    }

    /// The items of a list.
    pub(super) fn items(&self) -> Vec<Self> {
        match self {
            Self::Compiled(value) => match &value.data {
                Data::List(items) => items.iter().map(Self::Compiled).collect(),
                _ => Vec::new(),
            },
            Self::Written(node) => node.items().iter().cloned().map(Self::Written).collect(),
        }
    }

    /// The text of a scalar; none for a collection, for null, and for what still has a `<< >>`.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        let text = match self {
            Self::Compiled(value) => match &value.data {
                Data::String(text) | Data::Verbatim(text) => Cow::Borrowed(text.as_str()),
                Data::Int(number) => Cow::Owned(number.to_string()),
                Data::Float(number) => Cow::Owned(format!("{number:?}")),
                Data::Null | Data::Bool(_) | Data::List(_) | Data::Map(_) => return None,
            },
            Self::Written(node) => match node.meaning()? {
                Resolved::Null | Resolved::Bool(_) => return None,
                _ => Cow::Borrowed(node.text()?),
            },
        };
        (!text.contains("<<")).then_some(text)
    }

    /// Where it is written.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Compiled(value) => value.mark.span().unwrap_or_default(),
            Self::Written(node) => node.resolved().span(),
        }
    }
}

impl<'a> Body<'a> {
    /// Its executor, where there is exactly one and it is known.
    pub(super) fn executor(&self) -> Option<ExecutorKind> {
        let kinds = [
            ("docker", ExecutorKind::Docker),
            ("machine", ExecutorKind::Machine),
            ("macos", ExecutorKind::Macos),
        ];
        let mut there = kinds.into_iter().filter(|(key, _)| self.part.get(key).is_some());
        let first = there.next().map(|(_, kind)| kind);
        first.filter(|_| there.next().is_none())
    }

    /// The place of one of its keys.
    pub(super) fn key(&self, name: &str) -> Option<Span> {
        self.part.fields().into_iter().find(|(key, ..)| key == name).map(|(_, span, _)| span)
    }

    /// `resource_class`, wherever it may stand.
    pub(super) fn resource_class(&self) -> Option<Part<'a>> {
        let inside = |key| self.part.get(key)?.get("resource_class");
        self.part.get("resource_class").or_else(|| inside("machine")).or_else(|| inside("macos"))
    }

    /// The images of its containers.
    pub(super) fn images(&self) -> Vec<Part<'a>> {
        let containers = self.part.get("docker").map(|docker| docker.items()).unwrap_or_default();
        containers.iter().filter_map(|container| container.get("image")).collect()
    }

    /// The image of its virtual machine.
    pub(super) fn machine_image(&self) -> Option<Part<'a>> {
        let machine = self.part.get("machine")?;
        machine.get("image").or_else(|| machine.text().is_some().then(|| machine.clone()))
    }

    /// Its steps in their order, those in conditional steps in their place.
    pub(super) fn steps(&self) -> Vec<StepPart<'a>> {
        let mut all = Vec::new();
        if let Some(steps) = self.part.get("steps") {
            add_steps(&steps, false, &mut all);
        }
        all
    }
}

fn add_steps<'a>(list: &Part<'a>, conditional: bool, all: &mut Vec<StepPart<'a>>) {
    for item in list.items() {
        if let Some(name) = item.text() {
            all.push(StepPart { name: name.into_owned(), span: item.span(), value: None, conditional });
            continue;
        }
        for (name, span, value) in item.fields() {
            match (name.as_str(), value.get("steps")) {
                ("when" | "unless", Some(steps)) => add_steps(&steps, true, all),
                _ => all.push(StepPart { name, span, value: Some(value), conditional }),
            }
        }
    }
}
