use super::builder::{AnchorName, Builder, Token, TokenKind};
use super::cursor::line_end;
use super::syntax::{self, Complaint, Stop};
use super::{Document, Fault, Scalar, ScalarStyle, legacy, limit};
use crate::sort;
use crate::text::Source;
use granit_parser::{ErrorKind, Event, Parser, ScanError, StrInput, StructureStyle, options};
use std::borrow::Cow;
use std::ops::Range;

/// Reads a text. There is always a document: after a syntax error it holds what stands before the error.
/// Faults come in the order of the text, the first
/// [`limit::FAULTS_OF_A_KIND`] of each kind.
#[must_use]
pub fn parse(source: &Source) -> (Document, Vec<Fault>) {
    if source.text.len() > limit::BYTES {
        return (Document { stopped_at: Some(0), ..Document::default() }, vec![limit::size_fault(source)]);
    }
    let mut reading = read(source, true);
    if let Some(stop) = reading.stop.take() {
        reading = retry(source, reading, &stop);
    }
    let mut faults = reading.faults;
    faults.extend(legacy::invalid_characters(source));
    sort::by_key(&mut faults, |fault| (fault.span.start, fault.span.end, fault.kind));
    limit::thin_out(&mut faults);
    (reading.document, faults)
}

/// What one pass over a text gave.
struct Reading {
    document: Document,
    faults: Vec<Fault>,
    /// Why the pass ended early.
    stop: Option<Stop>,
}

/// The second pass, as SnakeYAML and `PyYAML` indent: it decides whether the text can be read. The first one,
/// by the letter of YAML 1.2, has the better eye for where an error begins.
fn retry(source: &Source, strict: Reading, stop: &Stop) -> Reading {
    let mut lenient = read(source, false);
    let closes_bracket = source.text.get(stop.at..).is_some_and(|rest| rest.starts_with([']', '}']))
        && stop.complaint == Complaint::Indentation;
    match lenient.stop.take() {
        None if closes_bracket => lenient,
        None => {
            let fault = syntax::indentation_fault(source, stop);
            lenient.faults.push(fault);
            lenient
        }
        Some(late) if closes_bracket || !same_trouble(stop, &late) => explained(source, lenient, &late),
        Some(_) => explained(source, strict, stop),
    }
}

/// Whether the strict pass ended at what also ended the lenient one, only earlier.
fn same_trouble(strict: &Stop, lenient: &Stop) -> bool {
    match strict.complaint {
        Complaint::UnclosedQuote => {
            matches!(lenient.complaint, Complaint::UnclosedQuote | Complaint::BehindQuote)
        }
        Complaint::Indentation => strict.brackets.last().is_some_and(|open| lenient.brackets.contains(open)),
        _ => strict.at >= lenient.unread,
    }
}

/// Adds the fault that tells why a pass ended, unless a character that YAML does not allow is the reason.
fn explained(source: &Source, mut reading: Reading, stop: &Stop) -> Reading {
    let invalid = legacy::first_invalid_character(&source.text);
    if !invalid.is_some_and(|at| stop.behind <= at && at <= stop.at) {
        reading.faults.push(syntax::fault(source, stop));
    }
    reading
}

/// How many bytes are read again for comments that stand too close, at most.
const READ_AGAIN: usize = 8 * 1024 * 1024;

/// ```yaml
/// only: ["main"]# to SnakeYAML a comment, to YAML 1.2 none: it wants a blank in front
/// ```
///
/// Such comments are blanked out of what is scanned, so that every place stays.
fn read(source: &Source, strict: bool) -> Reading {
    let mut text = Cow::Borrowed(source.text.as_str());
    for _ in 0..READ_AGAIN / source.text.len().max(READ_AGAIN / 100) {
        let reading = scan(source, &text, strict);
        match reading.stop.as_ref().and_then(|stop| tight_comment(&text, stop)) {
            Some(comment) => text.to_mut().replace_range(comment.clone(), &" ".repeat(comment.len())),
            None => return reading,
        }
    }
    scan(source, &text, strict)
}

/// The comment at which a pass ended because no blank stands before it, where SnakeYAML needs none.
fn tight_comment(text: &str, stop: &Stop) -> Option<Range<usize>> {
    let behind_token = text[..stop.at].ends_with(['"', '\'', ']', '}']);
    let is_comment = stop.complaint == Complaint::TightComment && text[stop.at..].starts_with('#');
    (is_comment && behind_token).then(|| stop.at..line_end(text, stop.at))
}

fn scan(source: &Source, text: &str, strict: bool) -> Reading {
    let settings = options! {
        strict_indentation: strict,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        emit_comments: false,
        max_buffered_comment_events: 100_000,
        // Longer keys than YAML 1.1 allows are reported by us, with a fix.
        simple_key_max_lookahead: legacy::LONGEST_KEY_READ,
    };
    let mut builder = Builder::new(source);
    let mut events = Events { text, parser: Parser::new_from_str_with_options(text, settings), ahead: None };
    let stop = loop {
        match events.token() {
            Ok(None) => break None,
            Ok(Some(token)) => {
                if builder.take(token).is_break() {
                    break None;
                }
            }
            Err(error) => {
                let at = offset(&error, text);
                if let Some(complaint) = complaint(&error) {
                    break Some(builder.stop(complaint, at));
                }
                builder.too_deep(at);
                break None;
            }
        }
    };
    let (document, faults) = builder.finish();
    Reading { document, faults, stop }
}

