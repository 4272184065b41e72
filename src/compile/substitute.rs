//! Nodes as values: aliases followed, scalars typed as YAML 1.1 types them, `<< >>` filled in.

use super::compiler::{Bound, Call, Compiler};
use super::fault::FaultKind;
use super::origin::{FrameKind, Origin};
use super::output::{Value, plain};
use super::pipeline::data_of;
use crate::config::is_template;
use crate::text::{Sources, Span, Spanned};
use crate::yaml::{Data, Field, Key, Kind, Node};

impl<'a> Compiler<'a> {
    /// The value of `node`, which stands where `call` says.
    pub(super) fn value(&mut self, node: &Node, call: &Call<'a>) -> Value {
        let call = &through_alias(node, call);
        let span = node.resolved().span();
        let mark = call.origin.within(FrameKind::Text, "", span);
        if self.exhausted() {
            return plain(Data::Null);
        }
        let data = match node.resolved().kind() {
            Kind::Scalar(scalar) if is_template(node) => return self.filled(&scalar.text, node, call),
            Kind::Scalar(scalar) => {
                self.afford(scalar.text.len(), span, &call.origin);
                data_of(node.meaning().unwrap_or(crate::yaml::Resolved::Null))
            }
            Kind::Sequence(sequence) => {
                self.afford(0, span, &call.origin);
                Data::List(sequence.items.iter().map(|item| self.value(item, call)).collect())
            }
            Kind::Mapping(mapping) => {
                self.afford(0, span, &call.origin);
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

    /// What the one `<< >>` that `node` is stands for; nothing for any other node.
    pub(super) fn whole(&mut self, node: &Node, call: &Call<'a>) -> Option<Bound<'a>> {
        let text = node.text()?.trim();
        let inner = text.strip_prefix("<<")?.strip_suffix(">>")?;
        if inner.contains("<<") {
            return None;
        }
        Some(self.reference(inner.trim(), node, call))
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
        let node = Node::new(
            Kind::Scalar(crate::yaml::Scalar {
                text: name.value.clone(),
                style: crate::yaml::ScalarStyle::Plain,
            }),
            name.span,
            None,
            None,
        );
        text_of(&self.value(&node, call).data).unwrap_or_default()
    }

    fn reference(&mut self, name: &str, node: &Node, call: &Call<'a>) -> Bound<'a> {
        if let Some(parameter) = name.strip_prefix("parameters.") {
            return match call.bindings.parameter(parameter) {
                Some(bound) => bound.clone(),
                None => {
                    self.fault(
                        FaultKind::UndeclaredParameter { name: name.to_owned() },
                        node.span(),
                        &call.origin,
                    );
                    Bound::Unknown
                }
            };
        }
        if let Some(cell) = name.strip_prefix("matrix.") {
            return call.bindings.cell(cell).cloned().unwrap_or(Bound::Unknown);
        }
        if let Some(parameter) = name.strip_prefix("pipeline.parameters.") {
            let config = self.config;
            let Some(declared) = config.parameters.iter().find(|p| p.name.value == parameter) else {
                return Bound::Unknown;
            };
            let given =
                self.pipeline.parameters.iter().rev().find(|(n, _)| n == parameter).map(|(_, v)| v.clone());
            if let Some(text) = given {
                let value = super::pipeline::typed(&text);
                return Bound::Value(value);
            }
            let top = self.top();
            return declared
                .default
                .as_ref()
                .map_or(Bound::Unknown, |default| Bound::Value(self.value(default, &top)));
        }
        if let Some(value) = name.strip_prefix("pipeline.") {
            return self.pipeline.value(value).map_or(Bound::Unknown, Bound::Value);
        }
        Bound::Unknown
    }

    fn filled(&mut self, text: &str, node: &Node, call: &Call<'a>) -> Value {
        let mark = call.origin.within(FrameKind::Text, "", node.resolved().span());
        if let Some(bound) = self.whole(node, call) {
            return match bound {
                Bound::Value(value) => value,
                _ => Value { data: Data::Null, mark },
            };
        }
        let mut out = String::new();
        let mut rest = text;
        while let Some(i) = rest.find("<<") {
            if i > 0 && rest.as_bytes()[i - 1] == b'\\' {
                out.push_str(&rest[..i - 1]);
                out.push_str("<<");
                rest = &rest[i + 2..];
                continue;
            }
            out.push_str(&rest[..i]);
            let Some(j) = rest[i..].find(">>") else {
                rest = &rest[i..];
                break;
            };
            let inner = rest[i + 2..i + j].trim();
            if inner.starts_with("parameters.")
                || inner.starts_with("pipeline.")
                || inner.starts_with("matrix.")
            {
                if let Bound::Value(v) = self.reference(inner, node, call) {
                    out.push_str(&text_of(&v.data).unwrap_or_default());
                }
                rest = &rest[i + j + 2..];
            } else {
                out.push_str("<<");
                rest = &rest[i + 2..];
            }
        }
        out.push_str(rest);
        self.afford(out.len(), node.span(), &call.origin);
        Value { data: Data::String(out), mark }
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

impl Bound<'_> {
    /// The value as text; an executor by its name.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Self::Value(value) => text_of(&value.data),
            Self::Executor(executor) => Some(executor.name.value.clone()),
            Self::Steps(_) | Self::Unknown => None,
        }
    }
}

/// A scalar as it stands inside other text; nothing for a list or mapping.
pub(super) fn text_of(data: &Data<Origin>) -> Option<String> {
    match data {
        Data::Null => Some(String::new()),
        Data::Bool(value) => Some(value.to_string()),
        Data::Int(value) => Some(value.to_string()),
        Data::Float(value) => Some(value.to_string()),
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
