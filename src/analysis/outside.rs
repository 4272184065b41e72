//! What only CircleCI knows of a config: named, so that a verdict is not taken for more than it is.

use crate::compile::{Compiled, NotChecked, value_names};
use crate::config::{Config, Invocation};
use crate::sort::Set;
use crate::text::{Source, Span};

/// Contexts, images, and values that are decided when a pipeline starts: each once, at its first place.
pub(super) fn outside(source: &Source, config: &Config, compiled: &Compiled) -> Vec<NotChecked> {
    let mut list = List { source, names: Set::new(), found: Vec::new() };
    let workflows = config.workflows.iter().flat_map(|workflows| &workflows.all);
    let groups = config.job_groups.iter().flat_map(|group| &group.jobs);
    list.add_contexts(workflows.flat_map(|workflow| &workflow.jobs).chain(groups));
    list.add_images(compiled);
    for parameter in &config.parameters {
        let why = "taken as its default, or as it was given here: whoever starts the pipeline may set it";
        list.add("parameter", &parameter.name.value, why, Some(parameter.name.span));
    }
    list.add_values();
    list.found
}

struct List<'a> {
    source: &'a Source,
    names: Set<String>,
    found: Vec<NotChecked>,
}

impl List<'_> {
    fn add(&mut self, kind: &str, name: &str, why: &str, span: Option<Span>) {
        let what = format!("{kind} `{name}`");
        let span = span.filter(|span| span.source == self.source.id);
        if let Some(span) = span
            && self.names.insert(what.clone())
        {
            self.found.push(NotChecked { what, why: why.to_owned(), span });
        }
    }

    fn add_contexts<'a>(&mut self, invocations: impl Iterator<Item = &'a Invocation>) {
        for context in invocations.flat_map(|invocation| &invocation.contexts) {
            let why = "whether there is one, what it holds and who may use it";
            self.add("context", &context.value, why, Some(context.span));
        }
    }

    /// Those of the jobs that run. One out of an orb's file is named at the place that led there.
    fn add_images(&mut self, compiled: &Compiled) {
        let jobs = compiled.document.as_ref().and_then(|document| document.get("jobs"));
        for (_, job) in jobs.map_or(&[][..], |jobs| jobs.entries()) {
            let containers = job.get("docker").map_or(&[][..], |docker| docker.items());
            for image in containers.iter().filter_map(|container| container.get("image")) {
                let place = image.mark.frames().map(|frame| frame.span);
                let place = place.into_iter().find(|span| span.source == self.source.id);
                let why = "whether a registry has this tag, and what is in it";
                self.add("image", image.text().unwrap_or_default(), why, place);
            }
        }
    }

    /// Pipeline values inside `<< >>`, but for the branch and the tag: those are chosen, not taken for granted.
    fn add_values(&mut self) {
        let (text, marker) = (self.source.text.as_str(), "pipeline.");
        for (at, _) in text.match_indices(marker) {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let before = &text[line..at];
            let is_inside = before.rfind("<<").is_some_and(|open| !before[open..].contains(">>"));
            let rest = &text[at + marker.len()..];
            let end = rest.find(|c: char| !(c.is_alphanumeric() || "._-".contains(c))).unwrap_or(rest.len());
            let name = &rest[..end];
            let is_chosen = matches!(name, "git.branch" | "git.tag");
            if is_inside && !is_chosen && value_names().any(|known| known == name) {
                let name = &text[at..at + marker.len() + end];
                let span = Span::new(self.source.id, at..at + name.len());
                self.add(
                    "value",
                    name,
                    "given by CircleCI when the pipeline starts; taken as a default here",
                    Some(span),
                );
            }
        }
    }
}
