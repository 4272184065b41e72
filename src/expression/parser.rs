use super::lexer::{Lexeme, Operator, Token, lex};
use super::{DEEPEST_NESTING, Fault, Problem, Reference, Value};
use std::ops::Range;

/// An expression such as `pipeline.git.branch == "main" and not parameters.quick`.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub(super) term: Term,
    /// Bytes of the scalar's content, without blanks around it.
    pub range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Term {
    /// A regular expression is a string here; only `matches` can have one on its right.
    Literal(Value),
    Reference(Reference),
    Not(Box<Expression>),
    /// `first` and what operators of one level do to it, from left to right. A list, so that a long chain is
    /// no deep tree.
    Chain(Box<Expression>, Vec<(Operator, Expression)>),
}

/// How an [`Expression`] falls into clauses.
#[derive(Clone, Debug, PartialEq)]
pub enum Clauses<'e> {
    /// By `and`, or by `or`.
    Joined(Vec<&'e Expression>),
    /// `not`
    Negated(&'e Expression),
    /// It is a clause itself.
    One,
}

/// The operators by level, from the weakest to the strongest. Only `not` is stronger than the last.
const LEVELS: [&[Operator]; 4] = [
    &[Operator::Or],
    &[Operator::And],
    &[Operator::Equal, Operator::NotEqual, Operator::StartsWith, Operator::Contains, Operator::Matches],
    &[Operator::AtLeast, Operator::Greater, Operator::AtMost, Operator::Less],
];

impl Expression {
    /// Parses a bare expression: the whole content of a scalar, without `<< >>`.
    ///
    /// # Errors
    /// The first place where `text` does not follow the grammar.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        Self::parse_part(text, 0..text.len())
    }

    /// Parses `text[range]`; ranges in the result count from the start of `text`.
    pub(super) fn parse_part(text: &str, range: Range<usize>) -> Result<Self, Fault> {
        let lexemes = lex(text, range.clone())?;
        let mut parser = Parser { lexemes: lexemes.into_iter().peekable(), depth: 0, last: range };
        let expression = parser.chain(0)?;
        match parser.lexemes.next() {
            None => Ok(expression),
            Some((_, range)) => Err(Fault::malformed(range, "An operator is missing here")),
        }
    }

    pub(super) fn of_reference(reference: Reference) -> Self {
        Self { range: reference.range.clone(), term: Term::Reference(reference) }
    }

    /// The name, if the expression is nothing else.
    #[must_use]
    pub fn as_reference(&self) -> Option<&Reference> {
        match &self.term {
            Term::Reference(reference) => Some(reference),
            _ => None,
        }
    }

    /// The value, if the expression is a literal.
    #[must_use]
    pub fn as_literal(&self) -> Option<&Value> {
        match &self.term {
            Term::Literal(value) => Some(value),
            _ => None,
        }
    }

    /// What `and`, `or` or `not` joins at its top.
    #[must_use]
    pub fn clauses(&self) -> Clauses<'_> {
        match &self.term {
            Term::Not(inner) => Clauses::Negated(inner),
            Term::Chain(first, rest) if matches!(rest.first(), Some((Operator::And | Operator::Or, _))) => {
                let rest = rest.iter().map(|(_, operand)| operand);
                Clauses::Joined(std::iter::once(first.as_ref()).chain(rest).collect())
            }
            _ => Clauses::One,
        }
    }

    /// Every regular expression in it, without its slashes, and the bytes that it takes with them.
    #[must_use]
    pub fn patterns(&self) -> Vec<(&str, Range<usize>)> {
        let mut found = Vec::new();
        self.collect_patterns(&mut found);
        found
    }

    fn collect_patterns<'e>(&'e self, found: &mut Vec<(&'e str, Range<usize>)>) {
        match &self.term {
            Term::Literal(_) | Term::Reference(_) => {}
            Term::Not(inner) => inner.collect_patterns(found),
            Term::Chain(first, rest) => {
                first.collect_patterns(found);
                for (operator, operand) in rest {
                    match &operand.term {
                        Term::Literal(Value::String(pattern)) if *operator == Operator::Matches => {
                            found.push((pattern, operand.range.clone()));
                        }
                        _ => operand.collect_patterns(found),
                    }
                }
            }
        }
    }

    /// Every name in it, in the order of the text.
    #[must_use]
    pub fn references(&self) -> Vec<&Reference> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'e>(&'e self, found: &mut Vec<&'e Reference>) {
        match &self.term {
            Term::Literal(_) => {}
            Term::Reference(reference) => found.push(reference),
            Term::Not(inner) => inner.collect(found),
            Term::Chain(first, rest) => {
                first.collect(found);
                for (_, operand) in rest {
                    operand.collect(found);
                }
            }
        }
    }
}

