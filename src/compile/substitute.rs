//! Nodes as values: aliases followed, scalars typed as YAML 1.1 types them, `<< >>` filled in.

use super::arguments::told;
use super::compiler::{Bound, Call, Compiler};
use super::fault::FaultKind;
use super::origin::{FrameKind, Origin};
use super::output::{Value, plain};
use super::pipeline::data_of;
use crate::config::Version;
use crate::expression::{self, Answer, Fault, Lookup, Namespace, Opaque, Problem, Reference, Template};
use crate::text::{Sources, Span, Spanned};
use crate::yaml::{Data, Field, Key, Kind, Node, Resolved, Scalar, ScalarStyle};

impl<'a> Compiler<'a> {
    /// The value of `node`, which stands where `call` says.
    pub(super) fn value(&mut self, node: &Node, call: &Call<'a>) -> Value {
        let call = &through_alias(node, call);
        let node = node.resolved();
        let mark = call.origin.within(FrameKind::Text, "", node.span());
        if self.exhausted() {
            return plain(Data::Null);
        }
        let data = match node.kind() {
            Kind::Scalar(scalar) if scalar.text.contains("<<") => {
                return self.filled(&scalar.text, node, call);
            }
            Kind::Scalar(scalar) => {
                self.afford(scalar.text.len(), node.span(), &call.origin);
                data_of(node.meaning().unwrap_or(Resolved::Null))
            }
            Kind::Sequence(sequence) => {
                self.afford(0, node.span(), &call.origin);
                Data::List(sequence.items.iter().map(|item| self.value(item, call)).collect())
            }
            Kind::Mapping(mapping) => {
                self.afford(0, node.span(), &call.origin);
                let mut entries = Vec::new();
                for field in mapping.fields() {
                    let Some(name) = field.key.text() else { continue };
                    let inside = through_merge(self.sources, &field, call);
                    let mark = inside.origin.within(FrameKind::Text, "", field.key.span());
                    let value = self.value(&field.value, &inside);
                    entries.push((Key { text: name.to_owned(), mark }, value));
                }
                Data::Map(entries)
            }
            // An alias of nothing: the reader has said so.
            Kind::Alias(_) => Data::Null,
        };
        Value { data, mark }
    }

