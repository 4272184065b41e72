use super::body::{Body, ExecutorKind, Once, bodies};
use super::offerings::{DATE, classes, is_runner};
use super::suggestion::{closest, rename, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};

declare_check! {
    /// ## What it does
    ///
    /// Finds resource classes that CircleCI does not offer for the executor they stand with. Classes of
    /// self-hosted runners (`namespace/name`) are not judged.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler accepts any text here; the job then waits or fails instead of running. Dryrun knows the
    /// classes as they were on the day that its message names.
    ///
    /// ## How to fix
    ///
    /// Use a class of that executor. A server installation may have classes of its own: silence the finding there.
    ///
    /// ```yaml
    /// docker:
    ///   - image: cimg/base:2024.01
    /// resource_class: arm.medium
    /// ```
    UNKNOWN_RESOURCE_CLASS = "unknown-resource-class", Warning, since "0.1.0"; run
}

const KINDS: [(ExecutorKind, &str); 3] =
    [(ExecutorKind::Docker, "docker"), (ExecutorKind::Machine, "machine"), (ExecutorKind::Macos, "macos")];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        found.extend(finding(context, &body, &mut once));
    }
}

fn finding(context: &Context<'_>, body: &Body<'_>, once: &mut Once) -> Option<Diagnostic> {
    let kind = body.executor()?;
    let class = body.resource_class()?;
    let text = class.text()?;
    let known = classes(kind);
    if is_runner(&text) || text.contains('$') || known.contains(&&*text) || !once.first(class.span()) {
        return None;
    }
    let name = |kind| KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| *name);
    let executor = name(kind);
    let message = format!("{} is no resource class for `{executor}` (as of {DATE})", shown(&text));
    let other = KINDS.iter().find(|(other, _)| classes(*other).contains(&&*text));
    let near = closest(&text, known.iter().copied());
    let help = match (other, near) {
        (Some((_, other)), _) => format!("It is one for `{other}`. {}", list(known)),
        (None, Some(near)) => format!("Did you mean `{near}`?"),
        (None, None) => list(known),
    };
    let span = class.span();
    let fix = near.filter(|_| other.is_none()).and_then(|near| rename(context.sources, span, &text, near));
    let fix = fix.map(Fix::behaviour_changing);
    Some(Diagnostic::warning(UNKNOWN_RESOURCE_CLASS.id, span, message).with_help(help).with_fix(fix))
}

/// The first few of `classes`, in a sentence.
fn list(classes: &[&str]) -> String {
    let first: Vec<String> = classes.iter().take(5).map(|class| format!("`{class}`")).collect();
    let more = if classes.len() > first.len() { ", …" } else { "" };
    format!("There are {}{more}", first.join(", "))
}
