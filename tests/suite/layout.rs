//! Geometry of arrangements, on random graphs and on those of the corpus.

use dryrun::layout::{Arrangement, Gaps, Problem, Rectangle, arrange};
use proptest::prelude::*;
use std::path::Path;

type Point = (f64, f64);

const GAPS: Gaps = Gaps { in_layer: 20.0, between_layers: 60.0, lines: 10.0 };

fn problem(count: usize, edges: Vec<(usize, usize)>) -> Problem {
    let sizes = (0..count).map(|node| ([80.0, 136.0, 240.0][node % 3], 36.0)).collect();
    Problem { sizes, edges, gaps: GAPS }
}

/// Every edge from an earlier to a later box.
fn acyclic() -> impl Strategy<Value = Problem> {
    any_graph().prop_map(|mut problem| {
        problem.edges.retain(|(from, to)| from != to);
        problem.edges.iter_mut().for_each(|edge| *edge = (edge.0.min(edge.1), edge.0.max(edge.1)));
        problem
    })
}

/// With cycles, loops and repetitions.
fn any_graph() -> impl Strategy<Value = Problem> {
    (1_usize..40).prop_flat_map(|count| {
        proptest::collection::vec((0..count, 0..count), 0..count * 2)
            .prop_map(move |edges| problem(count, edges))
    })
}

pub(crate) fn overlapping(arrangement: &Arrangement) -> Option<(usize, usize)> {
    let apart = |a: &Rectangle, b: &Rectangle| {
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
    };
    let boxes = &arrangement.boxes;
    (0..boxes.len()).flat_map(|a| (0..a).map(move |b| (a, b))).find(|&(a, b)| !apart(&boxes[a], &boxes[b]))
}

/// Whether a straight line touches a box (half a px off its border does not count).
pub(crate) fn touches(from: Point, to: Point, place: &Rectangle) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let sides = [
        (-dx, from.0 - place.x - 0.5),
        (dx, place.x + place.width - 0.5 - from.0),
        (-dy, from.1 - place.y - 0.5),
        (dy, place.y + place.height - 0.5 - from.1),
    ];
    for (slope, room) in sides {
        if slope == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if slope < 0.0 {
            enter = enter.max(room / slope);
        } else {
            leave = leave.min(room / slope);
        }
    }
    enter <= leave
}

/// Edges that touch a box which is not one of their ends, as (edge, box).
fn through_boxes(problem: &Problem, arrangement: &Arrangement) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (edge, route) in arrangement.routes.iter().enumerate() {
        let (from, to) = problem.edges[edge];
        for (node, place) in arrangement.boxes.iter().enumerate() {
            let touched = || route.points.windows(2).any(|part| touches(part[0], part[1], place));
            if node != from && node != to && touched() {
                found.push((edge, node));
            }
        }
    }
    found
}

/// Points at which lines of two edges cross.
fn crossings(arrangement: &Arrangement) -> usize {
    let side = |a: Point, b: Point, c: Point| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let parts: Vec<(usize, Point, Point)> = (arrangement.routes.iter().enumerate())
        .flat_map(|(edge, route)| route.points.windows(2).map(move |part| (edge, part[0], part[1])))
        .collect();
    let mut count = 0;
    for (index, &(edge, a, b)) in parts.iter().enumerate() {
        for &(other, c, d) in &parts[..index] {
            let near = a.0.min(b.0) < c.0.max(d.0) && c.0.min(d.0) < a.0.max(b.0);
            let crossed = || side(a, b, c) * side(a, b, d) < -1e-9 && side(c, d, a) * side(c, d, b) < -1e-9;
            if edge != other && near && crossed() {
                count += 1;
            }
        }
    }
    count
}

