//! The pages of `www/checks`: a page a check, and the list of all.

use crate::checks::{diagnostics, examples, mended, read, rendered, sources};
use dryrun::check::{ALL, Check};
use dryrun::text::Sources;
use pulldown_cmark::{Parser, html};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Every page with its path.
pub(crate) fn pages() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/checks");
    let mut pages: Vec<(PathBuf, String)> =
        ALL.iter().map(|check| (folder.join(format!("{}.html", check.id)), page(check))).collect();
    pages.push((folder.join("index.html"), index()));
    pages
}

fn page(check: &Check) -> String {
    let mut body = String::from("<nav><a href=\"index.html\">All checks</a></nav>\n");
    let _ = writeln!(body, "<h1><code>{}</code></h1>", check.id);
    let _ = writeln!(
        body,
        "<p class=\"facts\"><span class=\"{0}\">{0}</span> since {1}</p>",
        check.severity.name(),
        check.since
    );
    html::push_html(&mut body, Parser::new(&check.text()));
    body.push_str("<h2>Examples</h2>\n");
    for bad in examples(check, "bad") {
        let text = read(&bad);
        let sources = sources(check, &text);
        push_example(&mut body, "A config that raises it", &text);
        push_link(&mut body, "bad", &sources);
        push_example(&mut body, "What Dryrun says", &rendered(&sources, &diagnostics(&sources)));
        let mended = mended(check, &text);
        if mended != text {
            push_example(&mut body, "After the fixes", &mended);
        }
    }
    for good in examples(check, "good") {
        let text = read(&good);
        push_example(&mut body, "A config in order", &text);
        push_link(&mut body, "good", &sources(check, &text));
    }
    whole(check.id, &body)
}

fn push_example(body: &mut String, title: &str, text: &str) {
    let _ = writeln!(body, "<h3>{title}</h3>\n<pre tabindex=\"0\"><code>{}</code></pre>", escaped(text));
}

/// Opens an example in the playground: a link with the codec that needs no deflate (`www/shell/permalink.js`).
fn push_link(body: &mut String, kind: &str, sources: &Sources) {
    let orbs: Vec<_> = sources
        .orbs()
        .map(|(reference, source)| {
            let name = Path::new(&source.name).file_name().map(|name| name.to_string_lossy());
            serde_json::json!({ "reference": reference, "name": name, "text": source.text })
        })
        .collect();
    let mut shared = serde_json::json!({ "text": sources.config().text });
    if !orbs.is_empty() {
        shared["orbs"] = orbs.into();
    }
    let payload = base64url(shared.to_string().as_bytes());
    let _ = writeln!(
        body,
        "<p><a class=\"open\" data-example=\"{kind}\" href=\"../index.html#v1=j:{payload}\">Open in the playground</a></p>"
    );
}

/// Without padding (RFC 4648, section 5).
fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        let letter = |index: usize| char::from(LETTERS[(group >> (18 - 6 * index)) as usize & 63]);
        text.extend((0..=chunk.len()).map(letter));
    }
    text
}

fn index() -> String {
    let mut body =
        String::from("<nav><a href=\"../\">Dryrun</a></nav>\n<h1>Checks</h1>\n<ul class=\"checks\">\n");
    for check in ALL {
        let mut summary = String::new();
        html::push_html(&mut summary, Parser::new(&check.summary()));
        let _ = writeln!(
            body,
            "<li><p><a href=\"{0}.html\"><code>{0}</code></a> <span class=\"{1}\">{1}</span></p>\n{summary}</li>",
            check.id,
            check.severity.name(),
        );
    }
    body.push_str("</ul>\n");
    whole("Checks", &body)
}

fn whole(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{title} · Dryrun</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"checks.css\">\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn the_payload_of_a_link_is_base64_as_the_standard_has_it() {
    for (bytes, text) in
        [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("??>~", "Pz8-fg")]
    {
        assert_eq!(base64url(bytes.as_bytes()), text);
    }
}

#[test]
fn pages_load_nothing_from_elsewhere_and_style_nothing_inline() {
    for (path, text) in pages() {
        for foreign in ["<script", "style=", "<style", "src=", "url("] {
            let markup =
                text.split("<pre").map(|part| part.split_once("</pre>").map_or(part, |(_, rest)| rest));
            assert!(!markup.into_iter().any(|part| part.contains(foreign)), "{}: {foreign}", path.display());
        }
    }
}
