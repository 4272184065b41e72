use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds a matrix that multiplies into more than 128 rows.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the config: `Matrices cannot generate more than 128 jobs.` Every value that is added to a
    /// matrix multiplies the jobs.
    ///
    /// ## How to fix
    ///
    /// Take out values or whole parameters, or list under `exclude` what need not run. A matrix of more than 2000
    /// rows is not taken apart here, whatever it excludes: it is drawn as one job.
    TOO_MANY_ROWS = "too-many-rows", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::TooManyRows { rows, limit } = fault.kind else { continue };
        let rows = if rows == usize::MAX { "countless".to_owned() } else { rows.to_string() };
        found.push(
            Diagnostic::error(
                TOO_MANY_ROWS.id,
                fault.span,
                format!("this matrix has {rows} rows; the limit is {limit}"),
            )
            .with_help(format!(
                "Take out values or whole parameters. CircleCI: `Matrices cannot generate more than {limit} jobs.`"
            )),
        );
    }
}
