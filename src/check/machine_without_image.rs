use super::elements::elements;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::Span;
use crate::yaml::{Field, Node, Resolved};

declare_check! {
    /// ## What it does
    ///
    /// Finds `machine: true`, and `machine` without an `image`. With a runner's resource class
    /// (`resource_class: acme/mac`) there is no image to name, and nothing is said.
    ///
    /// ## Why it matters
    ///
    /// CircleCI then chooses the image, and has announced that it will stop doing so: the form is deprecated.
    /// What runs changes when CircleCI changes its mind. On CircleCI Server it is still the usual form.
    ///
    /// ## How to fix
    ///
    /// Name an image.
    ///
    /// ```yaml
    /// machine:
    ///   image: ubuntu-2404:current
    /// ```
    MACHINE_WITHOUT_IMAGE = "machine-without-image", Warning, since "0.1.0"; run
}

/// An image that starts on `class`.
fn image_for(class: &str) -> Option<&'static str> {
    match class {
        // Their images have tags of their own.
        _ if class.starts_with("windows.gpu.") => None,
        _ if class.starts_with("windows.") => Some("windows-server-2022-gui:current"),
        _ if class.starts_with("gpu.") => Some("linux-cuda-12:default"),
        _ => Some("ubuntu-2404:current"),
    }
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let all = elements(context);
    // A job may give the class of a runner to the executor that it uses.
    let lent = all.iter().filter(|element| element.executor.is_some()).any(|job| of_runner(job.node));
    for element in &all {
        let Some(machine) = element.node.field("machine") else { continue };
        let bare = machine.value.meaning() == Some(Resolved::Bool(true));
        let imageless = machine.value.as_mapping().is_some() && machine.value.get("image").is_none();
        let elsewhere = of_runner(element.node) || of_runner(&machine.value);
        if !(bare || imageless) || elsewhere || (element.kind == "executor" && lent) {
            continue;
        }
        let class = class(element.node).or_else(|| class(&machine.value));
        let image = image_for(class.as_ref().and_then(Node::text).unwrap_or_default());
        let message = if bare { "`machine: true` names no image" } else { "`machine` names no image" };
        let example = image.map(|image| format!(", such as `{image}`")).unwrap_or_default();
        found.push(
            Diagnostic::warning(MACHINE_WITHOUT_IMAGE.id, machine.key.span(), message)
                .with_help(format!("CircleCI chooses one, which is deprecated: name the `image`{example}"))
                .with_fix(image.filter(|_| bare).and_then(|image| fix(context, &machine, image))),
        );
    }
}

fn class(node: &Node) -> Option<Node> {
    node.get("resource_class")
}

/// Whether the resource class is a runner's, or hangs on a value.
fn of_runner(node: &Node) -> bool {
    class(node)
        .is_some_and(|class| class.text().is_some_and(|class| class.contains('/') || class.contains("<<")))
}

/// In a block mapping the image gets a line of its own.
fn fix(context: &Context<'_>, machine: &Field, image: &str) -> Option<Fix> {
    let (key, value) = (machine.key.span(), machine.value.span());
    let source = context.sources.get(key.source);
    // Not where the value comes through an alias or a merge key.
    if value.start < key.end || !matches!(source.slice(value), "true" | "yes" | "on" | "True") {
        return None;
    }
    let line = source.lines().line_range(&source.text, source.lines().line_at(key.start as usize));
    let before = source.text.get(line.start..key.start as usize)?;
    let block = before.chars().all(|c| c == ' ' || c == '-');
    let (from, text) = if block {
        let indent = " ".repeat(before.len() + 2);
        (key.end, format!(":\n{indent}image: {image}"))
    } else {
        (value.start, format!("{{image: '{image}'}}"))
    };
    let range = Span { start: from, ..value };
    Some(Fix::replace(range, text, format!("name the image `{image}`")).behaviour_changing())
}
