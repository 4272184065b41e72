//! What looks like a secret in a text.

use std::ops::Range;

/// Bytes of a text that are a secret, and what kind.
pub(super) struct Secret {
    pub(super) range: Range<usize>,
    pub(super) what: &'static str,
}

/// A token that is known by how it begins.
struct Form {
    prefix: &'static str,
    /// How many letters, digits, `_` and `-` follow at least.
    length: usize,
    what: &'static str,
}

const fn form(prefix: &'static str, length: usize, what: &'static str) -> Form {
    Form { prefix, length, what }
}

/// As their issuers document them.
const FORMS: &[Form] = &[
    form("AKIA", 16, "an AWS access key"),
    form("ASIA", 16, "an AWS access key"),
    form("ghp_", 36, "a GitHub token"),
    form("gho_", 36, "a GitHub token"),
    form("ghs_", 36, "a GitHub token"),
    form("ghu_", 36, "a GitHub token"),
    form("ghr_", 36, "a GitHub token"),
    form("github_pat_", 60, "a GitHub token"),
    form("glpat-", 20, "a GitLab token"),
    form("xoxb-", 20, "a Slack token"),
    form("xoxp-", 20, "a Slack token"),
    form("xoxa-", 20, "a Slack token"),
    form("xoxs-", 20, "a Slack token"),
    form("npm_", 36, "an npm token"),
    form("sk_live_", 24, "a Stripe key"),
    form("rk_live_", 24, "a Stripe key"),
    form("AIza", 35, "a Google API key"),
    form("dckr_pat_", 20, "a Docker Hub token"),
    form("CCIPAT_", 40, "a CircleCI token"),
    form("CCIPRJ_", 40, "a CircleCI token"),
];

/// Words of examples and of what is to be filled in.
const PLACEHOLDERS: &[&str] = &[
    "example",
    "dummy",
    "fake",
    "changeme",
    "change_me",
    "redacted",
    "placeholder",
    "xxxx",
    "****",
    "your",
    "sample",
    "12345678",
    "abcdefgh",
    "notreal",
    "secret",
    "password",
];

/// A password of this many characters in a URL is taken for one.
const SHORTEST_PASSWORD: usize = 8;
/// The shortest value of a variable that is taken for a secret.
const SHORTEST_VALUE: usize = 20;
/// So many different characters make it.
const FEWEST_DIFFERENT: usize = 10;

/// Every secret in `text` that is known by its form.
pub(super) fn secrets_in(text: &str) -> Vec<Secret> {
    let mut found: Vec<Secret> = tokens(text).collect();
    found.extend(private_key(text));
    found.extend(passwords_in_urls(text));
    found
}

/// The words of `text` that have one of the [`FORMS`].
fn tokens(text: &str) -> impl Iterator<Item = Secret> {
    let in_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let mut behind = 0;
    let words = text.as_bytes().split(move |byte| !in_word(*byte)).map(move |word| {
        let start = behind;
        behind += word.len() + 1;
        start..start + word.len()
    });
    words.filter_map(|range| {
        let word = text.get(range.clone())?;
        let form = FORMS.iter().find(|form| word.starts_with(form.prefix))?;
        let rest = &word[form.prefix.len()..];
        // The forms of AWS and Google have just that many characters.
        let open_ended = form.prefix.ends_with(['_', '-']);
        let fits = if open_ended { rest.len() >= form.length } else { rest.len() == form.length };
        (fits && is_varied(rest) && !is_placeholder(word)).then_some(Secret { range, what: form.what })
    })
}

/// `-----BEGIN … PRIVATE KEY-----` with a key behind it, not with a variable or three dots.
fn private_key(text: &str) -> Option<Secret> {
    let begin = text.find("-----BEGIN ")?;
    let end = begin + text[begin..].find("PRIVATE KEY-----")? + "PRIVATE KEY-----".len();
    if text[begin..end].contains('\n') {
        return None;
    }
    let body =
        text[end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\\' | 'n' | '"' | '\''));
    let encoded = body.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
    (encoded.count() >= 32).then_some(Secret { range: begin..end, what: "a private key" })
}

/// `https://user:password@host.example`. Hosts without a dot are the job's own services.
fn passwords_in_urls(text: &str) -> impl Iterator<Item = Secret> + '_ {
    text.match_indices("://").filter_map(|(at, slashes)| {
        let start = at + slashes.len();
        let rest = &text[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '?'))
            .unwrap_or(rest.len());
        let (login, host) = rest[..end].rsplit_once('@')?;
        let (user, password) = login.split_once(':')?;
        let public = host.contains('.') && !host.starts_with("127.") && !host.starts_with("0.0.0.0");
        let plain = password.bytes().all(|byte| byte.is_ascii_graphic() && !b"$<>{}()*`%".contains(&byte));
        let known = password.len() >= SHORTEST_PASSWORD && password != user && has_digit_and_letter(password);
        let range = start + user.len() + 1..start + login.len();
        (public && plain && known && !is_placeholder(password))
            .then_some(Secret { range, what: "a password in a URL" })
    })
}

/// Whether a value is long and has no order that a person would give it.
pub(super) fn looks_random(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-".contains(&byte));
    let path = text.starts_with(['/', '.']) || text.matches('/').count() > 1 || text.matches('-').count() > 4;
    text.len() >= SHORTEST_VALUE
        && plain
        && !path
        && has_digit_and_letter(text)
        && is_varied(text)
        && !is_placeholder(text)
}

pub(super) fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    PLACEHOLDERS.iter().any(|word| lower.contains(word))
}

fn has_digit_and_letter(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 2 && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn is_varied(text: &str) -> bool {
    let mut seen = [false; 256];
    for byte in text.bytes() {
        seen[usize::from(byte)] = true;
    }
    seen.iter().filter(|seen| **seen).count() >= FEWEST_DIFFERENT.min(text.len() / 2)
}
