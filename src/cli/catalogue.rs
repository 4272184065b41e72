use super::terminal::plain;
use super::{Problem, Status, output};
use crate::check::{ALL, Check, named};

/// `dryrun checks`: a line each, the id first.
pub(super) fn list() -> Result<Status, Problem> {
    let width = ALL.iter().map(|check| check.id.len()).max().unwrap_or_default();
    let line =
        |check: &Check| format!("{:width$}  {:7}  {}\n", check.id, check.severity.name(), check.summary());
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
    output::write(&(head + &check.text()))?;
    Ok(Status::Clean)
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
