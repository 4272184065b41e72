use super::body::{Once, Part, bodies};
use super::suggestion::{closest, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::Span;
use std::ops::Range;

declare_check! {
    /// ## What it does
    ///
    /// Reads the `{{ }}` in cache keys: variables that there are not, a `checksum` without quotes around its file,
    /// braces that are never closed; and finds keys of more than 900 characters.
    ///
    /// ## Why it matters
    ///
    /// CircleCI looks at a key only when the step runs. There the job fails, or the key has a hole in it and
    /// always is the same.
    ///
    /// ## How to fix
    ///
    /// There are `.Branch`, `.BuildNum`, `.Revision`, `.CheckoutKey`, `.Environment.NAME`, `checksum "file"`,
    /// `epoch` and `arch`:
    ///
    /// ```yaml
    /// - restore_cache:
    ///     key: v1-{{ arch }}-{{ .Branch }}-{{ checksum "package-lock.json" }}
    /// ```
    INVALID_CACHE_KEY = "invalid-cache-key", Warning, since "0.1.0"; run
}

/// The longest key that CircleCI takes, in characters.
const LONGEST: usize = 900;
const VARIABLES: &[&str] = &[".Branch", ".BuildNum", ".Revision", ".CheckoutKey"];
const FUNCTIONS: &[&str] = &["checksum", "epoch", "arch"];
const ENVIRONMENT: &str = ".Environment.";

/// What is wrong at some bytes of a key.
struct Flaw {
    range: Range<usize>,
    message: String,
    help: String,
    /// What is to stand there.
    mended: Option<String>,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        let caches = body.steps().into_iter();
        let caches = caches.filter(|step| matches!(step.name.as_str(), "save_cache" | "restore_cache"));
        for cache in caches.filter_map(|step| step.value) {
            let keys = cache.get("keys");
            let listed: Vec<Part<'_>> = keys.iter().flat_map(Part::items).collect();
            // A single key may stand without its list.
            for key in listed.into_iter().chain(keys).chain(cache.get("key")) {
                if let Some(text) = key.text().filter(|_| once.first(key.span())) {
                    let flaws = flaws(&text).into_iter();
                    found.extend(flaws.map(|flaw| finding(context, &key, &text, flaw)));
                }
            }
        }
    }
}

fn finding(context: &Context<'_>, key: &Part<'_>, text: &str, flaw: Flaw) -> Diagnostic {
    let wrong = &text[flaw.range.clone()];
    let written = context.sources.slice(key.span());
    let place = written.find(wrong).map(|at| key.span().part(at..at + wrong.len()));
    // Inside quotes a quote would need an escape.
    let plain = !written.starts_with(['"', '\''])
        || flaw.mended.as_ref().is_some_and(|new| !new.contains(['"', '\'']));
    let fix = place.zip(flaw.mended).filter(|_| plain).map(|(span, new): (Span, String)| {
        let title = format!("change to `{new}`");
        Fix::replace(span, new, title)
    });
    Diagnostic::warning(INVALID_CACHE_KEY.id, place.unwrap_or(key.span()), flaw.message)
        .with_help(flaw.help)
        .with_fix(fix)
}

fn flaws(key: &str) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut fixed_characters = 0;
    let mut at = 0;
    while let Some(open) = key[at..].find("{{").map(|offset| at + offset) {
        fixed_characters += key[at..open].chars().count();
        let Some(close) = key[open..].find("}}").map(|offset| open + offset) else {
            flaws.push(Flaw {
                range: open..key.len(),
                message: "`{{` is never closed".to_owned(),
                help: "Write `}}` behind it".to_owned(),
                mended: None,
            });
            return flaws;
        };
        flaws.extend(flaw_of(key, open + 2..close));
        at = close + 2;
    }
    fixed_characters += key[at..].chars().count();
    if fixed_characters > LONGEST {
        flaws.push(Flaw {
            range: 0..key.len(),
            message: format!("this key has {fixed_characters} characters, and CircleCI takes {LONGEST}"),
            help: "Put what makes it long into a file, and its `checksum` into the key".to_owned(),
            mended: None,
        });
    }
    flaws
}

/// What is wrong with the bytes `inside` of a pair of braces. What is none of the documented forms, and not
/// near to one either, is left to Go's templates, of which CircleCI's are made.
fn flaw_of(key: &str, inside: Range<usize>) -> Option<Flaw> {
    let content = &key[inside.clone()];
    let word = content.trim();
    let start = inside.start + (content.len() - content.trim_start().len());
    let range = start..start + word.len();
    if word.is_empty() {
        let (message, help) = ("`{{ }}` is empty".to_owned(), "Write a variable into it".to_owned());
        return Some(Flaw { range: inside.start - 2..inside.end + 2, message, help, mended: None });
    }
    if let Some(file) =
        word.strip_prefix("checksum").filter(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    {
        return checksum_flaw(file.trim(), range);
    }
    // A shell's `$NAME` is an undefined variable to Go.
    let bare = word.strip_prefix('$').filter(|name| !name.starts_with('.')).unwrap_or(word);
    let simple = bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'));
    let named = word.strip_prefix(ENVIRONMENT).is_some_and(|name| !name.is_empty());
    if !simple || named || VARIABLES.contains(&word) || FUNCTIONS.contains(&word) {
        return None;
    }
    let environment = ["environment.", ".environment.", "env.", ".env.", "$"];
    let lower = word.to_ascii_lowercase();
    let named = environment.iter().find_map(|prefix| lower.strip_prefix(prefix));
    let near = match named {
        Some(name) if !name.is_empty() => Some(format!("{ENVIRONMENT}{}", &word[word.len() - name.len()..])),
        _ => closest(word, VARIABLES.iter().chain(FUNCTIONS).copied()).map(str::to_owned),
    };
    let ours = ["parameters.", "pipeline.", "matrix."].iter().any(|name| word.starts_with(name));
    let near = near.filter(|_| !ours);
    let help = match &near {
        None if ours => format!("Write {}", shown(&format!("<< {word} >>"))),
        Some(near) => format!("Did you mean `{near}`?"),
        None => "There are `.Branch`, `.BuildNum`, `.Revision`, `.CheckoutKey`, `.Environment.NAME`, `checksum \"file\"`, `epoch` and `arch`".to_owned(),
    };
    Some(Flaw { range, message: format!("cache keys have no variable {}", shown(word)), help, mended: near })
}

/// `checksum` takes one text in Go's quotes.
fn checksum_flaw(file: &str, range: Range<usize>) -> Option<Flaw> {
    let quoted = |quote| file.len() > 1 && file.starts_with(quote) && file.ends_with(quote);
    if quoted('"')
        || quoted('`')
        || file.starts_with(['(', '$'])
        || file.starts_with(ENVIRONMENT)
        || file.contains('|')
    {
        return None;
    }
    let bare = file.trim_matches(['"', '\'', '`', '“', '”', '’']);
    let one = !bare.is_empty() && !bare.contains(char::is_whitespace) && !bare.contains(['"', '\'', '\\']);
    let message =
        if bare.is_empty() { "`checksum` of no file" } else { "the file of `checksum` is not quoted" };
    Some(Flaw {
        range,
        message: message.to_owned(),
        help: "Write `checksum \"file\"`, with double quotes".to_owned(),
        mended: one.then(|| format!("checksum \"{bare}\"")),
    })
}
