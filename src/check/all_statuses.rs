use super::usage::invocations;
use super::{Context, declare_check};
use crate::config::Status;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::text::Span;
use crate::yaml::{Field, Node};

declare_check! {
    /// ## What it does
    ///
    /// Finds requirements that list all five statuses in which a job can end.
    ///
    /// ## Why it matters
    ///
    /// `terminal` means just these five, and says so at a glance.
    ///
    /// ## How to fix
    ///
    /// ```yaml
    /// - clean-up:
    ///     requires:
    ///       - deploy: terminal
    /// ```
    ALL_STATUSES = "all-statuses", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for invocation in invocations(context) {
        let Some(list) = invocation.options.as_ref().and_then(|options| options.get("requires")) else {
            continue;
        };
        for field in list.items().iter().flat_map(Node::fields) {
            let written: Vec<&str> = field.value.items().iter().filter_map(|status| status.text()).collect();
            let all = Status::ALL
                .iter()
                .filter(|status| **status != Status::Terminal)
                .all(|status| written.contains(&status.name()));
            if all {
                found.push(diagnostic(context, &field));
            }
        }
    }
}

fn diagnostic(context: &Context<'_>, field: &Field) -> Diagnostic {
    let message = "these are all the statuses there are: `terminal` says the same";
    Diagnostic::new(ALL_STATUSES.id, Severity::Hint, field.value.span(), message)
        .with_help("`terminal` is met however the job ends")
        .with_fix(fix(context, field))
}

/// The word behind the job's name, also where the list stands below. Not where the list is another's too.
fn fix(context: &Context<'_>, field: &Field) -> Option<Fix> {
    let (key, value) = (field.key.span(), field.value.span());
    let between = Span { start: key.end, end: value.start, ..key };
    let plain = context.sources.slice(between).trim_end() == ":";
    let written = field.value.resolved().span() == value && field.value.anchor().is_none();
    (plain && written).then(|| Fix::replace(between.to(value), ": terminal", "write `terminal`"))
}
