use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds matrices without a single row: a parameter has no values, or `exclude` leaves none of the rows.
    ///
    /// ## Why it matters
    ///
    /// The job never runs, and nothing can require it.
    ///
    /// ## How to fix
    ///
    /// Give every parameter at least one value, and leave at least one row. A job that is to rest for a while is
    /// better left out with `filters`.
    EMPTY_MATRIX = "empty-matrix", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in context.compiled.faults.iter().filter(|fault| fault.kind == FaultKind::NoRows) {
        found.push(
            Diagnostic::warning(
                EMPTY_MATRIX.id,
                fault.span,
                "no row of this matrix is left: the job never runs",
            )
            .with_help("Give every parameter a value, and let `exclude` leave a row"),
        );
    }
}
