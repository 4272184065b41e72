use super::edge::Edge;
use super::node::{LABEL_SIZE, Node, px};
use crate::app::browser::scroll_by;
use crate::app::hooks::{use_pan, use_size, use_zoom};
use crate::app::keys;
use crate::app::state::{Action, Level, RunChange, Spot};
use crate::scene::{Layer, Layers, Scene, SlotShape};
use std::rc::Rc;
use web_sys::Element;
use yew::{
    Callback, Html, KeyboardEvent, MouseEvent, NodeRef, PointerEvent, Properties, component, html,
    use_node_ref,
};

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
    pub layers: Layers,
    /// A run is on the screen.
    pub plays: bool,
    pub playing: Playing,
    pub act: Callback<Action>,
}

impl PartialEq for GraphProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene)
            && self.scale.to_bits() == other.scale.to_bits()
            && (self.focus, self.kept, self.plays) == (other.focus, other.kept, other.plays)
            && self.current == other.current
            && self.layers == other.layers
            && self.playing == other.playing
    }
}

/// What the jobs and lines of the picture do at the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Playing {
    /// By index the nodes: the word for `data-state`.
    pub(super) states: Vec<&'static str>,
    /// Index of the line, how far something has come on it from 0 to 1, and whether it found nothing.
    pub(super) moves: Vec<(usize, f64, bool)>,
    /// By index the edges: on the critical path.
    pub(super) critical: Vec<bool>,
}

/// The picture of a workflow, in a window that scrolls.
#[component]
pub(super) fn Graph(props: &GraphProps) -> Html {
    let GraphProps { scene, scale, focus, current, kept, layers, plays, playing, act } = props;
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
    let edges = (0..scene.edges.len()).filter(|index| layers.shows(&scene.edges[*index])).map(|index| {
        let spot = Spot::Edge(index);
        html! {
            <Edge key={index} scene={Rc::clone(scene)} {index} reached={*focus == spot} current={is_current(spot)}
                critical={playing.critical.get(index).copied().unwrap_or_default()} act={act.clone()} />
        }
    });
    let nodes = (0..scene.nodes.len()).map(|index| {
        let spot = Spot::Node(index);
        html! {
            <Node key={index} scene={Rc::clone(scene)} {index} reached={*focus == spot} current={is_current(spot)} {level} state={playing.states.get(index).copied().unwrap_or("idle")}
                {label_size} act={act.clone()} />
        }
    });
    html! {
        <div class="graph-window" id="graph-panel" role="tabpanel" aria-label={scene.title.clone()} ref={area.clone()}
            data-kept={kept.to_string()} onpointerdown={pan.down} onpointermove={pan.moved}
            onpointerup={pan.up.clone()} onpointercancel={pan.up} onkeydown={keyboard(*focus, *plays, area, act)}>
            <svg class="graph" ref={picture} role="group" aria-label={scene.description.clone()} data-level={level.name()}
                width={px(scene.width * scale)} height={px(scene.height * scale)}
                viewBox={format!("0 0 {} {}", px(scene.width), px(scene.height))}>
                <g class="edges">{ for edges }</g>
                if layers.has(Layer::Cache) {
                    { for scene.slots.iter().enumerate().map(|(index, shape)| slot(index, shape, *focus, act)) }
                }
                <g class="nodes">{ for nodes }</g>
                <g class="tokens">{ for playing.moves.iter().filter_map(|moved| token(scene, *layers, *moved)) }</g>
            </svg>
        </div>
    }
}

/// What is on its way along a line, or has come to its end: a disc, or a ring where nothing was found.
fn token(scene: &Scene, layers: Layers, (edge, far, missed): (usize, f64, bool)) -> Option<Html> {
    let shape = scene.edges.get(edge).filter(|shape| layers.shows(shape))?;
    let (x, y) = shape.point_at(if missed { 0.5 } else { far })?;
    let state = if missed {
        "missed"
    } else if far < 1.0 {
        "moving"
    } else {
        "arrived"
    };
    Some(html! {
        <g class="token edge" data-token={state} data-on={edge.to_string()} data-kind={shape.kind.clone()}>
            <circle cx={px(x)} cy={px(y)} r="6" />
        </g>
    })
}

/// A cache on the shelf.
fn slot(index: usize, shape: &SlotShape, focus: Spot, act: &Callback<Action>) -> Html {
    let spot = Spot::Slot(index);
    let tell = act.reform(move |_: MouseEvent| Action::DetailsWanted(spot));
    html! {
        <g class="slot" data-cache={shape.title.clone()} data-spot={format!("slot-{index}")} role="button" aria-label={format!("Cache {}", shape.title)}
            tabindex={if focus == spot { "0" } else { "-1" }} onclick={tell} onpointerdown={|event: PointerEvent| event.stop_propagation()}>
            <title>{ &shape.title }</title>
            <rect x={px(shape.x)} y={px(shape.y)} width={px(shape.width)} height={px(shape.height)} rx="4" />
            <text x={px(shape.x + shape.width / 2.0)} y={px(shape.y + shape.height / 2.0)} text-anchor="middle"
                dominant-baseline="central">{ &shape.label }</text>
        </g>
    }
}

fn keyboard(focus: Spot, plays: bool, area: NodeRef, act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        let (name, ctrl) = (event.key(), event.ctrl_key() || event.meta_key());
        if event.alt_key() {
            return;
        }
        if event.shift_key() && name == "Enter" {
            act.emit(Action::DetailsWanted(focus));
        } else if event.shift_key()
            && let Some((x, y)) = pan_step(&name)
            && let Some(area) = area.cast::<Element>()
        {
            scroll_by(&area, x, y);
        } else if let Some(action) = graph_action(&name, ctrl, focus, plays) {
            act.emit(action);
        } else {
            return;
        }
        event.prevent_default();
    })
}

fn graph_action(name: &str, ctrl: bool, focus: Spot, plays: bool) -> Option<Action> {
    match (name, ctrl) {
        ("r", false) => Some(Action::LayerToggled(Layer::Requires)),
        ("w", false) => Some(Action::LayerToggled(Layer::Workspace)),
        ("c", false) => Some(Action::LayerToggled(Layer::Cache)),
        (" ", false) if plays => Some(Action::Run(RunChange::Played)),
        ("Enter" | " ", false) => Some(Action::SpotActivated { spot: focus, by_key: true }),
        ("+" | "=", false) => Some(Action::ZoomedBy(ZOOM_STEP)),
        ("-", false) => Some(Action::ZoomedBy(1.0 / ZOOM_STEP)),
        ("0", false) => Some(Action::Fitted),
        (_, false) if plays && let Some(action) = keys::in_run(name) => Some(action),
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
