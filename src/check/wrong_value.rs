use super::call_chain::with_calls;
use super::form::{faults, quoted};
use super::suggestion::{reworded, shown};
use super::{Context, declare_check};
use crate::compile;
use crate::config::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds values of the right type that CircleCI refuses for what they say: how long caches are kept
    /// (`retention`), how often and after how long a step runs again (`max_auto_reruns`, `auto_rerun_delay`), how
    /// deep a shallow `checkout` goes, `parallelism` that is no number, names of serial groups; and keys that
    /// need another one beside them, such as a delay without a number of reruns or `type: enum` without `enum`.
    /// A value that comes through `<< >>` is looked at once it is filled in: `when: << parameters.when >>` has to
    /// come to a word that `when` takes, `steps: << parameters.after >>` to steps.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config. For `retention` it says `does not match pattern
    /// ^([1-9]|[12][0-9]|30)d$`.
    ///
    /// ## How to fix
    ///
    /// Write a value of the form that is asked for, with its unit:
    ///
    /// ```yaml
    /// - run:
    ///     command: make test
    ///     max_auto_reruns: 2
    ///     auto_rerun_delay: 30s
    /// ```
    WRONG_VALUE = "wrong-value", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let compile::FaultKind::Unfit { key, value, wanted } = &fault.kind else { continue };
        let message = format!("{} comes to {}", shown(key), shown(value));
        let diagnostic = Diagnostic::error(WRONG_VALUE.id, fault.span, message);
        found.push(with_calls(diagnostic.with_help(format!("It must be {wanted}")), fault));
    }
    for fault in faults(context) {
        let key = shown(fault.pointer.rsplit('/').next().unwrap_or_default());
        found.extend(match &fault.kind {
            FaultKind::WrongForm { value, pattern, what, with_unit } => {
                let message = format!("{key} cannot be {}", shown(value));
                let asked = format!("It must be {what}");
                let help = match *pattern {
                    "" => asked,
                    pattern => {
                        let compiler = quoted(fault, &format!("does not match pattern {pattern}"));
                        format!("{asked}. {compiler}")
                    }
                };
                let whole = with_unit.as_deref();
                let fix = whole.and_then(|whole| reworded(context.sources, fault.span, value, whole));
                Some(Diagnostic::error(WRONG_VALUE.id, fault.span, message).with_help(help).with_fix(fix))
            }
            FaultKind::Dependent { need } => {
                let written = |key: &str, word: Option<&str>| match word {
                    Some(word) => format!("`{key}: {word}`"),
                    None => format!("`{key}`"),
                };
                let key = written(need.key, need.word);
                let needs = written(need.needs, need.needed_word);
                Some(
                    Diagnostic::error(WRONG_VALUE.id, fault.span, format!("{key} needs {needs} beside it"))
                        .with_help(format!("Add {needs}, or take {key} out")),
                )
            }
            _ => None,
        });
    }
}
