//! Lines of workspaces and caches, on random workflows.

use crate::graphs::{cache_edge, data_edge, edge, graph, node};
use crate::layout::{overlapping, touches};
use dryrun::graph::{Edge, EdgeKind, Graph, JobKind, Status};
use dryrun::layout::{Arrangement, Direction, arrange_graph};
use proptest::prelude::*;

/// Jobs, requirements, workspaces and caches. Requirements may close cycles, workspaces follow them or not.
fn workflow() -> impl Strategy<Value = Graph> {
    (2_usize..30).prop_flat_map(|count| {
        let pairs = |most| proptest::collection::vec((0..count, 0..count), 0..most);
        (pairs(count * 2), pairs(80), pairs(count)).prop_map(move |(requires, workspaces, caches)| {
            let mut edges: Vec<Edge> =
                requires.into_iter().map(|(a, b)| edge(a, b, &[Status::Success])).collect();
            edges.extend(workspaces.into_iter().filter(|(a, b)| a < b).map(|(a, b)| data_edge(a, b)));
            let cached = |(index, (a, b)): (usize, (usize, usize))| {
                cache_edge(a, b, &format!("key-{}", index % 30), a == b)
            };
            edges.extend(caches.into_iter().enumerate().map(cached));
            let nodes = (0..count).map(|index| node(&format!("job-{index}"), JobKind::Build)).collect();
            graph("w", nodes, edges)
        })
    })
}

fn either() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(Direction::LeftToRight), Just(Direction::TopToBottom)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_line_has_a_way_that_touches_no_foreign_job(graph in workflow(), direction in either()) {
        let arranged = arrange_graph(&graph, direction);
        prop_assert_eq!(overlapping(&arranged), None);
        for (edge, route) in graph.edges.iter().zip(&arranged.routes) {
            prop_assert!(route.points.len() >= 2, "{:?} has no way", edge);
            for (index, place) in arranged.boxes.iter().enumerate() {
                let touched = route.points.windows(2).any(|part| touches(part[0], part[1], place));
                let is_end = index == edge.from.0 as usize || index == edge.to.0 as usize;
                prop_assert!(is_end || !touched, "{:?} touches {}", edge, index);
            }
        }
    }

    #[test]
    fn slots_stand_apart_and_everything_is_inside_the_picture(graph in workflow(), direction in either()) {
        let arranged = arrange_graph(&graph, direction);
        let Arrangement { boxes, routes, slots, width, height } = &arranged;
        let all: Vec<_> = boxes.iter().chain(slots).copied().collect();
        let together = Arrangement { boxes: all.clone(), ..Arrangement::default() };
        prop_assert_eq!(overlapping(&together), None);
        let corners = all.iter().flat_map(|b| [(b.x, b.y), (b.x + b.width, b.y + b.height)]);
        for (x, y) in corners.chain(routes.iter().flat_map(|route| route.points.iter().copied())) {
            prop_assert!((0.0..=width + 1e-6).contains(&x) && (0.0..=height + 1e-6).contains(&y), "{x}, {y}");
        }
    }

    #[test]
    fn a_job_keeps_its_layer_whatever_data_flows(graph in workflow()) {
        let mut bare = graph.clone();
        bare.edges.retain(|edge| !matches!(edge.kind, EdgeKind::Cache { .. }));
        let (with, without) =
            (arrange_graph(&graph, Direction::LeftToRight), arrange_graph(&bare, Direction::LeftToRight));
        let offset = with.boxes[0].x - without.boxes[0].x;
        for (one, other) in with.boxes.iter().zip(&without.boxes) {
            prop_assert!((one.x - other.x - offset).abs() < 1e-6 && (one.y - other.y).abs() < 1e-6);
        }
    }
}
