//! What is known about images: who runs in them, and what stands in the way of a workspace there.
//!
//! Facts only; each table names its source. An image that is not here is unknown, and nothing is said of it.

use super::{Place, Surroundings};

/// Who runs the steps in CircleCI's convenience images and virtual machines with Linux.
/// Source: <https://circleci.com/docs/guides/execution-managed/circleci-images/>.
pub(super) const CONVENIENCE_USER: &str = "circleci";

/// The old convenience images that jobs run in; the other ones under `circleci/` are services, with other
/// users. Source: the archived list of legacy convenience images in CircleCI's documentation.
const LEGACY_IMAGES: &[&str] = &[
    "android",
    "buildpack-deps",
    "clojure",
    "elixir",
    "golang",
    "jruby",
    "node",
    "openjdk",
    "php",
    "python",
    "ruby",
    "rust",
];

/// New convenience images that are services: jobs do not run in them as `circleci`.
const SERVICES: &[&str] = &["mariadb", "mysql", "postgres", "redis"];

/// Directories that an image brings along and that belong to root although everybody may write into them.
/// A layer with one of them in it cannot be unpacked: `tar` can set neither its time nor its mode, and ends
/// with status 2.
///
/// Source for `circleci/golang`: the official `golang` image that it is built on makes `$GOPATH/src` and
/// `$GOPATH/bin` as root, and opens `$GOPATH` (`/go`) with `chmod -R 777`.
const FOREIGN_DIRECTORIES: &[(&str, &[&str])] = &[("circleci/golang", &["/go", "/go/src", "/go/bin"])];

/// Directories at the top of a disk that are there in every Linux image. Another one would have to be made in
/// `/`, which belongs to root and is closed to others.
/// Source: the Filesystem Hierarchy Standard, 3.2.
const TOP_DIRECTORIES: &[&str] = &[
    "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc",
    "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var",
];

/// What keeps a layer from being unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// These directories are in the image, belong to root, and are in the layer too.
    Foreign(Vec<&'static str>),
    /// This directory would have to be made in `/`, which belongs to root.
    Closed(String),
}

/// The name of an image without registry, tag and digest: `circleci/golang`, `cimg/go`. A mirror holds the same
/// image under the same name.
fn name(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or_default();
    let start = ["circleci/", "cimg/"].iter().find_map(|space| {
        let start = image.find(space)?;
        (start == 0 || (image[..start].ends_with('/') && image[..start].contains('.'))).then_some(start)
    });
    let image = &image[start.unwrap_or(0)..];
    image.split(':').next().unwrap_or_default()
}

/// Who runs the steps in a convenience image; nothing for any other one.
pub(super) fn user(image: &str) -> Option<&'static str> {
    let (space, image) = name(image).split_once('/')?;
    let known = match space {
        "cimg" => !SERVICES.contains(&image) && !image.contains('/'),
        "circleci" => LEGACY_IMAGES.contains(&image),
        _ => false,
    };
    known.then_some(CONVENIENCE_USER)
}

/// The home of a user that CircleCI's images and machines have.
pub(super) fn home(user: &str) -> Option<&'static str> {
    match user {
        "circleci" => Some("/home/circleci"),
        "root" => Some("/root"),
        "distiller" => Some("/Users/distiller"),
        _ => None,
    }
}

/// Where Go keeps what it downloads, in images in which that is not `/go`.
/// Source: the Dockerfile of `cimg/go` sets `GOPATH` to `/home/circleci/go`.
#[must_use]
pub fn go_directory(surroundings: &Surroundings) -> Option<&'static str> {
    let image = name(&surroundings.image.as_ref()?.text);
    (image == "cimg/go" && surroundings.has_own_user()).then_some("~/go")
}

/// What keeps a convenience image's own user from unpacking at `at` a layer with directories that land at
/// `landing`. Nothing for images that are not known.
#[must_use]
pub fn hindrance(image: &str, at: &Place, landing: impl Fn(&Place) -> bool) -> Option<Hindrance> {
    user(image)?;
    let foreign = FOREIGN_DIRECTORIES.iter().find(|(known, _)| *known == name(image)).map(|(_, all)| *all);
    let root = Place::resolve("/", None, None)?;
    let hit = |directory: &&&str| landing(&root.join(directory));
    let hit: Vec<&str> = foreign.unwrap_or_default().iter().filter(hit).copied().collect();
    if !hit.is_empty() {
        return Some(Hindrance::Foreign(hit));
    }
    let top = root.inside(at)?.split('/').next().filter(|top| !top.is_empty())?;
    let there = |directory: &&str| root.join(directory).contains(at);
    let known = TOP_DIRECTORIES.contains(&top) || foreign.unwrap_or_default().iter().any(there);
    (!known).then(|| Hindrance::Closed(format!("/{top}")))
}
