//! Reading: places of nodes, faults with their places and fixes, hostile texts.

use dryrun::diagnostic::apply_edits;
use dryrun::text::{Source, Sources};
use dryrun::yaml::{Document, Fault, FaultKind, Kind, Node, ScalarStyle, parse};
use proptest::prelude::*;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

fn sources(text: &str) -> Sources {
    Sources::new("config.yml", text)
}

fn read(text: &str) -> (Document, Vec<Fault>) {
    parse(sources(text).config())
}

/// The tree as text: each node between the marks of its kind, as its place shows it.
fn places(text: &str) -> String {
    let sources = sources(text);
    let (document, faults) = parse(sources.config());
    assert_eq!(faults, Vec::new(), "{text:?}");
    let mut out = String::new();
    if let Some(root) = &document.root {
        write_node(root, sources.config(), 0, &mut out);
    }
    out
}

fn write_node(node: &Node, source: &Source, depth: usize, out: &mut String) {
    let shown = source.slice(node.span());
    let _ = writeln!(out, "{}{}: {shown:?}", " ".repeat(depth), node.span().start);
    for child in children(node) {
        write_node(&child, source, depth + 1, out);
    }
}

fn children(node: &Node) -> Vec<Node> {
    match node.kind() {
        Kind::Scalar(_) | Kind::Alias(_) => Vec::new(),
        Kind::Sequence(sequence) => sequence.items.clone(),
        Kind::Mapping(mapping) => {
            mapping.entries.iter().flat_map(|entry| [entry.key.clone(), entry.value.clone()]).collect()
        }
    }
}

/// The only fault of a text: kind, the text it points at and where, and the text with its fix applied.
fn only_fault(text: &str) -> (FaultKind, usize, String, Option<String>) {
    let sources = sources(text);
    let (_, faults) = parse(sources.config());
    assert_eq!(faults.len(), 1, "{text:?}: {faults:#?}");
    let fault = &faults[0];
    let mended = fault.fix.as_ref().map(|fix| apply_edits(text, &fix.edits));
    (fault.kind, fault.span.start as usize, sources.slice(fault.span).to_owned(), mended)
}

#[test]
fn an_empty_value_has_a_place_right_behind_its_colon_or_dash() {
    let expected = "0: \"a:\\n- x\\n-\\nb: {c: , d}\"\n 0: \"a\"\n 3: \"- x\\n-\"\n  5: \"x\"\n  8: \"\"\n 9: \"b\"\n 12: \"{c: , d}\"\n  13: \"c\"\n  15: \"\"\n  18: \"d\"\n  19: \"\"\n";
    assert_eq!(places("a:\n- x\n-\nb: {c: , d}\n"), expected);
}

#[test]
fn a_colon_that_begins_the_next_key_is_not_that_of_a_key_without_one() {
    let expected = "0: \"? a\\n::\"\n 2: \"a\"\n 3: \"\"\n 4: \":\"\n 6: \"\"\n";
    assert_eq!(places("? a\n::\n"), expected);
}

#[test]
fn a_block_collection_ends_with_its_last_child() {
    let expected = "0: \"a:\\n  - b: c\\n    d: e\"\n 0: \"a\"\n 5: \"- b: c\\n    d: e\"\n  7: \"b: c\\n    d: e\"\n   7: \"b\"\n   10: \"c\"\n   16: \"d\"\n   19: \"e\"\n";
    assert_eq!(places("a:\n  - b: c\n    d: e  # f\n\n# g\n"), expected);
}

#[test]
fn nested_sequences_start_at_their_own_dash() {
    let expected = "0: \"- - a\\n  - b\\n- # c\\n  - d\"\n 2: \"- a\\n  - b\"\n  4: \"a\"\n  10: \"b\"\n 20: \"- d\"\n  22: \"d\"\n";
    assert_eq!(places("- - a\n  - b\n- # c\n  - d\n"), expected);
}

#[test]
fn a_block_scalar_reaches_from_its_indicator_to_its_last_character() {
    let text = "a: |2-\n   x\n\n   y\n\nb: >\n z\n\n# d\nc: |\n\n";
    let sources = sources(text);
    let (document, faults) = parse(sources.config());
    assert_eq!(faults, Vec::new());
    let root = document.root.unwrap();
    let shown = |key: &str| sources.slice(root.get(key).unwrap().span()).to_owned();
    assert_eq!([shown("a"), shown("b"), shown("c")], ["|2-\n   x\n\n   y", ">\n z", "|"]);
}

