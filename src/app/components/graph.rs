use super::edge::Edge;
use super::node::{LABEL_SIZE, Node, px};
use crate::app::browser::scroll_by;
use crate::app::hooks::{use_pan, use_size, use_zoom};
use crate::app::keys;
use crate::app::state::{Action, Level, Spot};
use crate::scene::{Scene, SlotShape};
use std::rc::Rc;
use web_sys::Element;
use yew::{Callback, Html, KeyboardEvent, NodeRef, Properties, component, html, use_node_ref};

/// Letters on the screen are at least this high, in px.
const SMALLEST_LABEL: f64 = 12.0;
/// One press of an arrow key with Shift, in px.
const PAN_STEP: f64 = 80.0;
/// One press of + or −.
pub(super) const ZOOM_STEP: f64 = 1.25;

#[derive(Properties)]
pub(super) struct GraphProps {
    pub scene: Rc<Scene>,
    pub scale: f64,
    pub focus: Spot,
    pub current: Vec<Spot>,
    /// The picture is not that of the text as it is.
    pub kept: bool,
    pub act: Callback<Action>,
}

impl PartialEq for GraphProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene)
            && self.scale.to_bits() == other.scale.to_bits()
            && (self.focus, self.kept) == (other.focus, other.kept)
            && self.current == other.current
    }
}

/// The picture of a workflow, in a window that scrolls.
#[component]
pub(super) fn Graph(props: &GraphProps) -> Html {
    let GraphProps { scene, scale, focus, current, kept, act } = props;
    let (area, picture) = (use_node_ref(), use_node_ref());
    use_size(
        area.clone(),
        act.reform(|(width, height)| Action::Measured {
            // One px less, so that rounding never brings scroll bars.
            width: width - 1.0,
            height: height - 1.0,
        }),
    );
    use_zoom(area.clone(), picture.clone(), *scale, act.reform(Action::ZoomedBy));
    let pan = use_pan(area.clone());
    let level = Level::at(*scale);
    let label_size = LABEL_SIZE.max(SMALLEST_LABEL / scale);
    let is_current = |spot: Spot| current.contains(&spot);
    let edges = (0..scene.edges.len()).map(|index| {
        let spot = Spot::Edge(index);
        html! {
            <Edge key={index} scene={Rc::clone(scene)} {index} reached={*focus == spot} current={is_current(spot)} act={act.clone()} />
        }
    });
    let nodes = (0..scene.nodes.len()).map(|index| {
        let spot = Spot::Node(index);
        html! {
            <Node key={index} scene={Rc::clone(scene)} {index} reached={*focus == spot} current={is_current(spot)} {level}
                {label_size} act={act.clone()} />
        }
    });
    html! {
        <div class="graph-window" id="graph-panel" role="tabpanel" aria-label={scene.title.clone()} ref={area.clone()}
            data-kept={kept.to_string()} onpointerdown={pan.down} onpointermove={pan.moved}
            onpointerup={pan.up.clone()} onpointercancel={pan.up} onkeydown={keyboard(*focus, area, act)}>
            <svg class="graph" ref={picture} role="group" aria-label={scene.description.clone()} data-level={level.name()}
                width={px(scene.width * scale)} height={px(scene.height * scale)}
                viewBox={format!("0 0 {} {}", px(scene.width), px(scene.height))}>
                <g class="edges">{ for edges }</g>
                { for scene.slots.iter().map(slot) }
                <g class="nodes">{ for nodes }</g>
            </svg>
        </div>
    }
}

/// A cache on the shelf.
fn slot(slot: &SlotShape) -> Html {
    html! {
        <g class="slot" data-cache={slot.title.clone()}>
            <title>{ &slot.title }</title>
            <rect x={px(slot.x)} y={px(slot.y)} width={px(slot.width)} height={px(slot.height)} rx="4" />
            <text x={px(slot.x + slot.width / 2.0)} y={px(slot.y + slot.height / 2.0)} text-anchor="middle"
                dominant-baseline="central">{ &slot.label }</text>
        </g>
    }
}

fn keyboard(focus: Spot, area: NodeRef, act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        let (name, ctrl) = (event.key(), event.ctrl_key() || event.meta_key());
        if event.alt_key() {
            return;
        }
        if event.shift_key()
            && let Some((x, y)) = pan_step(&name)
            && let Some(area) = area.cast::<Element>()
        {
            scroll_by(&area, x, y);
        } else if let Some(action) = graph_action(&name, ctrl, focus) {
            act.emit(action);
        } else {
            return;
        }
        event.prevent_default();
    })
}

fn graph_action(name: &str, ctrl: bool, focus: Spot) -> Option<Action> {
    match (name, ctrl) {
        ("Enter" | " ", false) => Some(Action::SpotActivated { spot: focus, by_key: true }),
        ("+" | "=", false) => Some(Action::ZoomedBy(ZOOM_STEP)),
        ("-", false) => Some(Action::ZoomedBy(1.0 / ZOOM_STEP)),
        ("0", false) => Some(Action::Fitted),
        _ => keys::in_graph(name, ctrl).map(Action::GraphKey),
    }
}

fn pan_step(name: &str) -> Option<(f64, f64)> {
    match name {
        "ArrowLeft" => Some((-PAN_STEP, 0.0)),
        "ArrowRight" => Some((PAN_STEP, 0.0)),
        "ArrowUp" => Some((0.0, -PAN_STEP)),
        "ArrowDown" => Some((0.0, PAN_STEP)),
        _ => None,
    }
}
