//! Decimal texts of floating-point numbers, read and written. The standard library does the same faster, with
//! tables and code that were 15 KB of the page's engine; a config has a handful of such numbers.

use std::cmp::Ordering;

/// More significant digits than these only say whether a number lies above what they say.
const MOST_DIGITS: usize = 800;
/// Bits behind the first one of a number's significand, and the powers of two of the least and greatest number
/// that has all of them.
const FRACTION_BITS: i64 = 52;
const LEAST_POWER: i64 = -1022;
const GREATEST_POWER: i64 = 1023;

/// The number nearest to `text`, such as `1`, `.5` or `1.5e-3`, as [`str::parse`] gives it.
#[must_use]
pub fn nearest(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, power) = match text.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, power_of_ten(power)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = || whole.bytes().chain(fraction.bytes());
    if all().next().is_none() || !all().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let mut significant = all().map(|digit| u32::from(digit - b'0')).skip_while(|digit| *digit == 0);
    let mut power = power - length(fraction.len());
    let mut number = Natural::default();
    let mut count = 0;
    for digit in significant.by_ref().take(MOST_DIGITS) {
        number.multiply_add(10, digit);
        count += 1;
    }
    let (mut left, mut above) = (0, false);
    for digit in significant {
        left += 1;
        above |= digit != 0;
    }
    power += left;
    // Digits before the point.
    let point = count + power;
    if above {
        number.multiply_add(10, 1);
        power -= 1;
    }
    let magnitude = match point {
        _ if count == 0 => 0.0,
        ..-330 => 0.0,
        311.. => f64::INFINITY,
        _ => quotient(number.times_ten(power), Natural::from(1).times_ten(-power)),
    };
    Some(if negative { -magnitude } else { magnitude })
}

/// What stands behind an `e`. A power that fits no number stays one that fits none.
fn power_of_ten(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let size = digits.bytes().fold(0i64, |size, digit| (size * 10 + i64::from(digit - b'0')).min(1 << 40));
    Some(if text.starts_with('-') { -size } else { size })
}

fn length(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The number nearest to `over` / `under`, neither of which is 0; of two as near, the one whose last bit is 0.
fn quotient(mut over: Natural, mut under: Natural) -> f64 {
    // `over` / `under` is brought to at least 1 and below 2, times two to the `power`.
    let mut power = over.bits() - under.bits();
    if power > 0 {
        under.shift(power);
    } else {
        over.shift(-power);
    }
    if over.cmp(&under) == Ordering::Less {
        over.shift(1);
        power -= 1;
    }
    if power > GREATEST_POWER {
        return f64::INFINITY;
    }
    // Numbers below the least power have fewer bits.
    let exponent = power.max(LEAST_POWER);
    let count = FRACTION_BITS + 1 - (exponent - power);
    if count < 0 {
        return 0.0;
    }
    let mut bits = 0u64;
    for _ in 0..count {
        bits <<= 1;
        if over.cmp(&under) != Ordering::Less {
            over.subtract(&under);
            bits |= 1;
        }
        over.shift(1);
    }
    // What is left is twice the rest, so this asks for more than a half.
    match over.cmp(&under) {
        Ordering::Less => {}
        Ordering::Equal => bits += bits & 1,
        Ordering::Greater => bits += 1,
    }
    // The first bit is not written but counts one up in the exponent, as a carry of the rounding does.
    f64::from_bits(((exponent - LEAST_POWER).unsigned_abs() << FRACTION_BITS) + bits)
}

/// `number` with the fewest digits that mean no other number, as `{:?}` writes it: `1.0`, `0.1`, `1e16`, `inf`.
#[must_use]
pub fn shortest(number: f64) -> String {
    let plain = number == 0.0 || (1e-4..1e16).contains(&number.abs());
    written(number, if plain { None } else { Some("e") })
}

/// `number` with the fewest digits that mean no other number, always with a power of ten as `{:E}` writes it.
#[must_use]
pub fn scientific(number: f64) -> String {
    written(number, Some("E"))
}

fn written(number: f64, power_mark: Option<&str>) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return format!("{sign}inf");
    }
    let (digits, point) = digits(number);
    let count = length(digits.len());
    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
    match power_mark {
        Some(mark) => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{dot}{rest}{mark}{}", point - 1)
        }
        None if point <= 0 => format!("{sign}0.{}{digits}", zeros(-point)),
        None if point >= count => format!("{sign}{digits}{}.0", zeros(point - count)),
        None => {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or_default());
            format!("{sign}{whole}.{fraction}")
        }
    }
}

