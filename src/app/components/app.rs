use super::compiled::ROW_HEIGHT;
use super::header::Header;
use super::icon::Icon;
use super::node::px;
use super::notice::Notices;
use super::problems::Problems;
use super::splitter::Splitter;
use super::verdict;
use super::view_pane::{Outside, view_pane};
use crate::app::browser::{
    self, Editor, EditorOptions, Engine, Finding, Heard, Keys, Ports, Resizes, Rows, TextRange,
};
use crate::app::examples::EXAMPLES;
use crate::app::kept;
use crate::app::keys;
use crate::app::state::{
    self, Action, Effect, Link, Pane, RunChange, Spot, Start, State, Theme, can_be_ignored, fix_of, fix_words,
};
use crate::report::{Exported, Range, Report, ReportedDiagnostic, Severity};
use crate::worker::Candidate;
use gloo::timers::callback::{Interval, Timeout};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::Element;
use yew::{Callback, Component, Context, Html, KeyboardEvent, MouseEvent, NodeRef, Properties, html};

/// Say that an answer is late after this many ms…
const SLOW: u32 = 250;
/// …and take the worker for hung after this many.
const SILENT: u32 = 2_000;
/// A run that is played moves on every so many ms.
const TICK: u32 = 50;
/// So long after the last edit the text is kept, in ms.
const SAVE_AFTER: u32 = 300;
/// So many findings are given to the editor; more would make typing slow and no text more readable.
const FINDINGS_IN_EDITOR: usize = 1_000;
/// The store's key of the text; `www/shell/fallback.js` reads it too.
const TEXT: &str = "text";
const NAME: &str = "name";
const SPLIT: &str = "split";
const GIVEN: &str = "given";

#[derive(Properties)]
pub struct AppProps {
    /// The element the app is mounted on.
    pub root: Element,
    pub ports: Ports,
}

