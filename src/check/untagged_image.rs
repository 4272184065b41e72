use super::body::{Body, Once, bodies};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};

declare_check! {
    /// ## What it does
    ///
    /// Tells of Docker images without a tag or digest.
    ///
    /// ## Why it matters
    ///
    /// Without one, Docker takes `latest`: what the job runs on changes whenever somebody publishes that image,
    /// and a build that worked yesterday can fail today without a change of yours.
    ///
    /// ## How to fix
    ///
    /// Write the version that you mean; or `latest`, if that is what you mean.
    ///
    /// ```yaml
    /// docker:
    ///   - image: alpine:3.20
    /// ```
    UNTAGGED_IMAGE = "untagged-image", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for image in bodies(context).iter().flat_map(Body::images) {
        let Some(text) = image.text() else { continue };
        // A colon before the last slash is that of a registry's port.
        let name = text.rsplit('/').next().unwrap_or_default();
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        // A number is no image: another mistake, with a finding of its own.
        let named = name.contains(|c: char| c.is_ascii_alphabetic());
        // Of images that are gone the whole name is to change: one finding is enough.
        let gone = text.starts_with("circleci/");
        if !named || !plain || gone || text.contains(['$', '@']) || !once.first(image.span()) {
            continue;
        }
        let message = format!("image {} has no tag: Docker takes `latest`", shown(&text));
        found.push(
            Diagnostic::new(UNTAGGED_IMAGE.id, Severity::Hint, image.span(), message)
                .with_help("Write the version that you mean"),
        );
    }
}
