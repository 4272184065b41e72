//! Names inside `<< >>`.

use super::caret::{Line, Way};
use super::names::Names;
use super::write::described;
use super::{Candidate, CandidateKind};
use crate::compile::value_names;
use crate::config::{Command, Executor, Job, Parameter};

/// What can be filled in where the caret stands.
pub(super) fn candidates(names: &Names<'_>, line: &Line<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let own = match names.way {
        [Way::Key(table), Way::Key(name), ..] => match table.as_str() {
            "jobs" => names.parameters::<Job>(name),
            "commands" => names.parameters::<Command>(name),
            "executors" => names.parameters::<Executor>(name),
            _ => &[],
        },
        _ => &[],
    };
    found.extend(own.iter().map(|parameter| variable("parameters", &parameter.name, described(parameter))));
    found.extend(
        columns(names).iter().map(|name| variable("matrix", name, "column of the matrix".to_owned())),
    );
    // The declarations of pipeline parameters see each other as little as orbs see them.
    let is_declaration = matches!(names.way, [Way::Key(table), ..] if table == "parameters");
    if !names.is_in_orb() && !is_declaration {
        found.extend(pipeline_parameters(&names.config.parameters));
    }
    found.extend(value_names().map(|name| variable("pipeline", name, "pipeline value".to_owned())));
    if !line.behind().contains(">>") {
        found = found.into_iter().map(|candidate| candidate.followed_by(" >>")).collect();
    }
    found
}

fn pipeline_parameters(parameters: &[Parameter]) -> impl Iterator<Item = Candidate> {
    parameters.iter().map(|parameter| variable("pipeline.parameters", &parameter.name, described(parameter)))
}

fn variable(family: &str, name: &str, detail: String) -> Candidate {
    Candidate::new(CandidateKind::Parameter, &format!("{family}.{name}"), detail)
}

/// The columns of the matrix of the entry around the caret.
fn columns(names: &Names<'_>) -> Vec<String> {
    let [Way::Key(table), Way::Key(owner), Way::Key(_), Way::Item(index), ..] = names.way else {
        return Vec::new();
    };
    let workflows = names.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let mut jobs = workflows.filter(|workflow| table == "workflows" && workflow.name.value == *owner);
    let entry = jobs.next().and_then(|workflow| workflow.jobs.get(*index));
    let columns = entry.and_then(|entry| entry.matrix.as_ref()).map(|matrix| matrix.parameters.iter());
    columns.into_iter().flatten().map(|column| column.name.value.clone()).collect()
}