struct Parser {
    lexemes: std::iter::Peekable<std::vec::IntoIter<Lexeme>>,
    /// Open parentheses and `not`s around the current word.
    depth: usize,
    /// The word before the current one; the whole text before the first.
    last: Range<usize>,
}

impl Parser {
    fn next(&mut self) -> Option<Lexeme> {
        let lexeme = self.lexemes.next()?;
        self.last = lexeme.1.clone();
        Some(lexeme)
    }

    /// Operands joined by operators of `level`, each made of stronger ones.
    fn chain(&mut self, level: usize) -> Result<Expression, Fault> {
        let Some(operators) = LEVELS.get(level) else { return self.operand() };
        let first = self.chain(level + 1)?;
        let mut rest = Vec::new();
        while let Some((Token::Operator(operator), _)) = self.lexemes.peek()
            && operators.contains(operator)
        {
            let operator = *operator;
            self.next();
            rest.push((operator, self.operand_of(operator, level)?));
        }
        let Some((_, end)) = rest.last() else { return Ok(first) };
        let range = first.range.start..end.range.end;
        Ok(Expression { term: Term::Chain(Box::new(first), rest), range })
    }

    fn operand_of(&mut self, operator: Operator, level: usize) -> Result<Expression, Fault> {
        if operator != Operator::Matches {
            return self.chain(level + 1);
        }
        match self.next() {
            Some((Token::Pattern(pattern), range)) => {
                Ok(Expression { term: Term::Literal(Value::String(pattern)), range })
            }
            _ => Err(self.expected("`matches` takes a regular expression between slashes")),
        }
    }

    fn operand(&mut self) -> Result<Expression, Fault> {
        let Some((token, range)) = self.next() else {
            return Err(self.expected("An expression is missing here"));
        };
        let term = match token {
            Token::Not => return self.nested(|parser| parser.negation(range.start)),
            Token::Open => return self.nested(|parser| parser.parenthesized(range)),
            Token::Bool(flag) => Term::Literal(Value::Bool(flag)),
            Token::Int(number) => Term::Literal(Value::Int(number)),
            Token::Text(text) => Term::Literal(Value::String(text)),
            Token::Name(path) => Term::Reference(Reference { path, range: range.clone() }),
            Token::Operator(_) | Token::Close | Token::Pattern(_) => {
                return Err(self.expected("A value is missing here"));
            }
        };
        Ok(Expression { term, range })
    }

    fn negation(&mut self, start: usize) -> Result<Expression, Fault> {
        let inner = self.operand()?;
        let range = start..inner.range.end;
        Ok(Expression { term: Term::Not(Box::new(inner)), range })
    }

    fn parenthesized(&mut self, open: Range<usize>) -> Result<Expression, Fault> {
        let inner = self.chain(0)?;
        match self.next() {
            Some((Token::Close, close)) => Ok(Expression { range: open.start..close.end, ..inner }),
            _ => Err(Fault::malformed(open, "This parenthesis is never closed")),
        }
    }

    fn nested(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<Expression, Fault>,
    ) -> Result<Expression, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST_NESTING {
            return Err(Fault::new(self.last.clone(), Problem::TooDeep("Parentheses and negations")));
        }
        let parsed = parse(self)?;
        self.depth -= 1;
        Ok(parsed)
    }

    /// A fault at the last word taken: the wrong one, or the one after which something is missing.
    fn expected(&self, message: &str) -> Fault {
        Fault::malformed(self.last.clone(), message)
    }
}
