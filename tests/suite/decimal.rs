//! Decimal texts of floating-point numbers, held against the standard library's.

use dryrun::text::decimal::{nearest, scientific, shortest};
use proptest::prelude::*;

fn bits(number: Option<f64>) -> Option<u64> {
    number.map(f64::to_bits)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_is_written_with_as_few_digits_as_the_standard_library_needs(raw in any::<u64>()) {
        let number = f64::from_bits(raw);
        prop_assert_eq!(shortest(number), format!("{number:?}"));
        prop_assert_eq!(scientific(number), format!("{number:E}"));
        if !number.is_nan() {
            prop_assert_eq!(bits(nearest(&format!("{number:e}").replace("inf", "1e999"))), Some(raw));
        }
    }

    #[test]
    fn short_numbers_are_written_as_by_the_standard_library(whole in -99_999_i32..99_999, power in -22_i32..25) {
        let number = f64::from(whole) * 10_f64.powi(power);
        prop_assert_eq!(shortest(number), format!("{number:?}"));
        prop_assert_eq!(scientific(number), format!("{number:E}"));
    }

    #[test]
    fn a_text_means_what_it_means_to_the_standard_library(text in "[-+]?[0-9]{0,25}[.]?[0-9]{0,25}(e[-+]?[0-9]{1,3})?") {
        prop_assert_eq!(bits(nearest(&text)), bits(text.parse().ok()), "{}", text);
    }

    #[test]
    fn the_middle_of_two_numbers_goes_to_the_even_one(raw in 0..0x7FE0_0000_0000_0000_u64) {
        // Every digit of both: a sum of doubles would lose some of them.
        let (low, high) = (f64::from_bits(raw), f64::from_bits(raw + 1));
        let exact = |number: f64| format!("{number:.1075}");
        let middle = half_of_sum(&exact(low), &exact(high));
        for text in [format!("{middle}1"), middle] {
            prop_assert_eq!(bits(nearest(&text)), bits(text.parse().ok()), "{}", text);
        }
    }
}

/// Half of the sum of two decimal texts with as many digits behind the point.
fn half_of_sum(one: &str, other: &str) -> String {
    let length = one.len().max(other.len()) + 1;
    let digit = |text: &str, place: usize| {
        let place = (place + text.len()).checked_sub(length);
        place.map_or(0, |place| u32::from(text.as_bytes()[place])).saturating_sub(u32::from(b'0'))
    };
    let point = length - 1076;
    let mut sum = vec![0; length];
    let mut carry = 0;
    for place in (0..length).rev().filter(|place| *place != point) {
        let total = digit(one, place) + digit(other, place) + carry;
        (sum[place], carry) = (total % 10, total / 10);
    }
    let (mut half, mut rest) = (String::new(), 0);
    for (place, digit) in sum.into_iter().enumerate() {
        if place == point {
            half.push('.');
            continue;
        }
        let now = rest * 10 + digit;
        half.extend(char::from_digit(now / 2, 10));
        rest = now % 2;
    }
    half.push(if rest == 1 { '5' } else { '0' });
    half
}

#[test]
fn what_is_no_number_has_no_meaning() {
    for text in ["", ".", "-", "e5", "1e", "1e+", "1.2.3", "0x1", "1_000", " 1", "inf", "nan", "1e5e5", "٣"]
    {
        assert_eq!(nearest(text), None, "{text:?}");
    }
}

#[test]
fn numbers_of_any_length_and_power_are_read() {
    let long = format!("0.{}1e{}", "0".repeat(100_000), 100_001);
    assert_eq!(nearest(&long), Some(1.0));
    assert_eq!(nearest(&format!("1{}", "0".repeat(100_000))), Some(f64::INFINITY));
    assert_eq!(nearest("1e99999999999999999999"), Some(f64::INFINITY));
    assert_eq!(nearest("1e-99999999999999999999"), Some(0.0));
    assert_eq!(nearest("0e99999999999999999999"), Some(0.0));
    assert_eq!(bits(nearest("-0")), Some((-0.0_f64).to_bits()));
    assert_eq!(nearest("5e-324"), Some(f64::from_bits(1)));
    assert_eq!(nearest("1.7976931348623158e308"), Some(f64::MAX));
}