    /// What the one `<< name >>` that `node` is stands for; nothing for any other node.
    pub(super) fn whole(&mut self, node: &Node, call: &Call<'a>) -> Option<Bound<'a>> {
        let text = node.text().filter(|text| text.contains("<<"))?;
        let (template, _) = Template::parse(text);
        let reference = template.whole()?.expression.as_reference()?;
        let call = &through_alias(node, call);
        Some(self.bound(reference, node.resolved(), call))
    }

    /// What `reference`, found in `node`, is bound to.
    fn bound(&mut self, reference: &Reference, node: &Node, call: &Call<'a>) -> Bound<'a> {
        if let Some(bound) = self.look_up(reference, call) {
            return bound;
        }
        let problem = match reference.namespace() {
            Namespace::Parameters => Problem::UndeclaredParameter(reference.path.clone()),
            _ => Problem::UnknownVariable(reference.path.clone()),
        };
        self.expression_fault(&Fault { range: reference.range.clone(), problem }, node, call);
        Bound::Unknown
    }

    /// What a name stands for where `call` stands; nothing for one that does not exist there. Pipeline
    /// parameters are out of scope in orbs; everything else of the pipeline is known everywhere.
    fn look_up(&self, reference: &Reference, call: &Call<'a>) -> Option<Bound<'a>> {
        let name = reference.name();
        match reference.namespace() {
            Namespace::Parameters => call.bindings.parameter(name).cloned(),
            Namespace::Matrix => call.bindings.cell(name).cloned(),
            Namespace::PipelineParameters if call.scope.is_config() => {
                self.pipeline_parameter(name).cloned().map(Bound::Value)
            }
            Namespace::Pipeline => self.pipeline.value(name).map(Bound::Value),
            Namespace::PipelineParameters | Namespace::Other => None,
        }
    }

    /// How many bytes `template` comes to at most: its own, and those of every value that it names, as often
    /// as it names it. Known before a single one is written.
    fn length(&self, template: &Template, call: &Call<'a>) -> usize {
        let names = template.references().into_iter();
        let values = names.map(|reference| self.length_of_name(reference, call));
        values.fold(template.source().len(), usize::saturating_add)
    }

    /// The bytes of the value that `reference` stands for; none for those that are short anyway.
    fn length_of_name(&self, reference: &Reference, call: &Call<'a>) -> usize {
        let name = reference.name();
        match reference.namespace() {
            Namespace::Parameters => call.bindings.parameter(name).map_or(0, Bound::length),
            Namespace::Matrix => call.bindings.cell(name).map_or(0, Bound::length),
            Namespace::PipelineParameters => {
                self.pipeline_parameter(name).map_or(0, |value| length_of(&value.data))
            }
            Namespace::Pipeline | Namespace::Other => 0,
        }
    }

    /// The same, as expressions see it. Once too much text was read nothing is known any more, and the next
    /// value cannot be afforded.
    pub(super) fn look_up_value(&self, reference: &Reference, call: &Call<'a>) -> Lookup {
        if !self.read(self.length_of_name(reference, call)) {
            return Lookup::Unknown("too much text was read".to_owned());
        }
        match self.look_up(reference, call) {
            None => Lookup::Undeclared,
            Some(Bound::Unknown) => Lookup::Unknown(format!("`{}` is not known here", reference.path)),
            Some(bound) => Lookup::Value(seen_from_expression(&bound)),
        }
    }

    pub(super) fn expression_fault(&mut self, fault: &Fault, node: &Node, call: &Call<'a>) {
        self.expression_faults(std::slice::from_ref(fault), node, call);
    }

    /// Faults in the text of one node: it may have thousands, and its places are looked up once.
    pub(super) fn expression_faults(&mut self, faults: &[Fault], node: &Node, call: &Call<'a>) {
        if faults.is_empty() {
            return;
        }
        let place = node.locator(&self.sources.get(node.span().source).text);
        let in_double_quotes =
            node.as_scalar().is_some_and(|scalar| scalar.style == ScalarStyle::DoubleQuoted);
        // A config of version 2.0 has no tags that could stay open.
        let has_tags = !self.config.version.as_ref().is_some_and(Version::is_2_0);
        for fault in faults {
            let kind = match &fault.problem {
                Problem::UnclosedTag | Problem::NoTag if has_tags => {
                    let closed = fault.problem == Problem::NoTag;
                    FaultKind::UnclosedTag { closed, in_double_quotes }
                }
                Problem::UnclosedTag | Problem::NoTag => continue,
                problem => Self::kind_of(problem, call),
            };
            self.fault(kind, place(fault.range.clone()), &call.origin);
        }
    }

    fn kind_of(problem: &Problem, call: &Call<'a>) -> FaultKind {
        match problem {
            Problem::UndeclaredParameter(name) => FaultKind::UndeclaredParameter {
                name: name.clone(),
                declared: call.bindings.declared.map(told).unwrap_or_default(),
            },
            Problem::UnknownVariable(name) => FaultKind::UnknownVariable { name: name.clone() },
            other => FaultKind::Expression { message: other.to_string() },
        }
    }

    /// A scalar with `<< >>`: of any type where it is one placeholder, else text.
    fn filled(&mut self, text: &str, node: &Node, call: &Call<'a>) -> Value {
        let mark = call.origin.within(FrameKind::Text, "", node.span());
        let (template, faults) = Template::parse(text);
        self.expression_faults(&faults, node, call);
        if let Some(reference) = template.whole().and_then(|whole| whole.expression.as_reference()) {
            let bound = self.bound(reference, node, call);
            return self.put_in(bound, text, node, call);
        }
        let length = self.length(&template, call);
        if length > self.text_left() {
            self.afford(length, node.span(), &call.origin);
            return plain(Data::Null);
        }
        let rendered = template.render(&|reference| self.look_up_value(reference, call));
        self.expression_faults(&rendered.faults, node, call);
        let data = match &rendered.answer {
            Answer::Known(value) => data_of_answer(value, &rendered.text()),
            Answer::Unknown(_) => Data::String(rendered.text().into_owned()),
        };
        self.afford(text_of(&data).map_or(0, |text| text.len()), node.span(), &call.origin);
        Value { data, mark }
    }

    /// A bound value in place of the placeholder that `node` is.
    fn put_in(&mut self, bound: Bound<'a>, text: &str, node: &Node, call: &Call<'a>) -> Value {
        match bound {
            Bound::Value(mut value) => {
                self.afford_tree(&value, node.span(), &call.origin);
                if value.mark.span().is_none() {
                    value.mark = call.origin.within(FrameKind::Text, "", node.span());
                }
                value
            }
            other => {
                let mark = call.origin.within(FrameKind::Text, "", node.span());
                let data = match other {
                    Bound::Steps(steps) => Data::List(steps.to_vec()),
                    Bound::Executor(executor) => Data::String(executor.name.value.clone()),
                    Bound::Unknown | Bound::Value(_) => Data::String(text.to_owned()),
                };
                Value { data, mark }
            }
        }
    }

    /// The value of a cell of a matrix.
    pub(super) fn cell(&mut self, node: &Node, call: &Call<'a>) -> Bound<'a> {
        Bound::Value(self.value(node, call))
    }

    /// A name with its `<< >>` filled in.
    pub(super) fn name(&mut self, name: &Spanned<String>, call: &Call<'a>) -> String {
        if !name.value.contains("<<") {
            return name.value.clone();
        }
        let scalar = Scalar { text: name.value.clone(), style: ScalarStyle::Plain };
        let node = Node::new(Kind::Scalar(scalar), name.span, None, None);
        text_of(&self.value(&node, call).data).unwrap_or_default()
    }

    /// Takes the whole of `value` off what is left.
    pub(super) fn afford_tree(&mut self, value: &Value, span: Span, origin: &Origin) -> bool {
        match &value.data {
            Data::List(items) => {
                self.afford(0, span, origin) && items.iter().all(|item| self.afford_tree(item, span, origin))
            }
            Data::Map(entries) => {
                self.afford(0, span, origin)
                    && entries.iter().all(|(_, value)| self.afford_tree(value, span, origin))
            }
            data => self.afford(text_of(data).map_or(0, |text| text.len()), span, origin),
        }
    }
}

/// `call`, reached through the alias that `node` is.
pub(super) fn through_alias<'a>(node: &Node, call: &Call<'a>) -> Call<'a> {
    match node.kind() {
        Kind::Alias(alias) => call.via(call.origin.within(FrameKind::Anchor, &alias.name, node.span())),
        _ => call.clone(),
    }
}

/// `call`, reached through the merge keys that brought `field`.
pub(super) fn through_merge<'a>(sources: &Sources, field: &Field, call: &Call<'a>) -> Call<'a> {
    let mut origin = call.origin.clone();
    for span in &field.merged_through {
        let name = sources.slice(*span).trim_start_matches('*');
        let name = if name.contains(char::is_whitespace) { "<<" } else { name };
        origin = origin.within(FrameKind::Anchor, name, *span);
    }
    call.via(origin)
}

