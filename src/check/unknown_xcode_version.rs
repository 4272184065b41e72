use super::body::{Once, bodies};
use super::offerings::{DATE, has_xcode, newest_xcodes};
use super::suggestion::{listed, shown};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds versions of Xcode that CircleCI does not offer.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler accepts any text here; the job then fails before its first step. Old versions are taken
    /// away a few times a year. Dryrun knows those of the day that its message names.
    ///
    /// ## How to fix
    ///
    /// Choose a version from the table of supported ones in CircleCI's documentation, and quote it:
    ///
    /// ```yaml
    /// macos:
    ///   xcode: "26.4.1"
    /// ```
    UNKNOWN_XCODE_VERSION = "unknown-xcode-version", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        let Some(xcode) = body.part.get("macos").and_then(|macos| macos.get("xcode")) else { continue };
        let Some(version) = xcode.text() else { continue };
        if has_xcode(&version) || version.contains('$') || !once.first(xcode.span()) {
            continue;
        }
        let message = format!("CircleCI has no Xcode {} (as of {DATE})", shown(&version));
        let help = format!("The newest are {}", listed(newest_xcodes(), "and"));
        found.push(Diagnostic::warning(UNKNOWN_XCODE_VERSION.id, xcode.span(), message).with_help(help));
    }
}