impl PartialEq for AppProps {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

/// The page: holds the state, and performs what follows from its changes.
pub struct App {
    state: State,
    act: Callback<Action>,
    engine: Option<Engine>,
    editor: Option<(Editor, EditorOptions)>,
    editor_pane: NodeRef,
    panes: NodeRef,
    /// What waits until the page shows the new state.
    after_render: Vec<Effect>,
    watch: Option<[Timeout; 2]>,
    save: Option<Timeout>,
    ticks: Option<Interval>,
    save_given: Option<Timeout>,
    /// What had the focus when a key opened the panel of links: it has it again afterwards.
    came_from: RefCell<Option<Element>>,
    _keys: Keys,
    _resizes: Option<Resizes>,
}

impl Component for App {
    type Message = Action;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let AppProps { root, ports } = ctx.props();
        let act = ctx.link().callback(|action| action);
        let mut state = State::new(Start {
            text: ports.kept(TEXT),
            file: ports.kept(NAME),
            link: ports.link().map(|opened| opened.map(|rows| Link::read(&rows))),
            first: EXAMPLES[0].text,
            given: ports.kept(GIVEN).and_then(|kept| kept::read(&kept)).unwrap_or_default(),
            split: ports.kept(SPLIT).and_then(|parts| parts.parse().ok()),
            theme: Theme::named(&ports.theme_choice()),
            width: browser::size(root).0,
        });
        let shortcuts = act.clone();
        let page = root.clone();
        let keys = Keys::hear(root, move |key| {
            // With a click beside everything that takes it, the focus is nowhere: nobody inside would hear of it.
            if key.name == "Escape" && browser::active(&page).is_none() {
                shortcuts.emit(Action::Escaped);
            }
            let action = keys::anywhere(&key.name, key.ctrl, key.shift, key.alt);
            action.map(|action| shortcuts.emit(action)).is_some()
        });
        let measured = act.clone();
        let resizes = Resizes::watch(root, move |width, _| measured.emit(Action::PageMeasured { width }));
        let files = act.clone();
        ports.hear_files(move |name, text| {
            files.emit(match name {
                Some(name) => Action::Dropped { name, text: text.into() },
                None => Action::Refused(text),
            });
        });
        let links = act.clone();
        ports.hear_links(move |opened| links.emit(link_opened(opened)));
        Self {
            after_render: state.opening(),
            state,
            engine: Some(start_engine(ports, &act)),
            act,
            editor: None,
            editor_pane: NodeRef::default(),
            panes: NodeRef::default(),
            watch: None,
            save: None,
            ticks: None,
            save_given: None,
            came_from: RefCell::default(),
            _keys: keys,
            _resizes: resizes,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        for effect in self.state.apply(action) {
            self.perform(ctx, effect);
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (state, act) = (&self.state, &self.act);
        let ports = ctx.props().ports.clone();
        let version = ports.version();
        let pick = {
            let ports = ports.clone();
            Callback::from(move |picked: Callback<(String, String)>| {
                ports.open(".yml,.yaml", move |name, text| picked.emit((name, text)));
            })
        };
        let open_file = {
            let (ports, act) = (ports.clone(), act.clone());
            Callback::from(move |_: MouseEvent| {
                let act = act.clone();
                ports.open(".yml,.yaml", move |name, text| {
                    act.emit(Action::Opened { name, text: text.into() });
                });
            })
        };
        let download_svg = {
            let (root, act) = (ctx.props().root.clone(), act.clone());
            Callback::from(move |_: MouseEvent| {
                act.emit(Action::ExportWanted { dark: browser::is_dark(&root), as_file: true });
            })
        };
        let lost = match &state.engine {
            state::Engine::Lost(why) => Some(why.clone()),
            _ => None,
        };
        let report = state.report.as_ref().map(|(_, report)| Rc::clone(report));
        html! {
            <div class="app" data-layout={state.layout().name()} data-pane={state.shown_pane().name()}
                data-engine={state.engine.name()} onkeydown={escape(act)}>
                <Header words={verdict::words(state)} lacks_continuation={state.lacks_continuation()} report={report.clone()} popover={state.popover} theme={state.theme}
                    {open_file} requests={Callback::from(move |()| ports.requests())} act={act.clone()} />
                <Notices notice={state.notice.clone()} keeping={state.keeping} {lost} act={act.clone()} />
                // Not the element: in somebody else's page, which has its own, the embed takes the role away.
                <div class="panes" role="main" ref={self.panes.clone()}>
                    <div class="editor-column">
                        <section class="editor" data-region="editor" aria-label="Config" ref={self.editor_pane.clone()}></section>
                        <Problems {report} stale={state.fresh_report().is_none()} chosen={state.problem}
                            unfolded={state.shows_problems()} all={state.all_problems} checks={ctx.props().ports.checks()} act={act.clone()} />
                    </div>
                    <Splitter split={state.split} area={self.panes.clone()} act={act.clone()} />
                    { view_pane(state, Outside { version: version.into(), download_svg, pick }, act) }
                </div>
                { pane_bar(state, act) }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        if first_render {
            self.open_editor(ctx);
        }
        if let Some(panes) = self.panes.cast::<Element>() {
            browser::set_property(&panes, "--split", &format!("{}%", px(self.state.split * 100.0)));
        }
        for effect in std::mem::take(&mut self.after_render) {
            self.perform_after_render(ctx, effect);
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((editor, _)) = self.editor.take() {
            editor.destroy();
        }
    }
}

impl App {
    fn open_editor(&mut self, ctx: &Context<Self>) {
        let Some(parent) = self.editor_pane.cast::<Element>() else { return };
        let (changed, caret) = (self.act.clone(), self.act.clone());
        let (mend, complete) = (self.act.clone(), self.act.clone());
        let options = EditorOptions::new(
            move |text: String| changed.emit(Action::Edited(text.into())),
            move |line, column| caret.emit(Action::CaretMoved(line, column)),
            move |index, ignore| {
                mend.emit(if ignore {
                    Action::IgnoreChosen(index)
                } else {
                    Action::FixChosen { problem: index, number: 0 }
                });
            },
            move |line, column| complete.emit(Action::CompletionWanted(line, column)),
        );
        let editor = ctx.props().ports.editor(&parent, &self.state.text, &options);
        self.editor = Some((editor, options));
        ctx.props().ports.mark("data-ready", Some(""));
    }

    /// Does what does not need the page to show the new state; keeps the rest for afterwards.
    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        let ports = &ctx.props().ports;
        match effect {
            Effect::Ask(request) => {
                if let Some(engine) = &self.engine {
                    engine.ask(&request);
                }
            }
            Effect::Watch(turn) => {
                let say = |action: Action, after: u32| {
                    let act = self.act.clone();
                    Timeout::new(after, move || act.emit(action))
                };
                self.watch = Some([say(Action::Slow(turn), SLOW), say(Action::Silent(turn), SILENT)]);
            }
            Effect::RestartEngine => {
                self.watch = None;
                // The old line ends before the new one begins.
                self.engine = None;
                self.engine = Some(start_engine(ports, &self.act));
            }
            Effect::Tick(on) => {
                let (act, still) = (self.act.clone(), browser::is_still());
                let tick = move || act.emit(Action::Run(RunChange::Ticked { still }));
                self.ticks = on.then(|| Interval::new(TICK, tick));
            }
            Effect::SaveText => self.save_later(ctx),
            Effect::KeepGiven => {
                let (ports, given) = (ports.clone(), Rc::clone(&self.state.given));
                self.save_given = Some(Timeout::new(SAVE_AFTER, move || {
                    // What is over the limit or refused lasts for this visit.
                    let _ = ports.keep(GIVEN, &kept::write(&given));
                }));
            }
            Effect::Keep { key, value } => {
                // A setting that is not kept is no loss to speak of.
                let _ = ports.keep(key, &value);
            }
            Effect::ApplyTheme(theme) => ports.choose_theme(theme.name()),
            Effect::Download { name, media, text } => ports.download(&name, media, &text),
            later => self.after_render.push(later),
        }
    }

    fn perform_after_render(&self, ctx: &Context<Self>, effect: Effect) {
        let AppProps { root, ports } = ctx.props();
        match (effect, &self.editor) {
            (Effect::Publish, _) => {
                ports.mark("data-rev", Some(&self.state.rev.to_string()));
                ports.mark("data-verdict", Some(self.state.verdict_mark()));
            }
            (Effect::ShowDiagnostics(report), Some((editor, _))) => editor.diagnostics(findings(&report)),
            (Effect::Offer(None), Some((editor, _))) => editor.offer_nothing(),
            (Effect::Offer(Some(offer)), Some((editor, _))) => {
                editor.offer(text_range(offer.range), offer.candidates.iter().map(candidate_row));
            }
            (Effect::Mark(ranges), Some((editor, _))) => editor.mark(ranges.into_iter().map(text_range)),
            (Effect::Reveal { range, focus }, Some((editor, _))) => editor.reveal(text_range(range), focus),
            (Effect::Edit(edits), Some((editor, _))) => {
                editor.edit(edits.iter().map(|edit| (text_range(edit.span), edit.text.as_str())));
            }
            (Effect::Replace(text), Some((editor, _))) => editor.replace(&text),
            (Effect::StepRegion { forward }, _) => browser::step_region(root, forward),
            (Effect::FocusSpot(spot), _) => focus(root, &selector(spot)),
            (Effect::Share { at_once }, _) => {
                self.came_from.replace(browser::active(root).filter(|_| at_once));
                if let Some(panel) = browser::query(root, ".share") {
                    ports.share(&panel, &self.state.link(), at_once);
                    self.act.emit(Action::ExportWanted { dark: browser::is_dark(root), as_file: false });
                }
            }
            (Effect::ShowExported { stem, texts }, _) => {
                if let Some(panel) = browser::query(root, ".share") {
                    let Exported { svg, graph, report } = &*texts;
                    ports.show_exported(&panel, &stem, svg, &graph.mermaid, &graph.dot, report);
                }
            }
            (Effect::FocusOpener(popover), _) => {
                match self.came_from.take().filter(|from| from.is_connected()) {
                    Some(from) => browser::focus(&from),
                    None => focus(root, &format!("[data-popover='{}'] > button", popover.name())),
                }
            }
            (Effect::ShowRows(rows), _) => {
                if let Some(area) = browser::query(root, ".compiled") {
                    browser::show_rows(&area, &rows, ROW_HEIGHT);
                }
            }
            (Effect::ShowChainEnd, _) => {
                if let Some(chain) = browser::query(root, ".crumbs") {
                    browser::scroll_to_end(&chain);
                }
            }
            (Effect::ShowSpot(spot), _) => {
                if let (Some(area), Some(element)) =
                    (browser::query(root, ".graph-window"), browser::query(root, &selector(spot)))
                {
                    browser::bring_into_view(&area, &element);
                }
            }
            _ => {}
        }
    }

    /// Keeps the text once nobody has typed for a moment: storing is slow, and typing must not be.
    fn save_later(&mut self, ctx: &Context<Self>) {
        let (ports, act) = (ctx.props().ports.clone(), self.act.clone());
        let (text, file) = (Rc::clone(&self.state.text), self.state.file.clone());
        self.save = Some(Timeout::new(SAVE_AFTER, move || {
            if text.len() > state::LARGEST_KEPT {
                ports.forget(TEXT);
                ports.forget(NAME);
            } else {
                let _ = ports.keep(NAME, &file);
                act.emit(Action::Saved(ports.keep(TEXT, &text)));
            }
        }));
    }
}

fn start_engine(ports: &Ports, act: &Callback<Action>) -> Engine {
    let act = act.clone();
    Engine::start(ports, move |heard| {
        act.emit(match heard {
            Heard::Ready => Action::EngineReady,
            Heard::Begun => Action::EngineBegan,
            Heard::Answer(response) => Action::Answered(response),
            Heard::Panicked(message) => Action::EnginePanicked(message),
            Heard::Failed(why) => Action::EngineLost(why),
        });
    })
}

fn link_opened(opened: Result<Rows, String>) -> Action {
    match opened {
        Ok(rows) => Action::LinkOpened(Box::new(Link::read(&rows))),
        Err(why) => Action::LinkBroken(why),
    }
}

/// Esc, where nobody inside wanted it.
fn escape(act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            act.emit(Action::Escaped);
        }
    })
}