#[test]
fn anchors_and_tags_are_told_apart_from_the_value() {
    let sources = sources("a: &x !!str q # t\nb: *x\nc: &y\n- 1\n");
    let (document, faults) = parse(sources.config());
    assert_eq!(faults, Vec::new());
    let root = document.root.unwrap();
    let value = root.get("a").unwrap();
    assert_eq!(sources.slice(value.span()), "q");
    assert_eq!(sources.slice(value.anchor().unwrap().span), "&x");
    assert_eq!(sources.slice(value.tag().unwrap().span), "!!str");
    let alias = root.get("b").unwrap();
    assert_eq!(sources.slice(alias.span()), "*x");
    assert_eq!(alias.resolved().span(), value.span());
    assert_eq!(document.anchors[0].aliases, [alias.span()]);
    assert_eq!(sources.slice(document.anchors[1].node.span()), "- 1");
}

#[test]
fn marks_line_ends_and_wide_characters_move_no_place() {
    let sources = sources("\u{feff}a: \"é😀\" # x\r\nb: 漢字 \rc: e\r\n");
    let (document, faults) = parse(sources.config());
    assert_eq!(faults, Vec::new());
    let root = document.root.unwrap();
    let shown = |key: &str| sources.slice(root.get(key).unwrap().span()).to_owned();
    assert_eq!([shown("a"), shown("b"), shown("c")], ["\"é😀\"", "漢字", "e"]);
}

#[test]
fn merged_keys_come_in_the_order_of_the_text_and_own_keys_win() {
    let (document, faults) = read(
        "a: &a {x: 1, y: 1}\nb: &b\n  <<: *a\n  y: 2\nc:\n  w: 0\n  <<: *b\n  <<: {z: 3, x: 9}\n  z: 4\nd:\n  <<: [*b, *a]\n",
    );
    assert_eq!(faults, Vec::new());
    let root = document.root.unwrap();
    let fields = |key: &str| {
        let node = root.get(key).unwrap();
        let fields = node.fields();
        let each = fields.iter().map(|field| {
            format!(
                "{}={}/{}",
                field.key.text().unwrap(),
                field.value.text().unwrap(),
                field.merged_through.len()
            )
        });
        each.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(fields("b"), "x=1/1 y=2/0");
    assert_eq!(fields("c"), "w=0/0 x=1/2 y=2/1 z=4/0");
    assert_eq!(fields("d"), "x=1/3 y=2/2");
}

#[test]
fn of_two_equal_keys_the_last_counts_and_both_are_told() {
    let text = "a: 1\n\"a\": 2\nb: 3\n";
    let (document, faults) = read(text);
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].kind, faults[0].span.range()), (FaultKind::DuplicateKey, 5..8));
    assert_eq!(faults[0].related[0].span.range(), 0..1);
    let fields = document.root.unwrap().fields();
    let texts: Vec<_> = fields.iter().map(|field| field.value.text().unwrap().to_owned()).collect();
    assert_eq!(texts, ["2", "3"]);
}

