//! Shapes, and the SVG and JSON texts made of them.

use crate::graphs::{edge, graph, node};
use dryrun::diagnostic::Severity;
use dryrun::graph::{Graph, JobKind, NodeId, Status};
use dryrun::layout::Direction::{LeftToRight, TopToBottom};
use dryrun::layout::{Arrangement, arrange_graph};
use dryrun::scene::{
    BadgeKind, EdgeShape, Scene, Theme, draw, graph_json, shortened, svg, svg_stacked, text_width,
};
use proptest::prelude::*;

fn scene(graph: &Graph) -> Scene {
    draw(graph, &arrange_graph(graph, LeftToRight), LeftToRight, &[])
}

/// One job needs the other, in the given ways.
fn pair(requirements: &[&[Status]]) -> Graph {
    let edges = requirements.iter().map(|statuses| edge(0, 1, statuses)).collect();
    graph("w", vec![node("first", JobKind::Build), node("second", JobKind::Build)], edges)
}

fn only_edge(scene: &Scene) -> &EdgeShape {
    assert_eq!(scene.edges.len(), 1);
    &scene.edges[0]
}

const HOSTILE: &str = "<script>alert(\"1\")</script>' & ]]> \u{0}\u{8}\u{1b}\u{fffe}\n\t--> 名前 🚀 \u{202e}";

/// Reads XML far enough to tell whether it is well-formed: characters, nesting, attributes, references.
/// Answers the names of the elements.
fn elements(text: &str) -> Result<Vec<String>, String> {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    if let Some(bad) = text.chars().find(|&c| !allowed(c)) {
        return Err(format!("forbidden character {bad:?}"));
    }
    let (mut open, mut all) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        references(&rest[..start])?;
        let end = rest.find('>').ok_or("unclosed tag")?;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let last: Option<String> = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
            continue;
        }
        let whole = tag.strip_suffix('/');
        let name = attributes(whole.unwrap_or(tag))?;
        all.push(name.clone());
        if whole.is_none() {
            open.push(name);
        }
    }
    if open.is_empty() && rest.trim().is_empty() { Ok(all) } else { Err(format!("{open:?} stay open")) }
}

/// Reads the inside of a tag; answers the element's name.
fn attributes(tag: &str) -> Result<String, String> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut seen = Vec::new();
    while !rest.trim().is_empty() {
        let (attribute, value) = rest.split_once("=\"").ok_or(format!("no value in {tag}"))?;
        let (value, next) = value.split_once('"').ok_or(format!("unclosed value in {tag}"))?;
        let attribute = attribute.trim();
        if attribute.chars().any(|c| !(c.is_ascii_alphanumeric() || c == '-')) || seen.contains(&attribute) {
            return Err(format!("bad attribute {attribute:?} in {tag}"));
        }
        seen.push(attribute);
        references(value)?;
        rest = next;
    }
    let good = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    if good { Ok(name.to_owned()) } else { Err(format!("bad name {name:?}")) }
}

/// Every `&` begins one of the references that need no declaration.
fn references(text: &str) -> Result<(), String> {
    for after in text.split('&').skip(1) {
        let (name, _) = after.split_once(';').ok_or(format!("bare & before {after}"))?;
        let number = name.strip_prefix('#').is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit()));
        if !number && !["amp", "lt", "gt", "quot", "apos"].contains(&name) {
            return Err(format!("unknown &{name};"));
        }
    }
    Ok(())
}

