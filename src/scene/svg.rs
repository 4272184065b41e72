//! The SVG text of scenes: whole in itself, with styles, background, title and description.

use super::escape::escape;
use super::outline::number;
use super::theme::{Theme, style};
use super::{
    Badge, EdgeShape, ICON_LEFT, LABEL_LEFT, LegendItem, MARGIN, NodeShape, PILL_HEIGHT, Scene, SlotShape,
    badge_glyph, icon, legend, problem_mark, shortened, text_width,
};
use std::fmt::Write;

/// Height of the line that a workflow's name takes above its graph.
const HEADING_HEIGHT: f64 = 32.0;
/// Font size of such a name.
const HEADING_SIZE: f64 = 16.0;
/// Height of the line below a scene that says what its lines mean, and length of a sample.
const LEGEND_HEIGHT: f64 = 32.0;
const SAMPLE: f64 = 28.0;
/// Between a sample and its words, and between two items.
const BEFORE_WORDS: f64 = 6.0;
const BETWEEN_ITEMS: f64 = 16.0;
/// From the middle of a line of text of 14 or 12 px down to its base line.
const BASE_LINE: f64 = 5.0;
const SMALL_BASE_LINE: f64 = 4.0;

/// One workflow as an SVG file.
#[must_use]
pub fn svg(scene: &Scene, theme: Theme) -> String {
    let mut text = opened(&scene.title, &scene.description, size(scene), theme);
    write_scene(&mut text, scene);
    text.push_str("</svg>\n");
    text
}

/// Several workflows below each other in one SVG file, each under its name.
#[must_use]
pub fn svg_stacked(scenes: &[Scene], theme: Theme) -> String {
    if let [scene] = scenes {
        return svg(scene, theme);
    }
    let titles: Vec<&str> = scenes.iter().map(|scene| scene.title.as_str()).collect();
    let descriptions: Vec<String> =
        scenes.iter().map(|scene| format!("{}: {}", scene.title, scene.description)).collect();
    // Wide enough for a drawing that has nothing but names.
    let width = scenes.iter().map(|scene| size(scene).0).fold(240.0, f64::max);
    let height: f64 = scenes.iter().map(|scene| HEADING_HEIGHT + size(scene).1).sum();
    let mut text = opened(&titles.join(", "), &descriptions.join(" "), (width, height), theme);
    let mut top = 0.0;
    for scene in scenes {
        let title = escape(&scene.title);
        let heading = escape(&shortened(&scene.title, width - 2.0 * MARGIN, HEADING_SIZE));
        put(
            &mut text,
            format_args!(
                "<g class=\"workflow\" data-workflow=\"{title}\" transform=\"translate(0 {})\">\n\
                 <text class=\"heading\" x=\"{}\" y=\"{}\">{heading}</text>\n\
                 <g transform=\"translate(0 {})\">\n",
                number(top),
                number(MARGIN),
                number(HEADING_HEIGHT),
                number(HEADING_HEIGHT),
            ),
        );
        write_scene(&mut text, scene);
        text.push_str("</g>\n</g>\n");
        top += HEADING_HEIGHT + size(scene).1;
    }
    text.push_str("</svg>\n");
    text
}

/// The beginning of a file, up to the background.
fn opened(title: &str, description: &str, (width, height): (f64, f64), theme: Theme) -> String {
    let (width, height) = (number(width), number(height));
    let mut text = String::new();
    put(
        &mut text,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"dryrun\" role=\"img\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
             <title>{}</title>\n<desc>{}</desc>\n<style>{}</style>\n\
             <rect class=\"plane\" width=\"{width}\" height=\"{height}\"/>\n",
            escape(title),
            escape(description),
            style(theme),
        ),
    );
    text
}

/// Lines first, then what stands on them.
fn write_scene(text: &mut String, scene: &Scene) {
    let name = |index: u32| scene.nodes.get(index as usize).map_or("", |node| node.name.as_str());
    for edge in scene.edges.iter().filter(|edge| !edge.points.is_empty()) {
        write_edge(text, edge, &escape(name(edge.from.0)), &escape(name(edge.to.0)));
    }
    for slot in &scene.slots {
        write_slot(text, slot);
    }
    for edge in &scene.edges {
        write_pill(text, edge);
    }
    for node in &scene.nodes {
        write_node(text, node);
    }
    write_legend(text, scene);
}

/// Width and height of a scene with its legend.
fn size(scene: &Scene) -> (f64, f64) {
    let items = legend(scene);
    if items.is_empty() {
        return (scene.width, scene.height);
    }
    let legend_width = items.iter().map(item_width).sum::<f64>() - BETWEEN_ITEMS + 2.0 * MARGIN;
    (scene.width.max(legend_width), scene.height + LEGEND_HEIGHT)
}

/// Width of an item of the legend, with what stands between it and the next.
fn item_width(item: &LegendItem) -> f64 {
    SAMPLE + BEFORE_WORDS + text_width(item.words, 12.0).ceil() + BETWEEN_ITEMS
}

