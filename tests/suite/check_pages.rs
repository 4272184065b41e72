//! The pages of `www/checks`: a page a check, and the list of all.

use crate::checks::{diagnostics, examples, mended, read, rendered, sources};
use dryrun::check::{ALL, Check};
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
        push_example(&mut body, "What Dryrun says", &rendered(&sources, &diagnostics(&sources)));
        let mended = mended(check, &text);
        if mended != text {
            push_example(&mut body, "After the fixes", &mended);
        }
    }
    for good in examples(check, "good") {
        push_example(&mut body, "A config in order", &read(&good));
    }
    whole(check.id, &body)
}

fn push_example(body: &mut String, title: &str, text: &str) {
    let _ = writeln!(body, "<h3>{title}</h3>\n<pre tabindex=\"0\"><code>{}</code></pre>", escaped(text));
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
         <title>{title} · Dryrun</title>\n<link rel=\"stylesheet\" href=\"checks.css\">\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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
