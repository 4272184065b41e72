use super::{Scalar, ScalarStyle};

/// What a scalar means in YAML 1.1, as SnakeYAML resolves it.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// Empty, `~`, `null`, `Null`, `NULL`.
    Null,
    /// `yes`, `no`, `on`, `off`, `true`, `false`, each also Capitalised and UPPER. Not `y` and `n`.
    Bool(bool),
    /// Decimal, octal (`0777`), hexadecimal, binary, sexagesimal (`12:30:45`), with `_` between digits.
    Int(i64),
    Float(f64),
    /// A date, a time stamp, or an integer beyond 64 bits: kept as written.
    Verbatim(String),
    /// `<<` as a plain scalar: a merge key where it is a key.
    Merge,
    String(String),
}

impl Resolved {
    /// What `scalar` means under `tag` (`str`, `!!int`, `tag:yaml.org,2002:str`; none for an untagged one).
    /// A text that its tag does not fit, and any text under a tag of another kind, is a string.
    #[must_use]
    pub fn of(scalar: &Scalar, tag: Option<&str>) -> Self {
        match tag {
            Some(tag) => Self::tagged(&scalar.text, tag),
            None if scalar.style == ScalarStyle::Plain => Self::plain(&scalar.text),
            None => Self::String(scalar.text.clone()),
        }
    }

    /// What `text` means as a plain scalar without a tag. The order is SnakeYAML's: the first fit wins.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        boolean(text)
            .or_else(|| integer(text))
            .or_else(|| float(text))
            .or_else(|| (text == "<<").then_some(Self::Merge))
            .or_else(|| null(text))
            .or_else(|| is_timestamp(text).then(|| Self::Verbatim(text.to_owned())))
            .unwrap_or_else(|| Self::String(text.to_owned()))
    }

    fn tagged(text: &str, tag: &str) -> Self {
        let kind =
            ["tag:yaml.org,2002:", "!!"].iter().find_map(|prefix| tag.strip_prefix(prefix)).unwrap_or(tag);
        let fitting = match kind {
            "null" => null(text),
            "bool" => boolean(text),
            "int" => integer(text),
            // A float may be written without a point under its tag.
            "float" => float(text).or_else(|| text.parse().ok().map(Self::Float)),
            "timestamp" => is_timestamp(text).then(|| Self::Verbatim(text.to_owned())),
            "merge" => Some(Self::Merge),
            _ => None,
        };
        fitting.unwrap_or_else(|| Self::String(text.to_owned()))
    }
}

fn null(text: &str) -> Option<Resolved> {
    matches!(text, "" | "~" | "null" | "Null" | "NULL").then_some(Resolved::Null)
}

fn boolean(text: &str) -> Option<Resolved> {
    match text {
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Some(Resolved::Bool(true)),
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Some(Resolved::Bool(false))
        }
        _ => None,
    }
}

/// The text behind its sign, and whether the sign is a minus.
fn unsigned(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn integer(text: &str) -> Option<Resolved> {
    let (negative, body) = unsigned(text);
    if body.contains(':') {
        let seconds = sexagesimal(body).filter(|_| !body.starts_with('0'))?;
        return Some(match seconds {
            Some(value) => Resolved::Int(if negative { -value } else { value }),
            None => Resolved::Verbatim(text.to_owned()),
        });
    }
    let (radix, digits) = match body.as_bytes() {
        [b'0'] | [b'1'..=b'9', ..] => (10, body),
        [b'0', b'b', ..] => (2, &body[2..]),
        [b'0', b'x', ..] => (16, &body[2..]),
        [b'0', ..] => (8, &body[1..]),
        _ => return None,
    };
    if !digits.chars().all(|digit| digit == '_' || digit.is_digit(radix)) {
        return None;
    }
    let mut number: String = digits.chars().filter(|digit| *digit != '_').collect();
    // `0_` is a zero to SnakeYAML; `0x_` has no digits at all.
    if number.is_empty() && radix == 8 {
        number.push('0');
    }
    if number.is_empty() {
        return None;
    }
    if negative {
        number.insert(0, '-');
    }
    Some(match i64::from_str_radix(&number, radix) {
        Ok(value) => Resolved::Int(value),
        Err(_) => Resolved::Verbatim(text.to_owned()),
    })
}

/// `90:05` as 90 × 60 + 5. Nothing when `body` is not of that form; nothing inside when it does not fit 64 bits.
#[expect(clippy::option_option, reason = "the outer one: is it this form; the inner one: does it fit")]
fn sexagesimal(body: &str) -> Option<Option<i64>> {
    let mut parts = body.split(':');
    let (first, rest) = digits(parts.next()?);
    if first.is_empty() || !rest.is_empty() {
        return None;
    }
    let mut total = without_underscores(first).parse::<i64>().ok();
    for part in parts {
        let below_sixty = match part.as_bytes() {
            [unit] => unit.is_ascii_digit(),
            [ten, unit] => (b'0'..=b'5').contains(ten) && unit.is_ascii_digit(),
            _ => false,
        };
        if !below_sixty {
            return None;
        }
        let step = part.parse::<i64>().ok()?;
        total = total.and_then(|sum| sum.checked_mul(60)?.checked_add(step));
    }
    Some(total)
}

/// Splits off the longest head that is a digit followed by digits and underscores; empty if there is none.
fn digits(text: &str) -> (&str, &str) {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return ("", text);
    }
    let end = text.find(|next: char| !next.is_ascii_digit() && next != '_').unwrap_or(text.len());
    text.split_at(end)
}