/// The bytes of a text; what is no text is short.
fn length_of(data: &Data<Origin>) -> usize {
    match data {
        Data::String(text) | Data::Verbatim(text) => text.len(),
        _ => 0,
    }
}

impl Bound<'_> {
    /// The bytes of the value where it is a text.
    fn length(&self) -> usize {
        match self {
            Self::Value(value) => length_of(&value.data),
            Self::Steps(_) | Self::Executor(_) | Self::Unknown => 0,
        }
    }

    /// The value as text; an executor by its name.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Value(value) => text_of(&value.data),
            Self::Executor(executor) => Some(executor.name.value.clone()),
            Self::Steps(_) | Self::Unknown => None,
        }
    }
}

/// A bound value as expressions and conditions see it. An executor is its name.
fn seen_from_expression(bound: &Bound<'_>) -> expression::Value {
    match bound {
        Bound::Value(value) => operand(value),
        Bound::Steps(steps) => opaque("a list of steps", steps.len()),
        Bound::Executor(executor) => expression::Value::String(executor.name.value.clone()),
        Bound::Unknown => expression::Value::Null,
    }
}

/// A value as expressions and conditions see it.
pub(super) fn operand(value: &Value) -> expression::Value {
    match &value.data {
        Data::Null => expression::Value::Null,
        Data::Bool(value) => expression::Value::Bool(*value),
        Data::Int(value) => expression::Value::Int(*value),
        Data::Float(value) => expression::Value::Float(*value),
        Data::Verbatim(text) | Data::String(text) => expression::Value::String(text.clone()),
        Data::List(items) => opaque("a list", items.len()),
        Data::Map(entries) => opaque("a mapping", entries.len()),
    }
}

fn opaque(kind: &'static str, length: usize) -> expression::Value {
    let content = if length == 0 { String::new() } else { format!("{length} items") };
    expression::Value::Opaque(Opaque { kind, content })
}

fn data_of_answer(value: &expression::Value, text: &str) -> Data<Origin> {
    match value {
        expression::Value::Null => Data::Null,
        expression::Value::Bool(value) => Data::Bool(*value),
        expression::Value::Int(value) => Data::Int(*value),
        expression::Value::Float(value) => Data::Float(*value),
        expression::Value::String(text) => Data::String(text.clone()),
        expression::Value::Opaque(_) => Data::String(text.to_owned()),
    }
}

/// A scalar as it stands inside other text; an executor with arguments by its name; nothing for a list.
pub(super) fn text_of(data: &Data<Origin>) -> Option<String> {
    match data {
        Data::Null => Some(String::new()),
        Data::Bool(value) => Some(value.to_string()),
        Data::Int(value) => Some(value.to_string()),
        Data::Float(value) => Some(format!("{value:?}")),
        Data::Verbatim(text) | Data::String(text) => Some(text.clone()),
        Data::Map(entries) => {
            let name = entries.iter().find(|(key, _)| key.text == "name");
            name.and_then(|(_, value)| text_of(&value.data))
        }
        Data::List(_) => None,
    }
}

/// The type of a value, in the words of parameter declarations.
pub(super) fn type_name(data: &Data<Origin>) -> &'static str {
    match data {
        Data::Null => "null",
        Data::Bool(_) => "boolean",
        Data::Int(_) => "integer",
        Data::Float(_) => "number",
        Data::Verbatim(_) | Data::String(_) => "string",
        Data::List(_) => "list",
        Data::Map(_) => "mapping",
    }
}
