use super::*;
use crate::text::{Source, Span, Spanned};
use granit_parser::{Event, Parser, options};
use std::collections::HashMap;
#[derive(Clone, Debug)]
pub struct Fault {
    pub message: String,
    pub span: Span,
}
enum Frame {
    Seq(Vec<Node>, bool, u32, Option<Spanned<String>>, usize),
    Map(Vec<Entry>, Option<Node>, bool, u32, Option<Spanned<String>>, usize),
}
pub fn parse(source: &Source) -> (Document, Vec<Fault>) {
    let text = source.text.as_str();
    let opts = options! { strict_indentation: true, emit_unresolved_aliases: true, emit_anchor_events: true, emit_comments: false, max_buffered_comment_events: 100_000 };
    let mut anchors: HashMap<usize, Node> = HashMap::new();
    let mut stack: Vec<Frame> = vec![];
    let mut root = None;
    let mut faults = vec![];
    let mut stopped_at = None;
    let mut events = Parser::new_from_str_with_options(text, opts).peekable();
    let sp = |r: std::ops::Range<usize>| Span::new(source.id, r);
    let close = |n: Node,
                 id: usize,
                 stack: &mut Vec<Frame>,
                 root: &mut Option<Node>,
                 anchors: &mut HashMap<usize, Node>| {
        if id != 0 {
            anchors.insert(id, n.clone());
        }
        match stack.last_mut() {
            None => *root = Some(n),
            Some(Frame::Seq(items, ..)) => items.push(n),
            Some(Frame::Map(es, k, ..)) => match k.take() {
                None => *k = Some(n),
                Some(key) => es.push(Entry { key, value: n }),
            },
        }
    };
    let mut docs = 0;
    while let Some(next) = events.next() {
        let (event, span) = match next {
            Ok(x) => x,
            Err(e) => {
                let o = e.marker().byte_offset().unwrap_or(text.len());
                faults.push(Fault { message: e.info(), span: sp(o..o) });
                stopped_at = Some(o as u32);
                break;
            }
        };
        let r = span.byte_range().unwrap_or(0..0);
        match event {
            Event::Scalar(t, style, id, tag) => {
                let a = match events.peek() {
                    Some(Ok((Event::Anchor(_, name), s))) => {
                        let a = Some(Spanned::new(name.to_string(), sp(s.byte_range().unwrap_or(0..0))));
                        events.next();
                        a
                    }
                    _ => None,
                };
                let style = match format!("{style:?}").as_str() {
                    "Plain" => ScalarStyle::Plain,
                    "SingleQuoted" => ScalarStyle::SingleQuoted,
                    "DoubleQuoted" => ScalarStyle::DoubleQuoted,
                    "Literal" => ScalarStyle::Literal,
                    _ => ScalarStyle::Folded,
                };
                let n = Node::new(
                    Kind::Scalar(Scalar { text: t.into_owned(), style }),
                    sp(r),
                    a,
                    tag.map(|t| Spanned::new(format!("{t}"), Span::default())),
                );
                close(n, id, &mut stack, &mut root, &mut anchors);
            }
            Event::SequenceStart(st, id, _) => {
                let a = match events.peek() {
                    Some(Ok((Event::Anchor(_, name), s))) => {
                        let a = Some(Spanned::new(name.to_string(), sp(s.byte_range().unwrap_or(0..0))));
                        events.next();
                        a
                    }
                    _ => None,
                };
                stack.push(Frame::Seq(vec![], format!("{st:?}") == "Flow", r.start as u32, a, id));
            }
            Event::MappingStart(st, id, _) => {
                let a = match events.peek() {
                    Some(Ok((Event::Anchor(_, name), s))) => {
                        let a = Some(Spanned::new(name.to_string(), sp(s.byte_range().unwrap_or(0..0))));
                        events.next();
                        a
                    }
                    _ => None,
                };
                stack.push(Frame::Map(vec![], None, format!("{st:?}") == "Flow", r.start as u32, a, id));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(f) = stack.pop() {
                    let (n, id) = match f {
                        Frame::Seq(items, flow, s, a, id) => {
                            let e = if flow {
                                r.end
                            } else {
                                items.last().map_or(s as usize, |n: &Node| n.span().end as usize)
                            };
                            (
                                Node::new(
                                    Kind::Sequence(Sequence { items, flow }),
                                    sp(s as usize..e),
                                    a,
                                    None,
                                ),
                                id,
                            )
                        }
                        Frame::Map(entries, _, flow, s, a, id) => {
                            let e = if flow {
                                r.end
                            } else {
                                entries.last().map_or(s as usize, |n: &Entry| {
                                    n.value.span().end.max(n.key.span().end) as usize
                                })
                            };
                            (
                                Node::new(
                                    Kind::Mapping(Mapping { entries, flow }),
                                    sp(s as usize..e),
                                    a,
                                    None,
                                ),
                                id,
                            )
                        }
                    };
                    close(n, id, &mut stack, &mut root, &mut anchors);
                }
            }
            Event::Alias(id) => {
                let n = Node::new(
                    Kind::Alias(Alias {
                        name: text.get(r.start + 1..r.end).unwrap_or("").into(),
                        target: anchors.get(&id).cloned(),
                    }),
                    sp(r),
                    None,
                    None,
                );
                close(n, 0, &mut stack, &mut root, &mut anchors);
            }
            Event::UnresolvedAlias(name) => {
                let n = Node::new(
                    Kind::Alias(Alias { name: name.into_owned(), target: None }),
                    sp(r),
                    None,
                    None,
                );
                close(n, 0, &mut stack, &mut root, &mut anchors);
            }
            Event::DocumentStart(..) => {
                docs += 1;
                if docs > 1 {
                    break;
                }
            }
            _ => {}
        }
    }
    (Document { root, anchors: vec![], stopped_at }, faults)
}