fn without_underscores(text: &str) -> String {
    text.chars().filter(|digit| *digit != '_').collect()
}

/// The forms of SnakeYAML's float: `1.5`, `1.`, `1e3`, `1.5e+3`, `.5`, `1:30.5`, `.inf`, `.nan`. A sign may stand
/// before all but `.5` and `.nan`.
fn float(text: &str) -> Option<Resolved> {
    let (negative, body) = unsigned(text);
    let signed = body.len() != text.len();
    let magnitude = match body {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        ".nan" | ".NaN" | ".NAN" if !signed => f64::NAN,
        _ if body.contains(':') => sexagesimal_float(body)?,
        _ if is_decimal(body, signed) => without_underscores(body).parse().ok()?,
        _ => return None,
    };
    Some(Resolved::Float(if negative { -magnitude } else { magnitude }))
}

fn is_decimal(body: &str, signed: bool) -> bool {
    let (whole, rest) = digits(body);
    let Some(fraction) = rest.strip_prefix('.') else {
        return !whole.is_empty() && is_exponent(rest);
    };
    if whole.is_empty() && (signed || !fraction.starts_with(|first: char| first.is_ascii_digit())) {
        return false;
    }
    let exponent = fraction.trim_start_matches(|next: char| next.is_ascii_digit() || next == '_');
    exponent.is_empty() || is_exponent(exponent)
}

/// `e3`, `E+3`.
fn is_exponent(text: &str) -> bool {
    text.strip_prefix(['e', 'E']).is_some_and(|power| {
        let power = power.strip_prefix(['-', '+']).unwrap_or(power);
        !power.is_empty() && power.bytes().all(|digit| digit.is_ascii_digit())
    })
}

fn sexagesimal_float(body: &str) -> Option<f64> {
    let (whole, fraction) = body.split_once('.')?;
    if !fraction.bytes().all(|next| next.is_ascii_digit() || next == b'_') {
        return None;
    }
    let fraction: f64 = format!("0.{}", without_underscores(fraction)).parse().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "a float is what was written")]
    let whole = sexagesimal(whole)?? as f64;
    Some(whole + fraction)
}

/// `2001-01-23`, or a date with a time: `2001-1-2 3:04:05.6 +07:00`, `2001-01-23T03:04:05Z`.
fn is_timestamp(text: &str) -> bool {
    let mut rest = Rest(text.as_bytes());
    let year = rest.digits() == 4 && rest.skip(b"-");
    let month = if year { rest.digits() } else { 0 };
    if !(1..=2).contains(&month) || !rest.skip(b"-") {
        return false;
    }
    let day = rest.digits();
    if rest.0.is_empty() {
        return month == 2 && day == 2;
    }
    let separated = rest.skip(b"Tt") || rest.blanks() > 0;
    (1..=2).contains(&day) && separated && rest.is_time_to_the_end()
}

/// What is left of a text while its form is checked.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    /// Takes one byte of `set`.
    fn skip(&mut self, set: &[u8]) -> bool {
        let taken = self.0.first().is_some_and(|first| set.contains(first));
        if taken {
            self.0 = &self.0[1..];
        }
        taken
    }

    /// Takes all digits and counts them.
    fn digits(&mut self) -> usize {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.0 = &self.0[count..];
        count
    }

    /// Takes all blanks and counts them.
    fn blanks(&mut self) -> usize {
        let count = self.0.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.0 = &self.0[count..];
        count
    }

    /// `3:04:05`, a fraction, and a zone: `Z`, `+7`, `-07:00`.
    fn is_time_to_the_end(&mut self) -> bool {
        let clock = (1..=2).contains(&self.digits())
            && self.skip(b":")
            && self.digits() == 2
            && self.skip(b":")
            && self.digits() == 2;
        if !clock {
            return false;
        }
        if self.skip(b".") {
            self.digits();
        }
        if self.0.is_empty() {
            return true;
        }
        self.blanks();
        if self.skip(b"Z") {
            return self.0.is_empty();
        }
        let hours = self.skip(b"+-") && (1..=2).contains(&self.digits());
        hours && (self.0.is_empty() || (self.skip(b":") && self.digits() == 2 && self.0.is_empty()))
    }
}
