use super::body::Once;
use super::call_chain::with_commands;
use super::data_steps::{DataStep, data_steps, span_of};
use super::requirement::before;
use super::suggestion::{listed, reworded, shown};
use super::{Context, declare_check};
use crate::compile::FrameKind;
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::flow::{Attach, Hindrance, Overlap, Path, Persist, Place, StepKind, Written, hindrance, overlap};
use crate::sort::{self, Set};
use crate::text::{SourceId, Span};

declare_check! {
    /// ## What it does
    ///
    /// Finds workspaces that cannot be unpacked where they are attached: over directories that belong to root
    /// in the image while the container runs as another user, or in a directory that this user cannot make.
    ///
    /// ## Why it matters
    ///
    /// The job fails while it attaches, with a message that says little:
    ///
    /// ```text
    /// Error applying workspace layer for job …: Error extracting tarball …: exit status 2
    /// ```
    ///
    /// A layer holds directories with their times and modes. Where such a directory is in the image already and
    /// belongs to somebody else, `tar` can set neither, and ends with status 2, even if everybody may write into
    /// the directory. In `circleci/golang` that is so for `/go`, `/go/src` and `/go/bin`; files and directories
    /// below them are fine, and so is restoring a cache to `/go/pkg/mod`.
    ///
    /// ## How to fix
    ///
    /// Run the container as root, persist only what is needed (`pkg/mod/cache` in place of `src` and `bin`), or
    /// attach the workspace where the user may write: below the home, the working directory or `/tmp`.
    ///
    /// ```yaml
    /// docker:
    ///   - image: circleci/golang:1.13
    ///     user: root
    /// ```
    FORBIDDEN_ATTACH = "forbidden-attach", Warning, since "0.1.0"; run
}

/// What the job would end with.
const RUN_TIME_ERROR: &str =
    "The job would fail with `Error applying workspace layer …: Error extracting tarball …: exit status 2`";
/// Where everybody may write.
const OPEN_DIRECTORY: &str = "/tmp";
/// What Go needs of its directory to work offline, and what no image brings along.
const GO_DOWNLOADS: &str = "pkg/mod/cache";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for step in data_steps(context) {
        let StepKind::Attach(attach) = &step.step.kind else { continue };
        let surroundings = &step.job.surroundings;
        let (Some(image), Some(at)) = (&surroundings.image, &attach.at.place) else { continue };
        let own = surroundings.working_directory.as_ref().is_some_and(|own| own.contains(at));
        if own || !surroundings.has_own_user() || attach.layers.is_empty() {
            continue;
        }
        let landing = |directory: &Place| !culprits(&step, attach, directory).is_empty();
        let Some(hindrance) = hindrance(&image.text, at, landing) else { continue };
        if once.first(step.span()) {
            found.push(diagnostic(context, &step, attach, image, &hindrance));
        }
    }
}

/// The persists with the paths of them that land at `directory`, where they are attached.
fn culprits<'a>(step: &DataStep<'a>, attach: &Attach, directory: &Place) -> Vec<(&'a Persist, &'a Path)> {
    let Some(below) = attach.at.place.as_ref().and_then(|at| at.inside(directory)) else { return Vec::new() };
    let persists = attach.layers.iter().filter_map(|layer| step.flow.persist(*layer));
    let paths = persists.flat_map(|persist| persist.paths.iter().map(move |path| (persist, path)));
    paths.filter(|(_, path)| overlap(&path.written.text, below) == Overlap::Yes).collect()
}

fn diagnostic(
    context: &Context<'_>,
    step: &DataStep<'_>,
    attach: &Attach,
    image: &Written,
    hindrance: &Hindrance,
) -> Diagnostic {
    let (at, image_name) = (shown(&attach.at.written.text), shown(&image.text));
    let user = shown(step.job.surroundings.user.as_deref().unwrap_or_default());
    let reason = match hindrance {
        Hindrance::Foreign(directories) => {
            let verb = if directories.len() == 1 { "belongs" } else { "belong" };
            format!("{} {verb} to root in {image_name}", listed(directories.iter().copied(), "and"))
        }
        Hindrance::Closed(directory) => format!("only root can make {} in {image_name}", shown(directory)),
    };
    let message = format!("the workspace cannot be unpacked at {at}: {reason}, which runs as {user}");
    let mut diagnostic =
        Diagnostic::warning(FORBIDDEN_ATTACH.id, span_of(&attach.at), message).with_help(RUN_TIME_ERROR);
    let mut fixes: Vec<Fix> = run_as_root(context, image).into_iter().collect();
    match hindrance {
        Hindrance::Foreign(directories) => {
            let root = Place::resolve("/", None, None);
            let places = directories.iter().filter_map(|one| Some(root.as_ref()?.join(one)));
            let all: Vec<(&Persist, &Path)> =
                places.flat_map(|place| culprits(step, attach, &place)).collect();
            let mut spans: Vec<Span> = all.iter().map(|(_, path)| span_of(path)).collect();
            sort::by(&mut spans, Ord::cmp);
            spans.dedup();
            for span in &spans {
                let path = all.iter().find(|(_, path)| span_of(path) == *span);
                let name = path.map(|(_, path)| path.written.text.as_str()).unwrap_or_default();
                diagnostic = diagnostic.with_related(*span, format!("{} is persisted here", shown(name)));
            }
            fixes.extend(persist_less(context, &all, &spans));
            fixes.extend(attach_elsewhere(context, attach, &format!("{OPEN_DIRECTORY}/workspace")));
        }
        Hindrance::Closed(_) => {
            let place = attach.at.place.as_ref().map(Place::as_str).unwrap_or_default();
            let elsewhere = attach_elsewhere(context, attach, &format!("{OPEN_DIRECTORY}{place}"));
            fixes.splice(0..0, elsewhere);
        }
    }
    if let Some(span) = image.span() {
        diagnostic = diagnostic.with_related(span, format!("steps run as {user} in this image"));
    }
    with_commands(diagnostic.with_fixes(fixes), &step.step.origin, step.span())
}