fn offset(error: &ScanError, text: &str) -> usize {
    error.marker().byte_offset().unwrap_or(text.len()).min(text.len())
}

/// An event of the scanner and its place.
type Spotted<'t> = (Event<'t>, granit_parser::Span);

/// The scanner's events, each anchor put to its node.
struct Events<'t> {
    text: &'t str,
    parser: Parser<'t, StrInput<'t>>,
    /// What came where an anchor was looked for.
    ahead: Option<Result<Spotted<'t>, ScanError>>,
}

impl<'t> Events<'t> {
    fn next(&mut self) -> Option<Result<Spotted<'t>, ScanError>> {
        self.ahead.take().or_else(|| self.parser.next())
    }

    /// The next token; nothing at the end of the text.
    fn token(&mut self) -> Result<Option<Token>, ScanError> {
        while let Some(next) = self.next() {
            let (event, span) = next?;
            let range = span.byte_range().unwrap_or_default();
            let tag_range = span.tag_span().and_then(|span| span.byte_range());
            let tag = event.tag().map(ToString::to_string).zip(tag_range);
            let anchored = match &event {
                Event::Scalar(_, _, id, _)
                | Event::SequenceStart(_, id, _)
                | Event::MappingStart(_, id, _) => *id != 0,
                _ => false,
            };
            if let Some(kind) = self.kind(event, &range) {
                let anchor = if anchored { self.anchor() } else { None };
                return Ok(Some(Token { kind, range, anchor, tag }));
            }
        }
        Ok(None)
    }

    fn kind(&self, event: Event<'t>, range: &Range<usize>) -> Option<TokenKind> {
        Some(match event {
            Event::Scalar(content, style, _, _) => {
                TokenKind::Scalar(Scalar { text: content.into_owned(), style: style_of(style) })
            }
            Event::SequenceStart(style, _, _) => {
                TokenKind::SequenceStart { flow: style == StructureStyle::Flow }
            }
            Event::MappingStart(style, _, _) => {
                TokenKind::MappingStart { flow: style == StructureStyle::Flow }
            }
            Event::SequenceEnd | Event::MappingEnd => TokenKind::End,
            Event::Alias(id) => {
                let name = self.text.get(range.start + 1..range.end).unwrap_or_default();
                TokenKind::Alias { name: name.to_owned(), id: Some(id) }
            }
            Event::UnresolvedAlias(name) => TokenKind::Alias { name: name.into_owned(), id: None },
            Event::DocumentStart(explicit, _) => TokenKind::DocumentStart { explicit },
            _ => return None,
        })
    }

    fn anchor(&mut self) -> Option<AnchorName> {
        match self.next() {
            Some(Ok((Event::Anchor(id, name), span))) => {
                let range = span.byte_range().unwrap_or_default();
                Some(AnchorName { id, name: name.into_owned(), range })
            }
            other => {
                self.ahead = other;
                None
            }
        }
    }
}

fn style_of(style: granit_parser::ScalarStyle) -> ScalarStyle {
    match style {
        granit_parser::ScalarStyle::Plain => ScalarStyle::Plain,
        granit_parser::ScalarStyle::SingleQuoted => ScalarStyle::SingleQuoted,
        granit_parser::ScalarStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
        granit_parser::ScalarStyle::Literal => ScalarStyle::Literal,
        granit_parser::ScalarStyle::Folded => ScalarStyle::Folded,
    }
}

/// The scanner's error in our words; nothing for its own limit of nesting.
fn complaint(error: &ScanError) -> Option<Complaint> {
    use ErrorKind as E;
    Some(match error.kind() {
        E::RecursionLimitExceeded => return None,
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MappingKeyNotAllowed => Complaint::Colon,
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::SimpleKeyExpected
        | E::InvalidSimpleKey
        | E::ExpectedDocumentStart
        | E::UnexpectedEndOfPlainScalar => Complaint::EntryExpected,
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => Complaint::Separator,
        E::InvalidIndentation | E::InvalidFlowScalarIndent => Complaint::Indentation,
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabAtBlockScalarStart => {
            Complaint::Tab
        }
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEof
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofFlowSequence => Complaint::UnclosedBracket,
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => Complaint::StrayBracket,
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
            Complaint::UnclosedQuote
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => Complaint::BehindQuote,
        E::UnknownQuotedScalarEscape => Complaint::Escape,
        E::UnexpectedCharacter { character } => Complaint::Character(*character),
        E::BlockSequenceEntryNotAllowed
        | E::BlockEntryInFlowCollection
        | E::PlainScalarStartsWithDashFlowIndicator => Complaint::Dash,
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => Complaint::BlockHeader,
        E::MissingAnchorOrAliasName => Complaint::Name,
        E::CommentInterceptedScalar => Complaint::Comment,
        E::CommentNotSeparated => Complaint::TightComment,
        _ => Complaint::Other(error.kind().to_string()),
    })
}
