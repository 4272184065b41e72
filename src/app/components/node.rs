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
    /// Height of the label in px of the scene; larger than the scene's own where the picture is small.
    pub label_size: f64,
    pub act: Callback<Action>,
}

/// The same pointer is the same scene: comparing it by value for each node would be slow.
impl PartialEq for NodeProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene)
            && (self.index, self.reached, self.current) == (other.index, other.reached, other.current)
            && self.level == other.level
            && self.label_size.to_bits() == other.label_size.to_bits()
    }
}

/// The scene's own height of a label, in px.
pub(super) const LABEL_SIZE: f64 = 14.0;
/// A job.
#[component]
pub(super) fn Node(props: &NodeProps) -> Html {
    let NodeProps { scene, index, reached, current, level, label_size, act } = props;
    let Some(node) = scene.nodes.get(*index) else { return Html::default() };
    let spot = Spot::Node(*index);
    let go = act.reform(move |_: MouseEvent| Action::SpotActivated { spot, by_key: false });
    let middle = node.y + node.height / 2.0;
    let state = if node.kind == JobKind::Missing { "missing" } else { "idle" };
    html! {
        <g class="node" data-spot={format!("node-{index}")} data-job={node.name.clone()} data-state={state}
            data-kind={node.kind.name()} data-problem={node.problem.map(Severity::name)}
            role="button" tabindex={if *reached { "0" } else { "-1" }} aria-label={node.spoken.clone()}
            aria-current={current.then_some("true")} onclick={go}
            onpointerdown={|event: PointerEvent| event.stop_propagation()}>
            <title>{ &node.spoken }</title>
            <path class="outline" d={node.outline.clone()} />
            if !node.inner_outline.is_empty() { <path class="inner" d={node.inner_outline.clone()} /> }
            <path class="bar" d={node.bar.clone()} />
            <path class="kind" d={icon(node.kind)} transform={at(node.x + ICON_LEFT, middle - 8.0)} />
            if *level != Level::Mark {
                <text class="label" x={px(node.x + LABEL_LEFT)} y={px(middle)} dominant-baseline="central"
                    font-size={px(*label_size)}>{ label(node, *label_size, *level) }</text>
            }
            if *level == Level::Full { { for node.badges.iter().map(|badge| draw_badge(badge, middle)) } }
            { for node.problem.map(|severity| draw_problem(node, severity)) }
        </g>
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