#[test]
fn the_check_for_well_formed_xml_finds_what_is_wrong() {
    assert_eq!(elements("<a b=\"1\"><c/>&lt;</a>"), Ok(vec!["a".to_owned(), "c".to_owned()]));
    for bad in
        ["<a>", "<a></b>", "<a b=\"1\" b=\"2\"/>", "<a>&</a>", "<a>&nbsp;</a>", "<a>\u{1}</a>", "<a b=c/>"]
    {
        assert!(elements(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_hostile_name_stays_text_in_the_svg() {
    let mut graph = pair(&[&[Status::Failed]]);
    graph.name = HOSTILE.to_owned();
    graph.nodes[0].name = HOSTILE.to_owned();
    graph.nodes[0].job = HOSTILE.to_owned();
    graph.nodes[0].contexts = vec![HOSTILE.to_owned()];
    graph.nodes[0].row = vec![HOSTILE.to_owned()];
    let scene = scene(&graph);
    for text in [svg(&scene, Theme::Auto), svg_stacked(&[scene.clone(), scene], Theme::Auto)] {
        let elements = elements(&text).unwrap();
        assert!(elements.iter().all(|name| name != "script"), "{elements:?}");
        assert!(text.contains("data-job=\"&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; &amp; ]]&gt; &#10;&#9;--&gt; 名前"));
    }
}

/// Any characters at all, control characters included.
fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_svg_of_any_names_is_well_formed(names in proptest::collection::vec(any_text(), 1..6)) {
        let nodes = names.iter().map(|name| node(name, JobKind::Build)).collect();
        let graph = graph("w", nodes, (1..names.len()).map(|to| edge(to - 1, to, &[Status::Failed])).collect());
        prop_assert_eq!(elements(&svg(&scene(&graph), Theme::Auto)).err(), None);
    }

    #[test]
    fn a_shortened_label_fits(name in any_text(), width in 30.0..300.0_f64) {
        let label = shortened(&name, width, 14.0);
        prop_assert!(text_width(&label, 14.0) <= width, "{:?} is {} wide", label, text_width(&label, 14.0));
        prop_assert!(!label.chars().any(char::is_control));
    }
}

#[test]
fn a_label_loses_its_middle() {
    assert_eq!(shortened("lint", 100.0, 14.0), "lint");
    let label = shortened("integration-test-on-linux-3.11", 120.0, 14.0);
    assert!(label.starts_with("integ") && label.ends_with("3.11") && label.contains('…'), "{label}");
}

#[test]
fn a_name_of_ten_thousand_characters_is_drawn() {
    let mut graph = pair(&[&[Status::Success]]);
    graph.nodes[0].name = "x".repeat(10_000);
    let scene = scene(&graph);
    assert!(scene.nodes[0].label.chars().count() < 30);
    assert_eq!(scene.nodes[0].name.len(), 10_000);
    assert!(scene.nodes[1].spoken.len() < 300, "{}", scene.nodes[1].spoken);
}

#[test]
fn the_same_scene_is_the_same_svg() {
    let graph = pair(&[&[Status::Success], &[Status::Failed]]);
    assert_eq!(svg(&scene(&graph), Theme::Dark), svg(&scene(&graph.clone()), Theme::Dark));
}

#[test]
fn the_svg_needs_nothing_from_elsewhere() {
    let text = svg(&scene(&pair(&[&[Status::Success]])), Theme::Auto);
    let without_namespace = text.replacen("http://www.w3.org/2000/svg", "", 1);
    for foreign in ["http", "url(", "@import", "href", "foreignObject", "var(", "style=\""] {
        assert!(!without_namespace.contains(foreign), "{foreign} in {text}");
    }
}

#[test]
fn a_theme_has_its_own_background_and_auto_has_both() {
    let scene = scene(&pair(&[]));
    let (light, dark) = (".plane{fill:#F3F5F8}", ".plane{fill:#0E1420}");
    let has = |theme| (svg(&scene, theme).contains(light), svg(&scene, theme).contains(dark));
    assert_eq!(
        [has(Theme::Light), has(Theme::Dark), has(Theme::Auto)],
        [(true, false), (false, true), (true, true)]
    );
}

#[test]
fn nodes_and_edges_of_the_svg_carry_the_marks_of_the_page() {
    let text = svg(&scene(&pair(&[&[Status::Success]])), Theme::Light);
    assert!(text.contains("data-job=\"first\" data-kind=\"build\""));
    assert!(text.contains("data-edge=\"requires\" data-from=\"first\" data-to=\"second\""));
    assert!(text.contains("<title>w</title>") && text.contains("<desc>2 jobs. Starts with first.</desc>"));
}

#[test]
fn stacked_workflows_do_not_overlap_and_have_headings() {
    let (first, second) = (scene(&pair(&[])), scene(&pair(&[&[Status::Success]])));
    let text = svg_stacked(&[first.clone(), second], Theme::Light);
    assert_eq!(text.matches("class=\"heading\"").count(), 2);
    assert!(text.contains(&format!("translate(0 {})", first.height + 32.0)), "{text}");
    let mut endless = first.clone();
    endless.title = "x".repeat(10_000);
    let text = svg_stacked(&[first, endless], Theme::Light);
    assert!(text.contains("…x") && elements(&text).is_ok(), "a heading is no wider than the picture");
}

#[test]
fn only_statuses_other_than_success_alone_have_a_pill() {
    use Status::{Canceled, Failed, NotRun, Success, Terminal, Unauthorized};
    let label = |statuses: &[Status]| only_edge(&scene(&pair(&[statuses]))).pill_label.clone();
    assert_eq!(label(&[Success]), "");
    assert_eq!(label(&[Failed]), "failed");
    assert_eq!(label(&[NotRun]), "not run");
    assert_eq!(label(&[Success, Failed]), "failed +1");
    assert_eq!(label(&[Terminal]), "any end");
    assert_eq!(label(&[Success, Failed, Canceled, Unauthorized, NotRun]), "any end");
}

#[test]
fn pills_cover_neither_nodes_nor_each_other() {
    let failed: &[Status] = &[Status::Failed];
    let nodes = (0..6).map(|index| node(&format!("job-{index}"), JobKind::Build)).collect();
    let edges = (1..6).map(|to| edge(0, to, failed)).collect();
    let scene = scene(&graph("w", nodes, edges));
    let mut taken: Vec<(f64, f64, f64, f64)> =
        scene.nodes.iter().map(|node| (node.x, node.y, node.x + node.width, node.y + node.height)).collect();
    for edge in &scene.edges {
        let (x, y) = edge.pill.unwrap();
        let pill = (x - edge.pill_width / 2.0, y - 10.0, x + edge.pill_width / 2.0, y + 10.0);
        let covers = |other: &&(f64, f64, f64, f64)| {
            pill.0 < other.2 && other.0 < pill.2 && pill.1 < other.3 && other.1 < pill.3
        };
        assert_eq!(taken.iter().find(covers), None, "{pill:?}");
        taken.push(pill);
    }
}

#[test]
fn the_path_ends_where_the_arrow_head_begins() {
    let scene = scene(&pair(&[&[Status::Success]]));
    let edge = only_edge(&scene);
    assert_eq!(edge.points, [(240.0, 46.0), (328.0, 46.0)]);
    assert_eq!(edge.path, "M240 46L320 46");
    assert_eq!(edge.arrow, "M328 46L319 50L319 42Z");
}

#[test]
fn edges_of_a_cycle_and_from_missing_jobs_are_broken() {
    let nodes = vec![
        node("a", JobKind::Build),
        node("b", JobKind::Build),
        node("c", JobKind::Build),
        node("gone", JobKind::Missing),
    ];
    let success: &[Status] = &[Status::Success];
    let edges = vec![edge(0, 1, success), edge(1, 0, success), edge(1, 2, success), edge(3, 2, success)];
    let mut graph = graph("w", nodes, edges);
    graph.cycles = vec![vec![NodeId(0), NodeId(1)]];
    let broken: Vec<bool> = scene(&graph).edges.iter().map(|edge| edge.broken).collect();
    assert_eq!(broken, [true, true, false, true]);
}

#[test]
fn outlines_tell_the_kinds_apart() {
    let kinds = [JobKind::Build, JobKind::Approval, JobKind::NoOp, JobKind::Group];
    let shapes: Vec<(String, bool)> = (kinds.into_iter())
        .map(|kind| {
            let node = scene(&graph("w", vec![node("job", kind)], vec![])).nodes.remove(0);
            (node.outline, !node.inner_outline.is_empty())
        })
        .collect();
    assert_ne!(shapes[0].0, shapes[1].0);
    assert_ne!(shapes[0].0, shapes[2].0);
    assert_eq!([shapes[0].1, shapes[1].1, shapes[2].1, shapes[3].1], [false, false, false, true]);
}

#[test]
fn badges_stand_in_the_node_behind_the_label() {
    let mut job = node("a job with a name that is too long to be shown", JobKind::Opaque);
    job.row = vec!["os=linux".to_owned()];
    job.parallelism = Some(12);
    job.contexts = vec!["aws".to_owned(), "npm".to_owned()];
    let shape = scene(&graph("w", vec![job], vec![])).nodes.remove(0);
    let kinds: Vec<BadgeKind> = shape.badges.iter().map(|badge| badge.kind).collect();
    assert_eq!(kinds, [BadgeKind::Matrix, BadgeKind::Parallelism, BadgeKind::Orb, BadgeKind::Context]);
    assert_eq!(shape.badges[1].text, "∥12");
    assert_eq!(shape.badges[3].title, "contexts: aws, npm");
    let mut end = shape.x + 36.0 + text_width(&shape.label, 14.0);
    for badge in &shape.badges {
        assert!(badge.x >= end, "{badge:?} begins before {end}");
        end = badge.x + badge.width;
    }
    assert!(end <= shape.x + shape.width);
}

#[test]
fn a_node_says_what_it_is_needs_and_leads_to() {
    let graph = pair(&[&[Status::Failed, Status::Canceled]]);
    let problems = [None, Some(Severity::Error)];
    let scene = draw(&graph, &arrange_graph(&graph, LeftToRight), LeftToRight, &problems);
    assert_eq!(scene.nodes[0].spoken, "first, job. Needs nothing. Then second.");
    assert_eq!(
        scene.nodes[1].spoken,
        "second, job. Needs first (failed or canceled). Nothing follows. Has an error."
    );
    assert_eq!(scene.nodes[1].problem, Some(Severity::Error));
}

#[test]
fn a_cache_stands_on_the_shelf_with_its_key_and_a_line_through_it() {
    let mut with_cache = pair(&[&[Status::Success]]);
    with_cache.edges.push(crate::graphs::cache_edge(0, 1, "go-v1", false));
    with_cache.edges.push(crate::graphs::cache_edge(1, 1, "npm-v1", true));
    let scene = scene(&with_cache);
    let labels: Vec<&str> = scene.slots.iter().map(|slot| slot.label.as_str()).collect();
    assert_eq!(labels, ["go-v1", "npm-v1"]);
    let lowest = scene.nodes.iter().map(|node| node.y + node.height).fold(0.0, f64::max);
    assert!(scene.slots.iter().all(|slot| slot.y > lowest && slot.y + slot.height <= scene.height));
    let cache = &scene.edges[1];
    let slot = &scene.slots[0];
    let at_slot = |&(x, y): &(f64, f64)| (y - slot.y).abs() < 1e-9 && x > slot.x && x < slot.x + slot.width;
    assert_eq!(cache.points.iter().filter(|point| at_slot(point)).count(), 2);
    assert_eq!(cache.spoken, "second restores a cache that first saves");
    assert_eq!(cache.details, ["saved as go-v1", "found by go-", "holds ~/go"]);
    assert!(
        scene.edges[2].earlier && !scene.edges[2].broken,
        "a job that restores its own cache is no cycle"
    );
    let text = svg(&scene, Theme::Light);
    assert!(text.contains("class=\"edge cache earlier\"") && text.contains("cache of an earlier run"));
}

#[test]
fn the_legend_fits_into_the_svg_of_a_single_job() {
    let mut single = graph("w", vec![node("only", JobKind::Build)], Vec::new());
    single.edges.push(crate::graphs::cache_edge(0, 0, "npm-v1", true));
    single.edges.push(crate::graphs::cache_edge(0, 0, "go-v1", false));
    let scene = scene(&single);
    let text = svg(&scene, Theme::Light);
    let width: f64 = text.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    let (_, last) = text.rsplit_once("<text class=\"caption\" x=\"").unwrap();
    let (left, words) = last.split_once('"').unwrap();
    let words = words.split('>').nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(words, "cache of an earlier run");
    assert!(left.parse::<f64>().unwrap() + dryrun::scene::text_width(words, 12.0) <= width);
}

#[test]
fn a_picture_of_requirements_alone_needs_no_legend() {
    assert_eq!(dryrun::scene::legend(&scene(&pair(&[&[Status::Success]]))), []);
}

#[test]
fn dotted_lines_that_share_a_way_begin_at_its_slot() {
    let mut with_caches = pair(&[&[Status::Success]]);
    with_caches.edges.push(crate::graphs::cache_edge(0, 0, "go-v1", true));
    with_caches.edges.push(crate::graphs::cache_edge(1, 1, "npm-v1", true));
    for direction in [LeftToRight, TopToBottom] {
        let scene = draw(&with_caches, &arrange_graph(&with_caches, direction), direction, &[]);
        for (edge, slot) in scene.edges[1..].iter().zip(&scene.slots) {
            let parts: Vec<&str> = edge.path.split('M').skip(1).collect();
            assert_eq!(parts.len(), 2, "{}", edge.path);
            let starts_at_slot = |part: &&str| {
                let first = part.split('L').next().unwrap();
                let numbers: Vec<f64> = first.split(' ').map(|number| number.parse().unwrap()).collect();
                let (side, border) = match direction {
                    LeftToRight => (numbers[1], slot.y),
                    TopToBottom => (numbers[0], slot.x),
                };
                (side - border).abs() < 0.1
            };
            assert!(parts.iter().all(starts_at_slot), "{} at {slot:?}", edge.path);
        }
    }
}

#[test]
fn caches_beyond_the_slots_share_the_last_one() {
    let mut many = pair(&[&[Status::Success]]);
    many.edges.extend((0..40).map(|index| crate::graphs::cache_edge(0, 1, &format!("key-{index}"), false)));
    let scene = scene(&many);
    assert_eq!(scene.slots.len(), dryrun::layout::MOST_SLOTS);
    assert_eq!(scene.slots.last().unwrap().label, "17 caches");
}

#[test]
fn an_arrangement_of_nothing_draws_an_empty_scene() {
    let scene = draw(&graph("w", vec![], vec![]), &Arrangement::default(), LeftToRight, &[]);
    assert_eq!((scene.width, scene.height), (48.0, 48.0));
    assert_eq!(scene.description, "0 jobs. No job can start.");
    assert!(elements(&svg(&scene, Theme::Light)).is_ok());
}

#[test]
fn the_json_has_the_keys_of_the_contract() {
    let graph = pair(&[&[Status::Success]]);
    let scene = scene(&graph);
    let json: serde_json::Value = serde_json::from_str(&graph_json(&[(&graph, &scene)])).unwrap();
    let expected = serde_json::json!({"workflows": [{
        "name": "w", "runs": "unknown", "width": 568.0, "height": 92.0,
        "jobs": [
            {"name": "first", "job": "first", "kind": "build", "x": 24.0, "y": 24.0, "width": 216.0, "height": 44.0},
            {"name": "second", "job": "second", "kind": "build", "x": 328.0, "y": 24.0, "width": 216.0, "height": 44.0},
        ],
        "edges": [{
            "from": "first", "to": "second", "kind": "requires", "statuses": ["success"], "broken": false,
            "points": [[240.0, 46.0], [328.0, 46.0]],
        }],
    }]});
    assert_eq!(json, expected);
}
