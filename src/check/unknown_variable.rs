use super::call::with_calls;
use super::suggestion::{closest, shown};
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds names in `<< >>` and in expressions that stand for nothing: pipeline values that do not exist, pipeline
    /// parameters that are not declared, cells of a matrix outside of one.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the config: `Referred to a variable "pipeline.x" that does not exist`.
    ///
    /// ## How to fix
    ///
    /// Correct the name, or declare the pipeline parameter at the top of the config:
    ///
    /// ```yaml
    /// parameters:
    ///   deploy:
    ///     type: boolean
    ///     default: false
    /// ```
    UNKNOWN_VARIABLE = "unknown-variable", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::UnknownVariable { name } = &fault.kind else { continue };
        let declared: Vec<String> = context
            .config
            .parameters
            .iter()
            .map(|parameter| format!("pipeline.parameters.{}", parameter.name.value))
            .collect();
        let help = match closest(name, declared.iter().map(String::as_str)) {
            Some(best) => format!("Did you mean {}? ", shown(best)),
            None => String::new(),
        };
        let quoted = shown(name);
        let compiler = format!(
            "CircleCI: `Referred to a variable \"{}\" that does not exist`",
            quoted.trim_matches('`')
        );
        let diagnostic =
            Diagnostic::error(UNKNOWN_VARIABLE.id, fault.span, format!("{quoted} does not exist"))
                .with_help(format!("{help}{compiler}"));
        found.push(with_calls(diagnostic, fault));
    }
}
