use super::body::{Body, Once, bodies};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds image digests that have not the form of one: `sha256:` and 64 hexadecimal digits.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler accepts any text. Docker does not, and the job fails before its first step.
    ///
    /// ## How to fix
    ///
    /// Copy the whole digest, as `docker images --digests` or the registry shows it. To ask for a version, write
    /// `:` instead of `@`.
    ///
    /// ```yaml
    /// docker:
    ///   - image: cimg/base@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    /// ```
    INVALID_IMAGE_DIGEST = "invalid-image-digest", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for image in bodies(context).iter().flat_map(Body::images) {
        let Some(text) = image.text() else { continue };
        let Some((_, digest)) = text.split_once('@') else { continue };
        if text.contains('$') || is_digest(digest) || !once.first(image.span()) {
            continue;
        }
        let message = format!("{} is no digest", shown(digest));
        found.push(
            Diagnostic::error(INVALID_IMAGE_DIGEST.id, image.span(), message)
                .with_help("A digest is `sha256:` and 64 hexadecimal digits; a version stands behind a `:`"),
        );
    }
}

fn is_digest(text: &str) -> bool {
    let (algorithm, digits) = text.split_once(':').unwrap_or_default();
    let length = match algorithm {
        "sha256" => 64,
        "sha512" => 128,
        _ => return false,
    };
    digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