/// A sample of each kind of line with its name, below the scene.
fn write_legend(text: &mut String, scene: &Scene) {
    let middle = scene.height + LEGEND_HEIGHT / 2.0 - MARGIN / 2.0;
    let mut left = MARGIN;
    for item in legend(scene) {
        let class = match item.kind {
            "broken" => "requires broken",
            "earlier" => "cache earlier",
            kind => kind,
        };
        put(
            text,
            format_args!(
                "<g class=\"legend {class}\"><path class=\"line\" d=\"M{} {y}H{}\"/>\
                 <text class=\"caption\" x=\"{}\" y=\"{}\">{}</text></g>\n",
                number(left),
                number(left + SAMPLE),
                number(left + SAMPLE + BEFORE_WORDS),
                number(middle + SMALL_BASE_LINE),
                item.words,
                y = number(middle),
            ),
        );
        left += item_width(&item);
    }
}

fn write_slot(text: &mut String, slot: &SlotShape) {
    put(
        text,
        format_args!(
            "<g class=\"slot\"><title>{}</title>\
             <rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\"/>\
             <text class=\"caption\" x=\"{}\" y=\"{}\">{}</text></g>\n",
            escape(&slot.title),
            number(slot.x),
            number(slot.y),
            number(slot.width),
            number(slot.height),
            number(slot.x + slot.width / 2.0),
            number(slot.y + slot.height / 2.0 + SMALL_BASE_LINE),
            escape(&slot.label),
        ),
    );
}

fn write_edge(text: &mut String, edge: &EdgeShape, from: &str, to: &str) {
    let mark = match edge {
        EdgeShape { broken: true, .. } => " broken",
        EdgeShape { earlier: true, .. } => " earlier",
        _ => "",
    };
    put(
        text,
        format_args!(
            "<g class=\"edge {kind}{mark}\" data-edge=\"{kind}\" data-from=\"{from}\" data-to=\"{to}\">\
             <title>{}</title><path class=\"line\" d=\"{}\"/><path class=\"head\" d=\"{}\"/></g>\n",
            escape(&edge.told()),
            edge.path,
            edge.arrow,
            kind = edge.kind,
        ),
    );
}

fn write_pill(text: &mut String, edge: &EdgeShape) {
    let Some((x, y)) = edge.pill else { return };
    let statuses: Vec<&str> = edge.statuses.iter().map(|status| status.name()).collect();
    put(
        text,
        format_args!(
            "<g class=\"pill\"><title>{}</title>\
             <rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>\
             <text class=\"caption\" x=\"{}\" y=\"{}\">{}</text></g>\n",
            statuses.join(", "),
            number(x - edge.pill_width / 2.0),
            number(y - PILL_HEIGHT / 2.0),
            number(edge.pill_width),
            number(PILL_HEIGHT),
            number(PILL_HEIGHT / 2.0),
            number(x),
            number(y + SMALL_BASE_LINE),
            escape(&edge.pill_label),
        ),
    );
}

fn write_node(text: &mut String, node: &NodeShape) {
    let kind = node.kind.name();
    let middle = node.y + node.height / 2.0;
    put(
        text,
        format_args!(
            "<g class=\"node {kind}\" data-job=\"{}\" data-kind=\"{kind}\"><title>{}</title>\
             <path class=\"outline\" d=\"{}\"/>",
            escape(&node.name),
            escape(&node.spoken),
            node.outline,
        ),
    );
    if !node.inner_outline.is_empty() {
        put(text, format_args!("<path class=\"inner\" d=\"{}\"/>", node.inner_outline));
    }
    put(
        text,
        format_args!(
            "<path class=\"bar\" d=\"{}\"/><path class=\"icon\" transform=\"translate({} {})\" d=\"{}\"/>\
             <text class=\"label\" x=\"{}\" y=\"{}\">{}</text>",
            node.bar,
            number(node.x + ICON_LEFT),
            number(middle - 8.0),
            icon(node.kind),
            number(node.x + LABEL_LEFT),
            number(middle + BASE_LINE),
            escape(&node.label),
        ),
    );
    for badge in &node.badges {
        write_badge(text, badge, middle);
    }
    if let Some(severity) = node.problem {
        let (outline, sign) = problem_mark(severity);
        put(
            text,
            format_args!(
                "<g class=\"problem {}\" transform=\"translate({} {})\">\
                 <path class=\"mark\" d=\"{outline}\"/><path class=\"sign\" d=\"{sign}\"/></g>",
                severity.name(),
                number(node.x + node.width - 4.0),
                number(node.y + 2.0),
            ),
        );
    }
    text.push_str("</g>\n");
}

fn write_badge(text: &mut String, badge: &Badge, middle: f64) {
    put(text, format_args!("<g class=\"badge\"><title>{}</title>", escape(&badge.title)));
    if badge.text.is_empty() {
        put(
            text,
            format_args!(
                "<path class=\"glyph\" transform=\"translate({} {})\" d=\"{}\"/>",
                number(badge.x),
                number(middle - 7.0),
                badge_glyph(badge.kind),
            ),
        );
    } else {
        put(
            text,
            format_args!(
                "<text class=\"caption\" x=\"{}\" y=\"{}\">{}</text>",
                number(badge.x + 4.0),
                number(middle + SMALL_BASE_LINE),
                escape(&badge.text),
            ),
        );
    }
    text.push_str("</g>");
}

/// Adds formatted text.
fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(arguments);
}
