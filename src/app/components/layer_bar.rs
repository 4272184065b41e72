use super::button::says;
use crate::app::state::{Action, State};
use crate::scene::{Layer, legend};
use yew::{Callback, Html, html};

/// Switches for the layers that the graph has, and what its lines mean. Nothing where all lines are alike.
pub(super) fn layer_bar(state: &State, act: &Callback<Action>) -> Html {
    let Some(shown) = state.shown_workflow() else { return Html::default() };
    let items = legend(&shown.scene);
    if items.is_empty() {
        return Html::default();
    }
    let layers = state.layers();
    let switch = |layer: Layer| {
        let (is_on, name) = (layers.has(layer), layer.name());
        html! {
            <button type="button" class="quiet layer" data-layer={name} aria-pressed={is_on.to_string()}
                title={format!("Show or hide: {name} ({})", &name[..1])} onclick={says(act, move || Action::LayerToggled(layer))}>
                { sample(name) }{ name }
            </button>
        }
    };
    let plain = |kind: &str| Layer::ALL.iter().any(|layer| layer.name() == kind);
    let others = items.iter().filter(|item| !plain(item.kind)).map(|item| {
        html! { <span class="layer" data-legend={item.kind}>{ sample(item.kind) }{ item.words }</span> }
    });
    html! {
        <div class="layer-bar" role="group" aria-label="Layers of the graph">
            { for Layer::ALL.into_iter().filter(|layer| state.has_layer(*layer)).map(switch) }
            { for others }
            if state.hides_data() { <span class="faint">{ "Workspace and cache lines start hidden in large graphs." }</span> }
        </div>
    }
}

/// A short line of the kind.
fn sample(kind: &'static str) -> Html {
    let edge = if kind == "earlier" { "cache" } else { kind };
    html! {
        <svg class="sample edge" data-edge={edge} data-earlier={(kind == "earlier").then_some("")} data-broken={(kind == "broken").then_some("")}
            width="24" height="8" aria-hidden="true"><path class="line" d="M0 4H24" /></svg>
    }
}
