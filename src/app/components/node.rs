use crate::app::state::{Action, Level, Spot};
use crate::report::{JobKind, Severity};
use crate::scene::{
    Badge, ICON_LEFT, LABEL_LEFT, NodeShape, Scene, badge_glyph, icon, problem_mark, shortened,
};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, PointerEvent, Properties, component, html};

#[derive(Properties)]
pub(super) struct NodeProps {
    pub scene: Rc<Scene>,
    pub index: usize,
    /// Tab reaches it.
    pub reached: bool,
    /// The caret stands in its text.
    pub current: bool,
    pub level: Level,
    /// The word for `data-state`.
    pub state: &'static str,
    /// Height of the label in px of the scene; larger than the scene's own where the picture is small.
    pub label_size: f64,
    pub act: Callback<Action>,
}

/// The same pointer is the same scene: comparing it by value for each node would be slow.
impl PartialEq for NodeProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene)
            && (self.index, self.reached, self.current) == (other.index, other.reached, other.current)
            && (self.level, self.state) == (other.level, other.state)
            && self.label_size.to_bits() == other.label_size.to_bits()
    }
}

/// The scene's own height of a label, in px.
pub(super) const LABEL_SIZE: f64 = 14.0;
/// Above the name of a job that the pipeline does not have. With a blank, which parts the two for who reads them out.
const SKIPPED: &str = "skipped ";

/// A job.
#[component]
pub(super) fn Node(props: &NodeProps) -> Html {
    let NodeProps { scene, index, reached, current, level, state, label_size, act } = props;
    let Some(node) = scene.nodes.get(*index) else { return Html::default() };
    let spot = Spot::Node(*index);
    let go = act.reform(move |_: MouseEvent| Action::SpotActivated { spot, by_key: false });
    let middle = node.y + node.height / 2.0;
    let state = if node.kind == JobKind::Missing { "missing" } else { state };
    let spoken = with_badges(node, *level);
    let spoken = match state {
        "idle" => spoken,
        // As the label begins.
        "skipped" => format!("skipped: {spoken}"),
        _ => format!("{spoken} State: {}.", state.replace('_', " ")),
    };
    html! {
        <g class="node" data-spot={format!("node-{index}")} data-job={node.name.clone()} data-state={state}
            data-kind={node.kind.name()} data-problem={node.problem.map(Severity::name)}
            role="button" tabindex={if *reached { "0" } else { "-1" }} aria-label={spoken.clone()}
            aria-current={current.then_some("true")} onclick={go}
            onpointerdown={|event: PointerEvent| event.stop_propagation()}>
            <title>{ spoken }</title>
            <path class="outline" d={node.outline.clone()} />
            if !node.inner_outline.is_empty() { <path class="inner" d={node.inner_outline.clone()} /> }
            <path class="bar" d={node.bar.clone()} />
            <path class="kind" d={icon(node.kind)} transform={at(node.x + ICON_LEFT, middle - 8.0)} />
            if *level != Level::Mark {
                { for (state == "skipped").then(|| words("word", node, middle - label_size * 0.6, label_size * SMALL, SKIPPED.to_owned())) }
                { words("label", node, if state == "skipped" { middle + label_size * 0.5 } else { middle }, *label_size, label(node, *label_size, *level)) }
            }
            if *level == Level::Full { { for node.badges.iter().map(|badge| draw_badge(badge, middle)) } }
            { for mark(state).map(|d| html! { <path class="state" d={d} transform={at(node.x + node.width - 20.0, node.y + node.height - 14.0)} /> }) }
            { for node.problem.map(|severity| draw_problem(node, severity)) }
        </g>
    }
}

/// Height of the word above a label, by the label's.
const SMALL: f64 = 12.0 / LABEL_SIZE;

/// A line of words in a job, its middle at `y`.
fn words(class: &'static str, node: &NodeShape, y: f64, size: f64, text: String) -> Html {
    html! {
        <text {class} x={px(node.x + LABEL_LEFT)} y={px(y)} dominant-baseline="central" font-size={px(size)}>{ text }</text>
    }
}

/// The scene's label, or a shorter one where the letters are larger than the scene's.
fn label(node: &NodeShape, size: f64, level: Level) -> String {
    if size <= LABEL_SIZE {
        return node.label.clone();
    }
    let badges = node.badges.first().filter(|_| level == Level::Full);
    let end = badges.map_or(node.width - 8.0, |badge| badge.x - node.x - 4.0);
    shortened(&node.name, end - LABEL_LEFT, size)
}

/// What is said of a job, with the words of its badges behind its name, as they are seen: who says what is to be read
/// is to be understood.
fn with_badges(node: &NodeShape, level: Level) -> String {
    let badges = node.badges.iter().filter(|badge| level == Level::Full && !badge.text.is_empty());
    let seen: String = badges.flat_map(|badge| [" ", &badge.text]).collect();
    node.spoken
        .strip_prefix(&node.name)
        .map_or_else(|| node.spoken.clone(), |rest| [&node.name, &*seen, rest].concat())
}

/// The sign of a state of the run, 12 px wide and high.
fn mark(state: &str) -> Option<&'static str> {
    Some(match state {
        "success" => "M1 6.5 4.5 10 11 2.5",
        "failed" => "M2 2l8 8 M10 2 2 10",
        "running" => "M6 1a5 5 0 0 1 0 10Z M6 1a5 5 0 0 0 0 10",
        "waiting" => "M6 1a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z",
        "queued" => "M6 1a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z M6 3.5V6.2L8 7.5",
        "on_hold" => "M4 2v8 M8 2v8",
        "canceled" | "not_run" => "M2 10 10 2",
        "unauthorized" => "M2 5.5h8v5H2Z M4 5.5V3.6a2 2 0 0 1 4 0v1.9",
        "unknown" => "M4 4a2 2 0 1 1 2 2.4V7.5 M6 10v.2",
        _ => return None,
    })
}

fn draw_badge(badge: &Badge, middle: f64) -> Html {
    html! {
        <g class="badge">
            <title>{ &badge.title }</title>
            if badge.text.is_empty() {
                <path class="glyph" d={badge_glyph(badge.kind)} transform={at(badge.x, middle - 7.0)} />
            } else {
                <text x={px(badge.x + 4.0)} y={px(middle)} dominant-baseline="central">{ &badge.text }</text>
            }
        </g>
    }
}

/// On the top right corner.
fn draw_problem(node: &NodeShape, severity: Severity) -> Html {
    let (outline, sign) = problem_mark(severity);
    html! {
        <g class="problem-mark" data-tone={severity.name()} transform={at(node.x + node.width - 4.0, node.y + 2.0)}>
            <path class="mark" d={outline} />
            <path class="sign" d={sign} />
        </g>
    }
}

fn at(x: f64, y: f64) -> String {
    format!("translate({} {})", px(x), px(y))
}

/// A length for an attribute: to a hundredth. By whole numbers: the code that writes and reads any fraction is
/// a tenth of the page's wasm.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a length on a screen fits, and saturates if it does not"
)]
pub(super) fn px(length: f64) -> String {
    let hundredths = (length * 100.0).round() as i64;
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let sign = if hundredths < 0 { "-" } else { "" };
    match rest {
        0 => format!("{sign}{whole}"),
        _ if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}

/// A number without its fraction.
pub(super) fn whole(number: f64) -> String {
    px(number.round())
}
