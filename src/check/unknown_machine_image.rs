use super::body::{Once, bodies};
use super::offerings::{DATE, image_families, is_runner, system_of};
use super::suggestion::{closest, reworded, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};

declare_check! {
    /// ## What it does
    ///
    /// Finds images of virtual machines that CircleCI does not offer: families that are gone or misspelled, and
    /// tags that are neither a date nor one of `current`, `default`, `edge`, `previous`, `stable`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler accepts any text here; the job then fails before its first step. Dryrun knows the
    /// families as they were on the day that its message names, and does not judge dates.
    ///
    /// ## How to fix
    ///
    /// Use an image that there is:
    ///
    /// ```yaml
    /// machine:
    ///   image: ubuntu-2404:current
    /// ```
    UNKNOWN_MACHINE_IMAGE = "unknown-machine-image", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        let Some(image) = body.machine_image() else { continue };
        // A runner has no image: that is another finding.
        let class = body.resource_class();
        if class.is_some_and(|class| class.text().is_none_or(|class| is_runner(&class))) {
            continue;
        }
        let Some(text) = image.text() else { continue };
        let span = image.span();
        if system_of(&text).is_some() || text.contains('$') || !once.first(span) {
            continue;
        }
        let (family, tag) = text.split_once(':').unwrap_or((&text, "current"));
        let near = closest(family, image_families().iter().copied()).map(|near| format!("{near}:{tag}"));
        // A bare family, or a tag that is none, of a family that there is.
        let known = image_families().contains(&family).then(|| {
            let tag =
                if family == "android" || family.starts_with("linux-cuda") { "default" } else { "current" };
            format!("{family}:{tag}")
        });
        // Another release of the system is no slip of the pen.
        let typed =
            |near: &String| !family.ends_with(|c: char| c.is_ascii_digit()) || digits(near) == digits(family);
        let better = known.or_else(|| near.filter(typed)).filter(|better| system_of(better).is_some());
        let help = match &better {
            Some(better) => format!("Did you mean `{better}`?"),
            None => "There are `ubuntu-2204:current`, `ubuntu-2404:current`, …".to_owned(),
        };
        let fix = better.and_then(|better| reworded(context.sources, span, &text, &better));
        let fix = fix.map(Fix::behaviour_changing);
        let message = format!("CircleCI has no machine image {} (as of {DATE})", shown(&text));
        found
            .push(Diagnostic::warning(UNKNOWN_MACHINE_IMAGE.id, span, message).with_help(help).with_fix(fix));
    }
}

fn digits(text: &str) -> String {
    text.split(':').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect()
}