/// Whether a text stands in the config as it is, and not in a parameter or an orb's file.
fn is_plain(written: &Written) -> Option<Span> {
    let frame = written.origin.frames().next()?;
    (frame.kind == FrameKind::Text && frame.span.source == SourceId(0)).then_some(frame.span)
}

fn unsafe_fix(title: String, edits: Vec<Edit>) -> Fix {
    Fix { title, safety: Safety::Unsafe, edits }
}

/// `user: root` below the image.
fn run_as_root(context: &Context<'_>, image: &Written) -> Option<Fix> {
    let span = is_plain(image)?;
    let line = before(context.sources, span)?;
    let indent = line.find("image")?;
    let end = Span::new(span.source, span.range().end..span.range().end);
    let block = line[..indent].chars().all(|c| matches!(c, ' ' | '-'));
    let text = match block {
        true => format!("\n{}user: root", " ".repeat(indent)),
        false if line.contains('{') => ", user: root".to_owned(),
        false => return None,
    };
    Some(unsafe_fix(
        "add `user: root`: all steps of the executor run as root".to_owned(),
        vec![Edit { span: end, text }],
    ))
}

fn attach_elsewhere(context: &Context<'_>, attach: &Attach, directory: &str) -> Option<Fix> {
    let span = is_plain(&attach.at.written)?;
    let mut fix = reworded(context.sources, span, &attach.at.written.text, directory)?.behaviour_changing();
    fix.title = format!("attach at `{directory}`: steps that use the files have to look there");
    Some(fix)
}

/// Takes the paths at `spans` out; where nothing would be left, what Go needs takes their place.
fn persist_less(context: &Context<'_>, culprits: &[(&Persist, &Path)], spans: &[Span]) -> Option<Fix> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut left: Vec<&str> = Vec::new();
    let mut done: Set<Span> = Set::new();
    for (persist, path) in culprits {
        let first = span_of(persist.paths.first()?);
        if !done.insert(first) {
            continue;
        }
        is_plain(&path.written)?;
        let places: Vec<(Span, bool)> = persist
            .paths
            .iter()
            .map(|path| is_plain(&path.written).map(|span| (span, spans.contains(&span))))
            .collect::<Option<_>>()?;
        let kept = persist.paths.iter().filter(|path| !spans.contains(&span_of(path)));
        left.extend(kept.map(|path| path.written.text.as_str()));
        if places.iter().all(|(_, culprit)| *culprit) {
            if persist.root.place.as_ref()?.as_str() != "/go" {
                return None;
            }
            let (start, end) = (places.first()?.0, places.last()?.0);
            edits.push(Edit { span: start.to(end), text: GO_DOWNLOADS.to_owned() });
            left.push(GO_DOWNLOADS);
        } else {
            edits.extend(removals(&places));
        }
    }
    // A list that one line goes through is cut in one piece only.
    let whole = edits.iter().all(|edit| !context.sources.slice(edit.span).contains('#'));
    left.dedup();
    (whole && !edits.is_empty())
        .then(|| unsafe_fix(format!("persist only {}", listed(left.iter().copied(), "and")), edits))
}

/// What to cut so that only items without a mark are left: up to the item behind, or from the item before.
fn removals(items: &[(Span, bool)]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut cut_from: Option<usize> = None;
    let mut kept_until = 0;
    let source = items.first().map_or(SourceId(0), |(span, _)| span.source);
    let mut cut = |range| edits.push(Edit { span: Span::new(source, range), text: String::new() });
    for (span, culprit) in items {
        let range = span.range();
        match (culprit, cut_from) {
            (true, None) => cut_from = Some(range.start),
            (false, Some(start)) => cut(start..range.start),
            _ => {}
        }
        if !culprit {
            (cut_from, kept_until) = (None, range.end);
        }
    }
    if let (Some(_), Some((last, _))) = (cut_from, items.last()) {
        cut(kept_until..last.range().end);
    }
    edits
}
