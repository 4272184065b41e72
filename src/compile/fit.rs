//! Whether a value is of the type that a parameter declares, or what its key takes.

use super::Origin;
use super::compiler::{Call, Compiler};
use super::fault::FaultKind;
use super::matrix::value_text;
use super::output::Value;
use super::pipeline::data_of;
use super::substitute::{text_of, type_name};
use crate::config::schema::Record;
use crate::config::{Parameter, ParameterType, is_template};
use crate::expression::{Namespace, Template};
use crate::yaml::{Data, Kind, Node, Resolved};

/// What is wrong with `value` as an argument of `parameter`. A null is taken for every type: what the compiler
/// says of one is not known. Of a text that still has `<<` the value is not known.
pub(super) fn misfit(parameter: &Parameter, value: &Data<Origin>) -> Option<FaultKind> {
    let kind = parameter.kind.as_ref()?.value;
    if matches!(value, Data::String(text) if text.contains("<<")) {
        return None;
    }
    let fits = match (kind, value) {
        (_, Data::Null)
        | (ParameterType::String, Data::String(_) | Data::Verbatim(_))
        | (ParameterType::Boolean, Data::Bool(_))
        | (ParameterType::Integer, Data::Int(_))
        | (ParameterType::Steps, Data::List(_))
        | (ParameterType::Executor, Data::String(_) | Data::Map(_)) => true,
        (ParameterType::EnvVarName, Data::String(text)) => is_variable_name(text),
        (ParameterType::Enum, value) => return outside_enum(parameter, value),
        _ => false,
    };
    (!fits).then(|| wrong(parameter, kind, type_name(value), shown(value)))
}

/// What is wrong with `node` as an argument or default of `parameter`, as far as it can be told from what is
/// written: of a `<< >>` nothing can.
#[must_use]
pub fn misfit_as_written(parameter: &Parameter, node: &Node) -> Option<FaultKind> {
    let data = match node.resolved().kind() {
        Kind::Scalar(_) => data_of(node.meaning().unwrap_or(Resolved::Null)),
        Kind::Sequence(_) => Data::List(Vec::new()),
        Kind::Mapping(_) => Data::Map(Vec::new()),
        Kind::Alias(_) => return None,
    };
    misfit(parameter, &data)
}

/// A value that `parameter` cannot be, whatever it declares: steps in place of a text.
pub(super) fn wrong(
    parameter: &Parameter,
    expected: ParameterType,
    found: &'static str,
    value: String,
) -> FaultKind {
    FaultKind::WrongArgument {
        parameter: parameter.name.value.clone(),
        declared: parameter.name.span,
        expected,
        value,
        found,
    }
}

/// Values are compared as text, as written or as typed: `enum: [1, 2]` takes `"1"`.
fn outside_enum(parameter: &Parameter, value: &Data<Origin>) -> Option<FaultKind> {
    let Some(text) = text_of(value) else {
        return Some(wrong(parameter, ParameterType::Enum, type_name(value), shown(value)));
    };
    let chosen = |choice: &Node| {
        let typed = choice.meaning().and_then(|meaning| text_of(&data_of(meaning)));
        value_text(choice) == text || typed.is_some_and(|typed| typed == text)
    };
    if parameter.choices.is_empty() || parameter.choices.iter().any(chosen) {
        return None;
    }
    Some(FaultKind::NotInEnum {
        parameter: parameter.name.value.clone(),
        declared: parameter.name.span,
        value: text,
        permitted: parameter.choices.iter().map(value_text).collect(),
    })
}

impl<'a> Compiler<'a> {
    /// Notes where `value`, which `node` came to, is none that key `key` of `record` takes. What is written
    /// without `<< >>` the schema has looked at; of a text that still has `<<` the value is not known, and values of
    /// the pipeline are other ones when it runs.
    pub(super) fn refuse_unfit(
        &mut self,
        record: &Record,
        key: &str,
        node: &Node,
        value: &Value,
        call: &Call<'a>,
    ) {
        let assumed = |text: &str| {
            let (template, _) = Template::parse(text);
            template.references().iter().any(|reference| reference.namespace() == Namespace::Pipeline)
        };
        if !is_template(node) || node.text().is_some_and(assumed) {
            return;
        }
        let whole = match &value.data {
            Data::Int(value) => Some(*value),
            _ => None,
        };
        // Of a built-in step other than `run` a boolean is taken too: seen in configs that CircleCI compiled.
        let script = record.keys.iter().any(|known| known.name == "command");
        if key == "when" && !script && matches!(value.data, Data::Bool(_)) {
            return;
        }
        let shape = record.keys.iter().find(|known| known.name == key).map(|known| known.shape);
        let text = text_of(&value.data).filter(|text| !text.contains("<<"));
        let Some((shape, text)) = shape.zip(text) else { return };
        if let Some(wanted) = shape.asks_instead_of(&text, whole) {
            let kind = FaultKind::Unfit { key: key.to_owned(), value: text, wanted };
            self.fault(kind, node.span(), &call.origin);
        }
    }
}

/// A name as POSIX has it for environment variables.
fn is_variable_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

/// A value for a message: scalars only.
fn shown(value: &Data<Origin>) -> String {
    match value {
        Data::List(_) | Data::Map(_) => String::new(),
        scalar => text_of(scalar).unwrap_or_default(),
    }
}
