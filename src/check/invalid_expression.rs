use super::call_chain::{going_on, with_calls};
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds expressions that cannot be read or evaluated: a part that is missing, a parenthesis that stays
    /// open, `>` between texts, a section `<<# x >>` that is never closed.
    ///
    /// ## Why it matters
    ///
    /// CircleCI evaluates expressions while it compiles the config, so that one it cannot evaluate stops every
    /// workflow. A text that only looks like an expression, a here-document for instance, is left alone.
    ///
    /// ## How to fix
    ///
    /// Write operands and operators in turn. `and`, `or` and `not` are words; texts stand in double quotes;
    /// `<`, `<=`, `>` and `>=` compare whole numbers, `starts-with` and `matches` take a text:
    ///
    /// ```yaml
    /// when: pipeline.git.branch == "main" and pipeline.number > 100
    /// ```
    INVALID_EXPRESSION = "invalid-expression", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        if let FaultKind::Expression { message } = &fault.kind {
            let message = format!("this expression cannot be evaluated: {}", going_on(message));
            let diagnostic = Diagnostic::error(INVALID_EXPRESSION.id, fault.span, message)
                .with_fix(operator(context, fault.span));
            found.push(with_calls(diagnostic, fault));
        }
    }
}

/// The word for an operator of other languages that begins at `span`.
fn operator(context: &Context<'_>, span: Span) -> Option<Fix> {
    let source = context.sources.get(span.source);
    let (symbol, word) = [("&&", "and"), ("||", "or")]
        .into_iter()
        .find(|(symbol, _)| source.text[span.start as usize..].starts_with(symbol))?;
    Some(Fix::replace(span.part(0..symbol.len()), word, format!("change to `{word}`")))
}