fn on_border(point: Point, place: &Rectangle) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
    let beside = near(point.0, place.x) || near(point.0, place.x + place.width);
    beside && point.1 >= place.y && point.1 <= place.y + place.height
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn boxes_never_overlap(problem in any_graph()) {
        prop_assert_eq!(overlapping(&arrange(&problem)), None);
    }

    #[test]
    fn no_line_touches_a_foreign_box(problem in any_graph()) {
        prop_assert_eq!(through_boxes(&problem, &arrange(&problem)), vec![]);
    }

    #[test]
    fn lines_lead_from_border_to_border(problem in any_graph()) {
        let arrangement = arrange(&problem);
        for (&(from, to), route) in problem.edges.iter().zip(&arrangement.routes) {
            let (start, end) = (route.points[0], route.points[route.points.len() - 1]);
            prop_assert!(on_border(start, &arrangement.boxes[from]), "{:?} does not start at {}", route, from);
            prop_assert!(on_border(end, &arrangement.boxes[to]), "{:?} does not end at {}", route, to);
        }
    }

    #[test]
    fn everything_is_inside_the_picture(problem in any_graph()) {
        let Arrangement { boxes, routes, width, height, .. } = arrange(&problem);
        let corners = boxes.iter().flat_map(|b| [(b.x, b.y), (b.x + b.width, b.y + b.height)]);
        for (x, y) in corners.chain(routes.iter().flat_map(|route| route.points.iter().copied())) {
            prop_assert!((0.0..=width + 1e-6).contains(&x) && (0.0..=height + 1e-6).contains(&y), "{x}, {y}");
        }
    }

    #[test]
    fn without_a_cycle_every_line_leads_to_the_right(problem in acyclic()) {
        for route in arrange(&problem).routes {
            prop_assert!(!route.backward);
            prop_assert!(route.points.windows(2).all(|part| part[0].0 < part[1].0), "{:?}", route);
        }
    }

    #[test]
    fn the_same_graph_has_the_same_arrangement(problem in any_graph()) {
        prop_assert_eq!(arrange(&problem), arrange(&problem.clone()));
    }

    #[test]
    fn boxes_without_edges_stand_in_the_order_of_the_source(problem in any_graph()) {
        let arrangement = arrange(&problem);
        let alone = |node: &usize| problem.edges.iter().all(|(from, to)| from != node && to != node);
        let tops: Vec<f64> =
            (0..problem.sizes.len()).filter(alone).map(|node| arrangement.boxes[node].y).collect();
        prop_assert!(tops.is_sorted(), "{:?}", tops);
    }
}

#[test]
fn no_boxes_have_no_size() {
    assert_eq!(arrange(&problem(0, vec![])), Arrangement::default());
}

#[test]
fn jobs_with_the_same_requirement_stand_in_the_order_of_the_source() {
    // The long way round by 1 and 2 makes crossings possible, so that the search tries other orders.
    let edges = vec![(0, 1), (1, 2), (0, 3), (0, 4), (0, 5), (0, 6), (2, 7), (3, 7), (6, 8), (1, 8)];
    let arrangement = arrange(&problem(9, edges));
    assert!(arrangement.boxes[4].y < arrangement.boxes[5].y, "4 and 5 differ in nothing but their place");
}

#[test]
fn a_job_stands_in_the_middle_of_two_that_need_it() {
    let arrangement = arrange(&problem(3, vec![(0, 1), (0, 2)]));
    let middle = |node: usize| arrangement.boxes[node].y + arrangement.boxes[node].height / 2.0;
    assert!((middle(0) * 2.0 - middle(1) - middle(2)).abs() <= 1.0, "{arrangement:?}");
}

#[test]
fn a_chain_is_a_straight_line() {
    let arrangement = arrange(&problem(5, vec![(0, 1), (1, 2), (2, 3), (3, 4)]));
    assert!(arrangement.routes.iter().all(|route| route.points.len() == 2), "{:?}", arrangement.routes);
}

#[test]
fn a_cycle_has_one_line_that_leads_back() {
    let arrangement = arrange(&problem(3, vec![(0, 1), (1, 2), (2, 0)]));
    let backward: Vec<bool> = arrangement.routes.iter().map(|route| route.backward).collect();
    assert_eq!(backward, [false, false, true]);
}

