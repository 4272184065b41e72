use super::node::px;
use crate::app::state::{Action, Spot};
use crate::scene::{EdgeShape, PILL_HEIGHT, Scene};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, PointerEvent, Properties, component, html};

#[derive(Properties)]
pub(super) struct EdgeProps {
    pub scene: Rc<Scene>,
    pub index: usize,
    /// Tab reaches it.
    pub reached: bool,
    /// The caret stands in the item that asks for it.
    pub current: bool,
    /// On the critical path of the run.
    pub critical: bool,
    pub act: Callback<Action>,
}

/// See [`NodeProps`](super::node::NodeProps).
impl PartialEq for EdgeProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.scene, &other.scene)
            && (self.index, self.reached, self.current, self.critical)
                == (other.index, other.reached, other.current, other.critical)
    }
}

/// A line between two jobs.
#[component]
pub(super) fn Edge(props: &EdgeProps) -> Html {
    let EdgeProps { scene, index, reached, current, critical, act } = props;
    let Some(edge) = scene.edges.get(*index) else { return Html::default() };
    let spot = Spot::Edge(*index);
    let go = act.reform(move |_: MouseEvent| Action::SpotActivated { spot, by_key: false });
    let (from, to) = (name(scene, edge.from.0), name(scene, edge.to.0));
    html! {
        <g class="edge" data-spot={format!("edge-{index}")} data-edge={edge.kind.clone()} data-from={from.to_owned()}
            data-to={to.to_owned()} data-broken={edge.broken.then_some("")}
            data-critical={critical.then_some("")} data-earlier={edge.earlier.then_some("")} role="button"
            tabindex={if *reached { "0" } else { "-1" }} aria-label={edge.spoken.clone()}
            aria-current={current.then_some("true")} onclick={go}
            onpointerdown={|event: PointerEvent| event.stop_propagation()}>
            <title>{ edge.told() }</title>
            <path class="hit" d={edge.path.clone()} />
            if *critical { <path class="halo" d={edge.path.clone()} /> }
            <path class="line" d={edge.path.clone()} />
            <path class="arrow" d={edge.arrow.clone()} />
            { for edge.pill.map(|centre| pill(edge, centre)) }
        </g>
    }
}

fn name(scene: &Scene, index: u32) -> &str {
    scene.nodes.get(index as usize).map_or("", |node| &node.name)
}

/// The condition on the line.
fn pill(edge: &EdgeShape, (x, y): (f64, f64)) -> Html {
    html! {
        <g class="pill">
            <rect x={px(x - edge.pill_width / 2.0)} y={px(y - PILL_HEIGHT / 2.0)} width={px(edge.pill_width)}
                height={px(PILL_HEIGHT)} rx={px(PILL_HEIGHT / 2.0)} />
            <text x={px(x)} y={px(y)} text-anchor="middle" dominant-baseline="central">{ &edge.pill_label }</text>
        </g>
    }
}