/// The bar of a narrow window: one pane at a time.
fn pane_bar(state: &State, act: &Callback<Action>) -> Html {
    // As the verdict counts them.
    let is_problem = |found: &&ReportedDiagnostic| found.severity <= Severity::Warning;
    let problems =
        state.report.as_ref().map_or(0, |(_, report)| report.diagnostics.iter().filter(is_problem).count());
    let buttons = Pane::ALL.map(|pane| {
        let (icon, name) = match pane {
            Pane::Code => (Icon::Code, "Code".to_owned()),
            Pane::Graph => (Icon::Graph, "Graph".to_owned()),
            Pane::Problems if problems > 0 => (Icon::List, format!("Problems ({problems})")),
            Pane::Problems => (Icon::List, "Problems".to_owned()),
            Pane::Run => (Icon::Play, "Run".to_owned()),
        };
        let choose = act.reform(move |_| Action::PaneChosen(pane));
        html! {
            <button type="button" data-pane-choice={pane.name()} aria-pressed={(state.shown_pane() == pane).to_string()} onclick={choose}>
                { icon.draw() }<span>{ name }</span>
            </button>
        }
    });
    html! { <nav class="pane-bar" aria-label="Panes">{ for buttons }</nav> }
}

fn focus(root: &Element, selector: &str) {
    if let Some(element) = browser::query(root, selector) {
        browser::focus(&element);
    }
}

fn selector(spot: Spot) -> String {
    match spot {
        Spot::Node(index) => format!("[data-spot='node-{index}']"),
        Spot::Edge(index) => format!("[data-spot='edge-{index}']"),
        Spot::Slot(index) => format!("[data-spot='slot-{index}']"),
    }
}

fn findings(report: &Report) -> impl Iterator<Item = Finding<'_>> {
    let here = report.diagnostics.iter().enumerate().filter(|(_, found)| found.file == report.file);
    here.take(FINDINGS_IN_EDITOR).map(|(index, found)| Finding {
        range: text_range(found.span),
        severity: found.severity.name(),
        message: &found.message,
        check: &found.check,
        index,
        fix: fix_of(report, found).map(fix_words),
        ignorable: can_be_ignored(report, found),
    })
}

fn text_range(range: Range) -> TextRange {
    TextRange { start: (range.start.line, range.start.column), end: (range.end.line, range.end.column) }
}

fn candidate_row(candidate: &Candidate) -> [&str; 4] {
    [&candidate.label, candidate.kind.name(), &candidate.insert, &candidate.detail]
}
