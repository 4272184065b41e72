use super::compiled_pane::compiled_pane;
use super::crash::CrashPanel;
use super::files::files_popover;
use super::graph_pane::graph_pane;
use super::icon::Icon;
use super::pipeline::pipeline_popover;
use super::views::views;
use crate::app::state::{Action, Drawing, Standing, State, View};
use yew::{AttrValue, Callback, Html, MouseEvent, html};

/// What the right pane needs from the browser.
pub(super) struct Outside {
    pub(super) version: AttrValue,
    pub(super) download_svg: Callback<MouseEvent>,
    /// Asks for a file; hears its name and text.
    pub(super) pick: Callback<Callback<(String, String)>>,
}

/// The right pane: its views, what the text is looked at with, and the view itself.
pub(super) fn view_pane(state: &State, outside: Outside, act: &Callback<Action>) -> Html {
    let Outside { version, download_svg, pick } = outside;
    let label = match state.view {
        View::Graph => "Graph",
        View::Compiled => "Compiled",
        View::Timeline => "Timeline",
    };
    html! {
        <section class="graph-pane" data-region="graph" aria-label={label}>
            <div class="pane-head views">
                { views(state.view, act) }
                <span class="gap"></span>
                { files_popover(state, &pick, act) }
                { pipeline_popover(state, act) }
            </div>
            <div class="view" id="view-panel" role="tabpanel" aria-label={label}>
                if let Some(crash) = &state.crash {
                    <CrashPanel crash={crash.clone()} {version} act={act.clone()} />
                } else if state.view == View::Compiled {
                    { compiled_pane(state, act) }
                } else {
                    { graph_pane(state, download_svg, act) }
                }
            </div>
        </section>
    }
}

/// Says when what is shown is not that of the whole text.
pub(super) fn strip(drawing: &Drawing) -> Option<Html> {
    let (name, words) = match drawing.standing {
        Standing::Whole => return None,
        Standing::Kept { line } => {
            ("kept", format!("Showing revision {}, before the syntax error on line {line}", drawing.rev))
        }
        Standing::Partial { line } => {
            ("partial", format!("Incomplete: shows only what comes before the syntax error on line {line}"))
        }
    };
    Some(
        html! { <p class="strip" role="status" data-standing={name}>{ Icon::Triangle.draw() }<span>{ words }</span></p> },
    )
}
