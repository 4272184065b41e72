use super::table::{Named, Table};
use crate::text::{Span, Spanned};
use crate::yaml::{Field, Node};

/// The type of a declared parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterType {
    String,
    Boolean,
    Integer,
    Enum,
    Executor,
    Steps,
    EnvVarName,
}

impl ParameterType {
    const ALL: [Self; 7] = [
        Self::String,
        Self::Boolean,
        Self::Integer,
        Self::Enum,
        Self::Executor,
        Self::Steps,
        Self::EnvVarName,
    ];

    /// The word written in `type:`.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Enum => "enum",
            Self::Executor => "executor",
            Self::Steps => "steps",
            Self::EnvVarName => "env_var_name",
        }
    }

    /// The type that `name` writes.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A parameter that a job, command, executor or pipeline declares.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: Spanned<String>,
    /// Nothing where it is missing or no type at all.
    pub kind: Option<Spanned<ParameterType>>,
    /// Without one, an argument is required.
    pub default: Option<Node>,
    pub description: Option<Node>,
    /// The values an `enum` permits.
    pub choices: Vec<Node>,
    /// The whole declaration.
    pub span: Span,
}

impl Parameter {
    /// Whether it has to be given. Of one without a type that is not known, and its declaration is the fault.
    pub fn is_required(&self) -> bool {
        self.default.is_none() && self.kind.is_some()
    }
}

/// The `parameters` of a job, command, executor or config.
pub(super) fn read_parameters(owner: &Node) -> Table<Parameter> {
    let Some(node) = owner.get("parameters") else { return Table::default() };
    let read = |field: Field| {
        let name = super::read::name_of(&field.key)?;
        let kind = field.value.get("type").and_then(|kind| {
            let named = kind.text().and_then(ParameterType::named)?;
            Some(Spanned::new(named, kind.span()))
        });
        Some(Parameter {
            span: name.span.to(field.value.span()),
            name,
            kind,
            default: field.value.get("default"),
            description: field.value.get("description"),
            choices: field.value.get("enum").map(|list| list.items().to_vec()).unwrap_or_default(),
        })
    };
    node.fields().into_iter().filter_map(read).collect()
}

impl Named for Parameter {
    fn name(&self) -> &Spanned<String> {
        &self.name
    }
}
