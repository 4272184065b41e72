use super::terminal::plain;
use super::{Problem, Status, output};
use crate::check::{ALL, Check, named};

/// `dryrun checks`: a line each, the id first.
pub(super) fn list() -> Result<Status, Problem> {
    let width = ALL.iter().map(|check| check.id.len()).max().unwrap_or_default();
    let line =
        |check: &Check| format!("{:width$}  {:7}  {}\n", check.id, check.severity.name(), summary(check));
    output::write(&ALL.iter().map(line).collect::<String>())?;
    Ok(Status::Clean)
}

/// `dryrun explain ID`: the published text, which is Markdown.
pub(super) fn explain(id: &str) -> Result<Status, Problem> {
    let Some(check) = named(id) else {
        let name = plain(id);
        return Err(Problem(format!("no check is called `{name}`{}; `dryrun checks` lists all", likely(id))));
    };
    let head = format!("# {}\n\nSeverity: {}. Since {}.\n\n", check.id, check.severity.name(), check.since);
    output::write(&(head + &published_text(check)))?;
    Ok(Status::Clean)
}

/// What the check does, why it matters and how to fix what it finds, in Markdown.
pub(super) fn published_text(check: &Check) -> String {
    lines(check).fold(String::new(), |text, line| text + line + "\n")
}

/// The published text, without the blank that stands in front of each line of a doc comment.
fn lines(check: &Check) -> impl Iterator<Item = &'static str> {
    check.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line))
}

/// The first sentence of what it does.
pub(super) fn summary(check: &Check) -> String {
    let prose = lines(check).skip_while(|line| line.is_empty() || line.starts_with('#'));
    let paragraph: Vec<&str> = prose.take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    let end = paragraph.find(". ").unwrap_or(paragraph.len());
    paragraph[..end].trim_end_matches('.').to_owned()
}

/// The check whose id is most like `id`, as a question.
fn likely(id: &str) -> String {
    let likeness = |check: &Check| strsim::jaro_winkler(check.id, id);
    let best = ALL.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    match best.filter(|check| likeness(check) > 0.8) {
        Some(check) => format!("; did you mean `{}`?", check.id),
        None => String::new(),
    }
}
