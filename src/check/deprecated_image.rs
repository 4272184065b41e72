use super::body::{Body, Once, bodies};
use super::suggestion::{reworded, shown};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds images of CircleCI's first generation, such as `circleci/node`.
    ///
    /// ## Why it matters
    ///
    /// They were deprecated at the end of 2021: nothing is published under these names any more, no new versions
    /// and no security fixes. The images that followed are called `cimg/…`.
    ///
    /// ## How to fix
    ///
    /// Use the image that followed, mostly under the same tag. Its tools and its user's home differ a little, and
    /// its tags have at least two numbers (`12.22`, not `12`), so look the tag up on Docker Hub.
    ///
    /// ```yaml
    /// docker:
    ///   - image: cimg/node:14.17
    /// ```
    DEPRECATED_IMAGE = "deprecated-image", Warning, since "0.1.0"; run
}

/// The old images and what followed each; nothing of CircleCI's followed some of them. From CircleCI's
/// announcement, "Legacy Convenience Image Deprecation" (discuss.circleci.com, topic 41034).
const FOLLOWERS: &[(&str, Option<&str>)] = &[
    ("android", Some("cimg/android")),
    ("buildpack-deps", Some("cimg/base")),
    ("clojure", Some("cimg/clojure")),
    ("dynamodb", None),
    ("elixir", Some("cimg/elixir")),
    ("golang", Some("cimg/go")),
    ("jruby", None),
    ("mariadb", Some("cimg/mariadb")),
    ("mongo", None),
    ("mysql", Some("cimg/mysql")),
    ("node", Some("cimg/node")),
    ("openjdk", Some("cimg/openjdk")),
    ("php", Some("cimg/php")),
    ("postgres", Some("cimg/postgres")),
    ("python", Some("cimg/python")),
    ("redis", Some("cimg/redis")),
    ("ruby", Some("cimg/ruby")),
    ("rust", Some("cimg/rust")),
];

/// Those of which the tags are not versions, or mean something else.
const OTHER_TAGS: &[&str] = &["android", "buildpack-deps"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for image in bodies(context).iter().flat_map(Body::images) {
        let Some(text) = image.text() else { continue };
        let Some(rest) = text.strip_prefix("circleci/") else { continue };
        let (name, tag) = rest.split_once(':').unwrap_or((rest, ""));
        let Some((_, follower)) = FOLLOWERS.iter().find(|(old, _)| *old == name) else { continue };
        let span = image.span();
        if !once.first(span) {
            continue;
        }
        let help = match follower {
            Some(follower) => format!("Use `{follower}`; look up which tags it has"),
            None => format!("Nothing followed it; use the official image, `{name}`"),
        };
        let new = follower.filter(|_| is_version(tag) && !OTHER_TAGS.contains(&name));
        let new = new.map(|follower| format!("{follower}:{tag}"));
        let fix = new.and_then(|new| reworded(context.sources, span, &text, &new)).map(|mut fix| {
            fix.title.push_str(": another image, if this tag is there");
            fix.behaviour_changing()
        });
        let message = format!("image {} is of a generation that is no longer maintained", shown(&text));
        found.push(Diagnostic::warning(DEPRECATED_IMAGE.id, span, message).with_help(help).with_fix(fix));
    }
}

/// Two or three numbers: tags that both generations have.
fn is_version(tag: &str) -> bool {
    let numbers = tag.split('.');
    let whole = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&numbers.clone().count()) && numbers.into_iter().all(whole)
}
