//! `dryrun check --format markdown`: read back by a reader of Markdown.

use crate::cli::{GOOD, bad, code, file, folder, run_in, stderr, stdout};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn fixture() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/markdown/config.yml"))
        .unwrap()
}

/// The report of `text`, which stands in a file of its own.
fn report(name: &str, text: &str, more: &[&str]) -> String {
    let folder = folder(name);
    file(&folder, "config.yml", text);
    let output = run_in(&folder, &[&["check", "--format", "markdown", "config.yml"], more].concat(), b"");
    assert!(code(&output) < 2, "{}", stderr(&output));
    stdout(&output)
}

fn read(text: &str) -> Vec<Event<'_>> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH).collect()
}

#[test]
fn the_report_is_the_one_beside_its_config() {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/markdown/report.md");
    let written = report("markdown-fixture", &fixture(), &[]);
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        fs::write(&expected, &written).unwrap();
    }
    assert_eq!(written, fs::read_to_string(expected).unwrap(), "UPDATE_FIXTURES=1 writes it");
}

/// Nothing but what the report is made of: no markup comes out of a name.
#[test]
fn no_name_becomes_markup() {
    let names = [
        "**bold** _it_ ~~gone~~",
        "[link](javascript:x) ![image](x.png)",
        "<script>alert(1)</script> &amp;",
        "` one tick",
        "``` three ticks",
        "| a | b |",
        "@someone #12 $x$",
        "# heading\\n- item\\n```mermaid\\nend",
        "\\\\",
        " ",
    ];
    for name in names {
        let text =
            GOOD.replace("- build\n", &format!("- \"{name}\"\n")).replace("main:", &format!("\"w {name}\":"));
        let written = report("markdown-names", &text, &[]);
        let mut headings = Vec::new();
        let mut fences = 0;
        for event in read(&written) {
            match event {
                Event::Start(Tag::Heading { level, .. }) => headings.push(level),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) => {
                    assert_eq!(&*kind, "mermaid");
                    fences += 1;
                }
                Event::Start(
                    Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_) | Tag::Emphasis | Tag::Strikethrough,
                )
                | Event::Html(_)
                | Event::InlineHtml(_) => panic!("{event:?} of {name:?} in {written}"),
                _ => {}
            }
        }
        assert_eq!(headings, [HeadingLevel::H2, HeadingLevel::H3], "{name:?}: {written}");
        assert_eq!(fences, 1, "{name:?}: {written}");
        assert_eq!(items(&written).len(), 1, "{name:?}: {written}");
    }
}

/// The text of every item of the lists.
fn items(text: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut inside = false;
    for event in read(text) {
        match event {
            Event::Start(Tag::Item) => {
                inside = true;
                items.push(String::new());
            }
            Event::End(TagEnd::Item) => inside = false,
            Event::Text(text) | Event::Code(text) if inside => {
                if let Some(item) = items.last_mut() {
                    item.push_str(&text);
                }
            }
            _ => {}
        }
    }
    items
}

#[test]
fn an_item_reads_as_the_finding_does_in_a_terminal() {
    let written = report("markdown-item", &bad(), &[]);
    let [item] = items(&written).try_into().unwrap();
    assert!(item.starts_with("error 11:9 no job is called biuld. Did you mean build?"), "{item}");
    assert!(item.ends_with("(undefined-job)"), "{item}");
    let mut page = String::new();
    html::push_html(&mut page, Parser::new(&written));
    assert!(page.contains("<code>biuld</code>") && page.contains("<strong>error</strong>"), "{page}");
}

#[test]
fn several_files_are_reports_one_after_the_other() {
    let folder = folder("markdown-several");
    file(&folder, "a.yml", GOOD);
    file(&folder, "b.yml", bad());
    let output = run_in(&folder, &["check", "--format", "markdown", "a.yml", "b.yml"], b"");
    let text = stdout(&output);
    assert!(
        text.starts_with("## `a.yml`\n\n**No problems found**\n") && text.contains("\n\n## `b.yml`\n"),
        "{text}"
    );
    assert_eq!(code(&output), 1);
}

#[test]
fn a_long_list_is_cut_and_a_large_graph_is_left_out() {
    let entries = (0..600).map(|index| format!("      - job{index}\n")).collect::<Vec<_>>().concat();
    let written = report("markdown-long", &GOOD.replace("      - build\n", &entries), &[]);
    assert_eq!(items(&written).len(), 101);
    assert!(written.contains("- and 500 more\n"));
    let chain =
        (1..600).map(|index| format!("      - build: {{name: n{index}, requires: [n{}]}}\n", index - 1));
    let entries = format!("      - build: {{name: n0}}\n{}", chain.collect::<String>());
    let written = report("markdown-long", &GOOD.replace("      - build\n", &entries), &[]);
    assert!(written.ends_with("600 jobs: too large for a diagram here.\n"), "{written:.2000}");
}

/// What the link holds, by Python's rules for base64 and not by ours.
fn shared(link: &str) -> Value {
    let payload = link.split_once("#v1=j:").unwrap().1;
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in payload.bytes() {
        let value = letters.iter().position(|known| *known == letter).expect("a letter of base64");
        bits = bits << 6 | u32::try_from(value).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 255).unwrap());
        }
    }
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn the_link_holds_the_config_and_what_it_is_compiled_with() {
    let text = format!("# ünï ✓\n{GOOD}");
    let folder = folder("markdown-link");
    file(&folder, "sub/config.yml", &text);
    file(&folder, "orb.yml", "commands: {go: {steps: [checkout]}}\n");
    let arguments = [
        ["check", "--format", "markdown", "sub/config.yml"].as_slice(),
        &["--playground", "https://example.org/dryrun/", "--orb", "acme/x@1=orb.yml"],
        &["--value", "pipeline.git.branch=next", "--parameter", "deploy=true"],
    ];
    let output = run_in(&folder, &arguments.concat(), b"");
    let written = stdout(&output);
    let link = written.lines().last().unwrap();
    let link = link.strip_prefix("[Open in Dryrun](").unwrap().strip_suffix(')').unwrap();
    assert!(link.starts_with("https://example.org/dryrun/#v1=j:"), "{link}");
    let expected = serde_json::json!({
        "text": text, "name": "config.yml", "branch": "next", "parameters": {"deploy": "true"},
        "orbs": [{"reference": "acme/x@1", "name": "orb.yml", "text": "commands: {go: {steps: [checkout]}}\n"}],
    });
    assert_eq!(shared(link), expected);
}

#[test]
fn a_link_needs_an_address_and_markdown() {
    let folder = folder("markdown-address");
    file(&folder, "config.yml", GOOD);
    for address in ["example.org", "javascript:alert(1)", "https://example.org/)x", "https://a b/"] {
        let arguments = ["check", "--format", "markdown", "--playground", address, "config.yml"];
        assert_eq!(code(&run_in(&folder, &arguments, b"")), 2, "{address}");
    }
    let arguments = ["check", "--playground", "https://example.org/", "config.yml"];
    assert_eq!(code(&run_in(&folder, &arguments, b"")), 2);
}
