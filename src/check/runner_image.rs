use super::body::{Once, bodies};
use super::offerings::is_runner;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds machine images beside the resource class of a self-hosted runner (`namespace/name`).
    ///
    /// ## Why it matters
    ///
    /// A machine runner is a machine of your own and runs whatever is installed there: no image is started, so
    /// the one written here only misleads.
    ///
    /// ## How to fix
    ///
    /// Write `machine: true`:
    ///
    /// ```yaml
    /// machine: true
    /// resource_class: acme/linux
    /// ```
    RUNNER_IMAGE = "runner-image", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        let (Some(image), Some(class)) = (body.machine_image(), body.resource_class()) else { continue };
        let (Some(name), Some(runner)) = (image.text(), class.text()) else { continue };
        if !is_runner(&runner) || !once.first(image.span()) {
            continue;
        }
        let message = format!("image {} is not started on runner {}", shown(&name), shown(&runner));
        found.push(
            Diagnostic::warning(RUNNER_IMAGE.id, image.span(), message)
                .with_related(class.span(), "a runner's class")
                .with_help("Write `machine: true`: a runner has no image"),
        );
    }
}