/// The fewest digits that mean `number`, and how many of them stand before the point, as Steele and White find
/// them. A finite number; its sign does not count.
fn digits(number: f64) -> (String, i64) {
    let bits = number.to_bits() & !(1 << 63);
    if bits == 0 {
        return ("0".to_owned(), 1);
    }
    let fraction = bits & ((1 << FRACTION_BITS) - 1);
    let exponent = i64::try_from(bits >> FRACTION_BITS).unwrap_or_default();
    // number = significand × 2^power
    let significand = if exponent == 0 { fraction } else { fraction | (1 << FRACTION_BITS) };
    let power = exponent.max(1) - 1 + LEAST_POWER - FRACTION_BITS;
    // Below a power of two the next number is half as far away as above it.
    let uneven = i64::from(fraction == 0 && exponent > 1);
    let mut above = Natural::from(1);
    above.shift(power.max(0) + uneven);
    let mut below = Natural::from(1);
    below.shift(power.max(0));
    // number = over / under; half of the way to the next number is above / under, or below / under.
    let mut over = Natural::from(significand);
    over.shift(power.max(0) + 1 + uneven);
    let mut under = Natural::from(1);
    under.shift((-power).max(0) + 1 + uneven);
    let nearer = significand % 2 == 0;
    let reaches = |over: &Natural, above: &Natural, under: &Natural| match over.plus(above).cmp(under) {
        Ordering::Less => false,
        Ordering::Equal => nearer,
        Ordering::Greater => true,
    };

    // As many digits before the point as the power of two asks for, or one more. 1233 / 4096 is the logarithm of 2.
    let mut point = ((over.bits() - under.bits() - 1) * 1233) >> 12;
    under = under.times_ten(point);
    for part in [&mut over, &mut above, &mut below] {
        *part = std::mem::take(part).times_ten(-point);
    }
    while reaches(&over, &above, &under) {
        under.multiply_add(10, 0);
        point += 1;
    }
    let mut digits = String::new();
    loop {
        for part in [&mut over, &mut above, &mut below] {
            part.multiply_add(10, 0);
        }
        let mut digit = 0;
        while over.cmp(&under) != Ordering::Less {
            over.subtract(&under);
            digit += 1;
        }
        let low = over.cmp(&below) == Ordering::Less || nearer && over.cmp(&below) == Ordering::Equal;
        let high = reaches(&over, &above, &under);
        if low || high {
            over.shift(1);
            let up = high && (!low || over.cmp(&under) != Ordering::Less);
            digits.push(char::from(b'0' + digit + u8::from(up)));
            return (digits, point);
        }
        digits.push(char::from(b'0' + digit));
    }
}

/// A natural number of any size: groups of 32 bits, the lowest first, the highest one not 0.
#[derive(Clone, Default)]
struct Natural(Vec<u32>);

impl From<u64> for Natural {
    fn from(number: u64) -> Self {
        let mut natural = Self::default();
        for half in [number >> 32, number & 0xFFFF_FFFF] {
            natural.shift(32);
            natural.multiply_add(1, u32::try_from(half).unwrap_or_default());
        }
        natural
    }
}

impl Natural {
    fn bits(&self) -> i64 {
        let Some(highest) = self.0.last() else { return 0 };
        length(self.0.len()) * 32 - i64::from(highest.leading_zeros())
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let length = self.0.len().cmp(&other.0.len());
        length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    fn multiply_add(&mut self, factor: u32, more: u32) {
        let mut carry = more;
        for group in &mut self.0 {
            let product = u64::from(*group) * u64::from(factor) + u64::from(carry);
            (*group, carry) = halves(product);
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    /// Times ten to the `power`, or itself where that is negative.
    fn times_ten(mut self, power: i64) -> Self {
        for _ in 0..power.max(0) / 9 {
            self.multiply_add(1_000_000_000, 0);
        }
        for _ in 0..power.max(0) % 9 {
            self.multiply_add(10, 0);
        }
        self
    }

    /// Times two to the `bits`.
    fn shift(&mut self, bits: i64) {
        self.multiply_add(1 << (bits % 32), 0);
        if !self.0.is_empty() {
            let groups = usize::try_from(bits / 32).unwrap_or_default();
            self.0.splice(..0, std::iter::repeat_n(0, groups));
        }
    }

    fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.0.resize(self.0.len().max(other.0.len()), 0);
        let mut carry = 0;
        for (index, group) in sum.0.iter_mut().enumerate() {
            let more = other.0.get(index).copied().unwrap_or_default();
            (*group, carry) = halves(u64::from(*group) + u64::from(more) + u64::from(carry));
        }
        if carry > 0 {
            sum.0.push(carry);
        }
        sum
    }

    /// Less `other`, which is not greater.
    fn subtract(&mut self, other: &Self) {
        let mut borrowed = false;
        for (index, group) in self.0.iter_mut().enumerate() {
            let less = other.0.get(index).copied().unwrap_or_default();
            let (rest, first) = group.overflowing_sub(less);
            let (rest, second) = rest.overflowing_sub(u32::from(borrowed));
            (*group, borrowed) = (rest, first || second);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

/// The lower and the upper 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "that is what is asked for")]
fn halves(number: u64) -> (u32, u32) {
    (number as u32, (number >> 32) as u32)
}