/// Text, kind, place, what stands there, and the text with the fix applied.
type Case = (&'static str, FaultKind, usize, &'static str, Option<&'static str>);

const SYNTAX: [Case; 33] = [
    ("- run: echo \"a: b\"\n", FaultKind::Syntax, 14, ":", Some("- run: 'echo \"a: b\"'\n")),
    ("run: echo it's: b # c\n", FaultKind::Syntax, 14, ":", Some("run: 'echo it''s: b' # c\n")),
    ("a:\n\tb: c\n\td: e\n", FaultKind::Syntax, 3, "\t", Some("a:\n  b: c\n  d: e\n")),
    ("a: [b, c\nd: e\n", FaultKind::Syntax, 3, "[", Some("a: [b, c]\nd: e\n")),
    ("a: [b, c\nd: e\nf: [x]\n", FaultKind::Syntax, 3, "[", Some("a: [b, c]\nd: e\nf: [x]\n")),
    ("a: {b: c\nd: e\n", FaultKind::Syntax, 3, "{", Some("a: {b: c}\nd: e\n")),
    ("a: [b]]\n", FaultKind::Syntax, 6, "]", None),
    (
        "a: {\n \"a\": 1\n \"b\": 2\n}\n",
        FaultKind::Syntax,
        14,
        "\"b\":",
        Some("a: {\n \"a\": 1,\n \"b\": 2\n}\n"),
    ),
    ("a: \"foo\nb: c\n", FaultKind::Syntax, 3, "\"", Some("a: \"foo\"\nb: c\n")),
    ("a: 'b\nc: d\ne: 'f'\n", FaultKind::Syntax, 3, "'", Some("a: 'b'\nc: d\ne: 'f'\n")),
    ("a: \"x\n y\"\nb: [1\n", FaultKind::Syntax, 13, "[", Some("a: \"x\n y\"\nb: [1]\n")),
    ("when: \"main\" == x\n", FaultKind::Syntax, 13, "== x", Some("when: '\"main\" == x'\n")),
    ("a:b\nc: d\n", FaultKind::Syntax, 1, ":", Some("a: b\nc: d\n")),
    ("a:\n  b:c\n  d: e\n", FaultKind::Syntax, 6, ":", Some("a:\n  b: c\n  d: e\n")),
    ("a:\n  b\n  c: d\n", FaultKind::Syntax, 5, "b", Some("a:\n  b:\n  c: d\n")),
    ("a:\n  b: 1\n    c: 2\n", FaultKind::Syntax, 14, "c", Some("a:\n  b: 1\n  c: 2\n")),
    ("a:\n  b: 1\n c: 2\n", FaultKind::Syntax, 11, "c", None),
    ("a:\n  - b\n - c\n", FaultKind::Syntax, 10, "-", None),
    ("a: 1\n- b\n", FaultKind::Syntax, 5, "-", None),
    ("a: - b\n", FaultKind::Syntax, 3, "-", Some("a:\n  - b\n")),
    ("a: @foo\n", FaultKind::Syntax, 3, "@", Some("a: '@foo'\n")),
    ("a: *\n", FaultKind::Syntax, 3, "*", Some("a: '*'\n")),
    ("a: \"\\q\"\n", FaultKind::Syntax, 4, "\\q", Some("a: \"\\\\q\"\n")),
    ("a: > foo\n", FaultKind::Syntax, 5, "foo", None),
    (
        "steps:\n - run: |\n echo\n - x\n",
        FaultKind::Syntax,
        18,
        "echo",
        Some("steps:\n - run: |\n    echo\n - x\n"),
    ),
    ("a: [a,\nb]\n", FaultKind::Indentation, 7, "b]", None),
    ("a: {{ x }}\n", FaultKind::ComplexKey, 4, "{ x }", Some("a: '{{ x }}'\n")),
    ("? [a]\n: b\n", FaultKind::ComplexKey, 2, "[a]", None),
    ("a: b\n---\nc: d\n", FaultKind::SeveralDocuments, 5, "---", None),
    ("a: *x\n", FaultKind::UndefinedAlias, 3, "*x", None),
    ("a: &x\n  b: *x\n", FaultKind::RecursiveAlias, 11, "*x", None),
    ("<<: 1\n", FaultKind::MergeValue, 4, "1", None),
    ("a: b\u{0}c\n", FaultKind::InvalidCharacter, 4, "\u{0}", Some("a: bc\n")),
];

const LEGACY: [Case; 9] = [
    ("a:\tb\n", FaultKind::Tab, 2, "\t", Some("a: b\n")),
    ("-\ta\n", FaultKind::Tab, 1, "\t", Some("- a\n")),
    ("a: b\n \t\nc: d\n", FaultKind::Tab, 6, "\t", Some("a: b\n\nc: d\n")),
    ("a: 'b'\t# c\n", FaultKind::Tab, 6, "\t", Some("a: 'b' # c\n")),
    ("a: [b?c]\n", FaultKind::QuestionMark, 5, "?", Some("a: ['b?c']\n")),
    ("only: !main\n", FaultKind::UnknownTag, 6, "!main", Some("only: '!main'\n")),
    ("only: !foo bar\n", FaultKind::UnknownTag, 6, "!foo", None),
    ("a: [b,\n  \tc]\n", FaultKind::Tab, 9, "\t", Some("a: [b,\n    c]\n")),
    ("# a\u{7}b\n", FaultKind::InvalidCharacter, 3, "\u{7}", Some("# ab\n")),
];

#[test]
fn each_fault_points_at_the_smallest_wrong_thing() {
    for (text, kind, start, shown, mended) in SYNTAX.iter().chain(&LEGACY) {
        let found = only_fault(text);
        let expected = (*kind, *start, (*shown).to_owned(), mended.map(str::to_owned));
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn a_fix_leaves_a_text_without_faults() {
    for (text, _, _, _, mended) in SYNTAX.iter().chain(&LEGACY) {
        if let Some(mended) = mended {
            assert_eq!(read(mended).1, Vec::new(), "{text:?}");
        }
    }
}

#[test]
fn a_tab_inside_a_value_or_a_comment_is_none_between_words() {
    for text in [
        "a: b\tc\n",
        "a: b\t# c\n",
        "a: b # c\td\n",
        "a: \"b\tc\"\n",
        "a: |\n  b\tc\n  \td\n",
        "a: b\t\nc: d\n",
    ] {
        assert_eq!(read(text).1, Vec::new(), "{text:?}");
    }
}

#[test]
fn a_long_key_is_written_out_by_its_fix() {
    let key = "k".repeat(1_025);
    for text in [format!("{key}: v\n"), format!("- {key}:\n    a: b\n"), format!("x: {{{key}: v}}\n")] {
        let (kind, _, shown, mended) = only_fault(&text);
        assert_eq!((kind, shown), (FaultKind::LongKey, key.clone()));
        assert_eq!(read(&mended.unwrap()).1, Vec::new());
    }
    assert_eq!(read(&format!("{}: v\n", "k".repeat(1_024))).1, Vec::new());
}

#[test]
fn what_stands_before_a_syntax_error_stays() {
    let text =
        "version: 2.1\njobs:\n  build:\n    docker:\n      - image: a\n      - image: b: c\n    steps: [x]\n";
    let (document, _) = read(text);
    let stopped = document.stopped_at.unwrap() as usize;
    assert_eq!(&text[stopped..stopped + 4], "b: c");
    let root = document.root.unwrap();
    assert_eq!(root.get("version").unwrap().text(), Some("2.1"));
    let build = root.get("jobs").and_then(|jobs| jobs.get("build")).unwrap();
    assert_eq!(build.get("docker").unwrap().items().len(), 1);
    assert!(build.get("steps").is_none());
}

#[test]
fn a_value_that_is_cut_off_is_not_kept_as_a_shorter_one() {
    let (document, _) = read("a: 1\nb: echo c: d\n");
    let fields = document.root.unwrap().fields();
    assert_eq!(fields.len(), 1);
}

#[test]
fn a_bracket_that_closes_at_the_begin_of_a_line_is_fine() {
    assert_eq!(read("a: [\n  b\n]\nc: {\n  d: e\n}\n").1, Vec::new());
}

#[test]
fn a_comment_right_behind_a_quote_or_a_bracket_is_one_and_moves_no_place() {
    let spaced = "a: \"x\" # é {\nb: [c, 'd' #, e\n   ] # f\ng: {h: i,\n    j: k} # l\n";
    let tight = spaced.replace("\" #", "\"#").replace("' #", "'#").replace("] #", "]#");
    let tight = tight.replace("} #", "}#");
    assert_eq!(tight.matches(" #").count(), 0, "{tight}");
    let values = |text: &str| {
        let shown = places(text);
        shown.lines().map(|line| line.split_once(": ").unwrap().1.replace(" #", "#")).collect::<Vec<_>>()
    };
    assert_eq!(values(&tight), values(spaced));
    assert!(places(&tight).contains("36: \"g\""), "{}", places(&tight));

    let (kind, at, shown, mended) = only_fault("a: |#b\n  c\n");
    assert_eq!((kind, at, shown.as_str()), (FaultKind::Syntax, 4, "#b"));
    assert_eq!(mended.unwrap(), "a: | #b\n  c\n");
}

#[test]
fn limits_are_told_and_leave_a_small_tree() {
    let deep = "[".repeat(129) + &"]".repeat(129);
    assert_eq!(read(&deep).1[0].kind, FaultKind::Nesting);
    let fits = "[".repeat(128) + &"]".repeat(128);
    assert_eq!(read(&fits).1, Vec::new());

    let chain: String = (1..300).fold("a0: &a0 [x]\n".to_owned(), |text, level| {
        text + &format!("a{level}: &a{level} [*a{}]\n", level - 1)
    });
    assert!(read(&chain).1.iter().all(|fault| fault.kind == FaultKind::Nesting));
    assert_eq!(read(&chain).1.len(), 2);

    let bomb: String = (1..30).fold("a0: &a0 [x]\n".to_owned(), |text, level| {
        text + &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(","))
    });
    let (document, faults) = read(&bomb);
    assert_eq!(faults[0].kind, FaultKind::Expansion);
    assert!(expanded(&document.root.unwrap()) < 1_100_000);

    let long = "a".repeat(8 * 1024 * 1024 + 1);
    assert_eq!(only_fault(&long).0, FaultKind::Size);
}

fn expanded(node: &Node) -> usize {
    1 + children(node.resolved()).iter().map(expanded).sum::<usize>()
}

/// Long enough for a debug build on a busy machine; what grows with the square of the text takes minutes.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn hostile_texts_end_soon() {
    let nested: String = (0..2_000).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n");
    let texts = [
        String::new(),
        format!("a: {}", "x".repeat(5_000_000)),
        "[".repeat(100_000),
        "{a: ".repeat(100_000),
        "- ".repeat(50_000),
        nested,
        format!("a:\n{}  b: c\n", "# x\n".repeat(100_000)),
        "?\n".repeat(100_000),
        "a: \t\n".repeat(100_000),
        "\u{1}\n".repeat(100_000),
        format!("a: \"{}", "x\n".repeat(200_000)),
        format!("{{{}}}", "a: b, ".repeat(100_000)),
        "\t".repeat(1_000_000),
        format!("{}: x", "<script>\"'".repeat(1_000)),
    ];
    for text in texts {
        let begin = Instant::now();
        let (_, faults) = read(&text);
        assert!(begin.elapsed() < PATIENCE, "{text:.40?}");
        assert!(faults.len() <= 1_000, "{text:.40?}: {} faults", faults.len());
    }
}

/// Every `.yml` file of a folder of this repository or beside it; none where the folder is absent.
fn files(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else {
        eprintln!("skipped: {folder} is absent");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yml"));
    files.sort();
    files
}

/// Children lie inside their parent, in order, without overlap; every scalar can be found again.
fn check_tree(node: &Node, source: &Source) {
    let mut end = node.span().start;
    for child in children(node) {
        assert!(node.span().contains(child.span()), "{:?} in {:?}", child.span(), node.span());
        assert!(
            child.span().start >= end,
            "{:?} after {end} in {:?}",
            child.span(),
            source.slice(node.span())
        );
        end = child.span().end;
        check_tree(&child, source);
    }
    let Kind::Scalar(scalar) = node.kind() else { return };
    let written = source.slice(node.span());
    if scalar.style == ScalarStyle::Plain && !written.contains(['\n', '\r']) {
        assert_eq!(written, scalar.text);
    }
    check_places(node, &scalar.text, source);
}

/// Each word of the content is found where it was written.
fn check_places(node: &Node, text: &str, source: &Source) {
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace).take(200) {
        let bare = word.trim_end();
        let place = node.locate(&source.text, at..at + bare.len());
        assert!(node.span().contains(place));
        let found = source.slice(place);
        if !found.contains(['\\', '\'']) {
            assert_eq!(found, bare, "{:?}", source.slice(node.span()));
        }
        at += word.len();
    }
}

#[test]
fn real_configs_are_read_without_a_fault() {
    let known = ["real", "cases"];
    for path in known.iter().flat_map(|folder| files(&format!("../shared/corpus/{folder}"))) {
        let sources = sources(&std::fs::read_to_string(&path).unwrap());
        let (document, faults) = parse(sources.config());
        assert_eq!(faults, Vec::new(), "{}", path.display());
        check_tree(&document.root.unwrap(), sources.config());
    }
}

#[test]
fn content_is_found_where_it_was_written() {
    let cases = [
        ("a: x << y >> z\n", "<< y >>", "<< y >>"),
        ("a: 'it''s << y >>'\n", "<< y >>", "<< y >>"),
        ("a: 'it''s'\n", "'", "''"),
        ("a: \"\\u00e9\\t<< y >>\\n\"\n", "<< y >>", "<< y >>"),
        ("a: \"\\u00e9\"\n", "é", "\\u00e9"),
        ("a: \"\\ud83d\\ude00 << y >>\"\n", "<< y >>", "<< y >>"),
        ("a: \"one \\\n    two << y >>\"\n", "<< y >>", "<< y >>"),
        ("a: one\n  two\n\n  << y >>\n", "<< y >>", "<< y >>"),
        ("a: one\n  << y\n  >>\n", "<< y >>", "<< y\n  >>"),
        ("a: |\n  one\n\n    two << y >>\n", "<< y >>", "<< y >>"),
        ("a: |-\r\n  one\r\n\r\n  << y >>\r\n", "<< y >>", "<< y >>"),
        ("a: |2\n   one\n  << y >>\n\n", "<< y >>", "<< y >>"),
        ("a: |\n\n\n  << y >>  \n", "<< y >>  ", "<< y >>"),
        ("a: >\n  one\n  two\n\n\n   more\n  << y >>\n", "<< y >>", "<< y >>"),
        ("a: >+\n\n  one\n  << y\n  >>\n\n\n", "<< y >>", "<< y\n  >>"),
    ];
    for (text, wanted, written) in cases {
        let sources = sources(text);
        let (document, _) = parse(sources.config());
        let node = document.root.unwrap().get("a").unwrap();
        let at =
            node.text().unwrap().find(wanted).unwrap_or_else(|| panic!("{text:?} has {:?}", node.text()));
        let place = node.locate(text, at..at + wanted.len());
        assert_eq!(sources.slice(place), written, "{text:?}");
    }
}

/// Texts to damage: the cases above and every fixture.
static SEEDS: LazyLock<Vec<String>> = LazyLock::new(seeds);

fn seeds() -> Vec<String> {
    let mut seeds: Vec<String> = SYNTAX.iter().chain(&LEGACY).map(|case| case.0.to_owned()).collect();
    let Ok(folders) = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks"))
    else {
        return seeds;
    };
    let mut names: Vec<PathBuf> = folders.filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    for name in names {
        let name = format!("tests/fixtures/checks/{}", name.file_name().unwrap().to_string_lossy());
        seeds.extend(files(&name).into_iter().filter_map(|path| std::fs::read_to_string(path).ok()));
    }
    seeds
}

/// What damages are made of: what means something to YAML.
const SHARDS: [&str; 24] = [
    ":", ": ", "- ", "\n", "\r", "\t", " ", "  ", "[", "]", "{", "}", "\"", "'", "|\n", ">", "#", "&a ",
    "*a", "? ", "!x ", "---\n", "é😀", "\u{0}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_texts_give_a_tree_in_order(
        seed in 0_usize..10_000,
        damages in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..SHARDS.len(), 0_usize..4), 1..6),
    ) {
        let seeds = &*SEEDS;
        let mut text: Vec<char> = seeds[seed % seeds.len()].chars().collect();
        for (place, shard, removed) in damages {
            let start = place.index(text.len() + 1);
            let end = (start + removed).min(text.len());
            text.splice(start..end, SHARDS[shard].chars());
        }
        let text: String = text.into_iter().collect();
        let sources = sources(&text);
        let (document, faults) = parse(sources.config());
        for fault in &faults {
            prop_assert!(text.get(fault.span.range()).is_some(), "{fault:?}");
            for edit in fault.fix.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(text.get(edit.span.range()).is_some(), "{edit:?}");
            }
        }
        prop_assert!(document.stopped_at.is_none() || !faults.is_empty());
        if let Some(root) = &document.root {
            check_tree(root, sources.config());
        }
    }
}
