//! Faults of YAML, and of the version.

use super::plant::{Bed, at, is_flow, own};
use super::schema::steps_of;
use dryrun::yaml::{Kind, Node, ScalarStyle};

pub(super) fn plant(bed: &mut Bed<'_>, root: &Node) {
    if let Some(version) = at(root, "version") {
        for value in ["3", "2.2", "latest", "[2.1]", "2.1.0", "1"] {
            bed.replace(&format!("version: {value}"), &version.value, value);
        }
        bed.rename("version: misspelled", &version, "versoin");
    }
    let text = bed.text;
    let mut plain = Vec::new();
    keys(root, &mut plain);
    for (key, value, mapping) in plain {
        let start = key.span().start as usize;
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        let blank = &text[line..start];
        if blank.len() >= 2 && blank.bytes().all(|byte| byte == b' ') && !is_flow(&mapping) {
            bed.edit("yaml: tab", line..start, "\t", line..line + 1);
            let fields = own(&mapping);
            let last = fields.last().is_some_and(|field| field.key.span() == key.span());
            let first = fields.first().is_some_and(|field| field.key.span() == key.span());
            if !first && !last {
                bed.edit("yaml: one space more", line..line, " ", line..start + 1);
                bed.edit("yaml: one space less", line..line + 1, "", line..start);
            }
        }
        let Kind::Scalar(scalar) = value.kind() else { continue };
        let range = value.span().range();
        let colon = key.span().end as usize;
        if range.is_empty()
            || text[colon..range.start].contains('\n')
            || !text[colon..].starts_with(": ")
            || is_flow(&mapping)
        {
            continue;
        }
        match scalar.style {
            ScalarStyle::DoubleQuoted | ScalarStyle::SingleQuoted => {
                bed.edit("yaml: open quote", range.end - 1..range.end, "", range.start..range.end);
            }
            ScalarStyle::Plain if !scalar.text.contains(['\'', '"', '[', '{', '\n']) => {
                bed.edit("yaml: quote", range.start..range.start, "\"", range.start..range.end);
                bed.edit("yaml: open bracket", range.start..range.start, "[", range.start..range.end);
                bed.edit("yaml: open brace", range.start..range.start, "{", range.start..range.end);
                bed.edit(
                    "yaml: unknown alias",
                    range.clone(),
                    "*no_such_anchor",
                    range.start..range.start + 5,
                );
                bed.edit(
                    "yaml: no space after colon",
                    colon + 1..range.start,
                    "",
                    range.start - 2..range.start,
                );
                bed.edit("yaml: at sign", range.start..range.start, "@", range.start..range.end);
                bed.edit("yaml: second colon", range.start..range.start, "a: b: ", range.start..range.end);
            }
            _ => {}
        }
        let column = start - line;
        let whole = &text[start..range.end];
        if !whole.contains('\n') && blank.trim().is_empty() {
            let put = format!("{whole}\n{}", " ".repeat(column));
            let length = put.len();
            bed.edit("yaml: duplicate key", start..start, &put, start..start + length + 1);
        }
    }
    steps_of(root, &mut |step, list| {
        let start = step.span().start as usize;
        let dash = text[..start].rfind('-').unwrap_or(start);
        if !is_flow(list) && text[dash..start] == *"- " {
            bed.edit("yaml: no space after dash", dash + 1..start, "", dash..dash + 2);
        }
    });
}

fn keys(node: &Node, found: &mut Vec<(Node, Node, Node)>) {
    match node.kind() {
        Kind::Mapping(mapping) => {
            for entry in &mapping.entries {
                if !entry.is_merge() {
                    found.push((entry.key.clone(), entry.value.clone(), node.clone()));
                }
                keys(&entry.value, found);
            }
        }
        Kind::Sequence(sequence) => sequence.items.iter().for_each(|item| keys(item, found)),
        Kind::Scalar(_) | Kind::Alias(_) => {}
    }
}
