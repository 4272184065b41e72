use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds a matrix that multiplies into more rows than Dryrun takes apart.
    ///
    /// ## Why it matters
    ///
    /// Every value that is added to a matrix multiplies the jobs. Nobody can read a graph with thousands of
    /// them, and a pipeline with so many is hardly what was meant. The matrix is drawn as one job.
    ///
    /// ## How to fix
    ///
    /// Take out values or whole parameters. `exclude` does not help: it is applied to the rows afterwards.
    TOO_MANY_ROWS = "too-many-rows", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::TooManyRows { rows, limit } = fault.kind else { continue };
        let rows = if rows == usize::MAX { "countless".to_owned() } else { rows.to_string() };
        found.push(
            Diagnostic::warning(
                TOO_MANY_ROWS.id,
                fault.span,
                format!("this matrix has {rows} rows; the limit is {limit}"),
            )
            .with_help("Take out values or whole parameters"),
        );
    }
}