#[test]
fn a_loop_stays_in_the_gap_beside_its_box() {
    let problem = problem(3, vec![(0, 0), (0, 1), (2, 0)]);
    let arrangement = arrange(&problem);
    let (place, next) = (&arrangement.boxes[0], &arrangement.boxes[1]);
    for &(x, y) in &arrangement.routes[0].points {
        assert!(x >= place.x + place.width && x < next.x && y > place.y && y < place.y + place.height);
    }
    assert!(arrangement.routes[0].backward);
}

#[test]
fn repeated_edges_have_lines_of_their_own() {
    let arrangement = arrange(&problem(2, vec![(0, 1), (0, 1), (0, 1)]));
    let mut heights: Vec<f64> = arrangement.routes.iter().map(|route| route.points[0].1).collect();
    heights.sort_by(f64::total_cmp);
    assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= 6.0), "{heights:?}");
}

#[test]
fn an_edge_to_nowhere_has_no_route() {
    let arrangement = arrange(&problem(2, vec![(0, 7), (0, 1)]));
    assert!(arrangement.routes[0].points.is_empty());
    assert!(!arrangement.routes[1].points.is_empty());
}

#[test]
fn a_chain_of_five_thousand_jobs_is_arranged() {
    let arrangement = arrange(&problem(5000, (1..5000).map(|node| (node - 1, node)).collect()));
    assert_eq!(overlapping(&Arrangement { routes: vec![], ..arrangement }), None);
}

#[test]
fn lines_that_find_no_room_pass_above_everything() {
    let edges: Vec<(usize, usize)> = (0..60).flat_map(|to| (0..to).map(move |from| (from, to))).collect();
    let problem = problem(60, edges);
    let arrangement = arrange(&problem);
    assert!(arrangement.routes.iter().any(|route| route.points.iter().any(|point| point.1 < 0.5)));
    assert!(arrangement.boxes.iter().all(|place| place.y > 0.0));
    assert_eq!(through_boxes(&problem, &arrangement), vec![]);
}

/// What a graph of the corpus must keep to: crossings and height, some way above what was measured when this
/// was written.
struct Bound {
    name: &'static str,
    crossings: usize,
    height: f64,
}

#[test]
fn graphs_of_the_corpus_keep_to_their_bounds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/graphs");
    if !folder.is_dir() {
        eprintln!("skipped: no {}", folder.display());
        return;
    }
    let bounds = [
        Bound { name: "ci-10", crossings: 0, height: 300.0 },
        Bound { name: "ci-50", crossings: 20, height: 650.0 },
        Bound { name: "ci-200", crossings: 165, height: 1400.0 },
        Bound { name: "ci-1000", crossings: 820, height: 3500.0 },
        Bound { name: "wide-10", crossings: 0, height: 400.0 },
        Bound { name: "wide-50", crossings: 0, height: 1300.0 },
        Bound { name: "wide-200", crossings: 0, height: 6000.0 },
    ];
    for Bound { name, crossings: most, height } in bounds {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let problem = read(&text);
        let arrangement = arrange(&problem);
        assert_eq!(overlapping(&arrangement), None, "{name}");
        assert_eq!(through_boxes(&problem, &arrangement), vec![], "{name}");
        assert!(arrangement.height <= height, "{name} is {} px high", arrangement.height);
        let count = crossings(&arrangement);
        assert!(count <= most, "{name} has {count} crossings");
    }
}

fn read(text: &str) -> Problem {
    let graph: serde_json::Value = serde_json::from_str(text).unwrap();
    let number = |value: &serde_json::Value| value.as_f64().unwrap();
    let index = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let nodes = graph["nodes"].as_array().unwrap();
    let edges = graph["edges"].as_array().unwrap();
    Problem {
        sizes: nodes.iter().map(|node| (number(&node["width"]), number(&node["height"]))).collect(),
        edges: edges.iter().map(|edge| (index(&edge[0]), index(&edge[1]))).collect(),
        gaps: GAPS,
    }
}
