use super::call::with_calls;
use super::suggestion::{closest, listed, shown};
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `<< parameters.x >>` where the job, command or executor around it declares no parameter `x`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the config: `Arguments referenced without declared parameters: parameters.x`. A command does
    /// not see the parameters of the job that calls it, and entries of workflows have none.
    ///
    /// ## How to fix
    ///
    /// Declare the parameter, and hand the value on where it is called:
    ///
    /// ```yaml
    /// commands:
    ///   test:
    ///     parameters:
    ///       go: {type: string}
    ///     steps:
    ///       - run: ./test << parameters.go >>
    /// ```
    ///
    /// A pipeline parameter is written `<< pipeline.parameters.x >>`.
    UNDECLARED_PARAMETER = "undeclared-parameter", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::UndeclaredParameter { name, declared } = &fault.kind else { continue };
        let plain = name.trim_start_matches("parameters.");
        let best = closest(plain, declared.iter().map(String::as_str));
        let pipeline = context.config.parameters.iter().any(|parameter| parameter.name.value == plain);
        let help = match best {
            _ if pipeline => format!("The pipeline has it: write `<< pipeline.parameters.{plain} >>`."),
            Some(best) => format!("Did you mean {}?", shown(best)),
            None if declared.is_empty() => "No parameters are declared here.".to_owned(),
            None => format!("Declared are {}.", listed(declared.iter().map(String::as_str), "and")),
        };
        let quoted = shown(name);
        let compiler = format!(
            "CircleCI: `Arguments referenced without declared parameters: {}`",
            quoted.trim_matches('`')
        );
        let message = format!("no parameter {} is declared here", shown(plain));
        let diagnostic = Diagnostic::error(UNDECLARED_PARAMETER.id, fault.span, message)
            .with_help(format!("{help} {compiler}"));
        found.push(with_calls(diagnostic, fault));
    }
}
