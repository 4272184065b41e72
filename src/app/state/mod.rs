//! What the page knows, in one struct, and how it changes, in one function.
//!
//! Comes in: an [`Action`]. Goes out: a changed [`State`] and the [`Effect`]s that the page then performs.
//! Must not know: the DOM, the editor, the worker, the clock. Built without the browser's features too, so
//! that the native suite tests it.

mod action;
mod choice;
mod compiled;
mod details;
mod drawing;
mod dropped;
mod engine;
mod export;
mod given;
mod graph;
mod layers;
mod link;
mod notice;
mod place;
mod problems;
mod run;
mod run_words;
mod text;
mod walk;

pub use action::{Action, Effect};
pub use choice::{Key, Layout, Pane, Popover, RunKey, Spot, Theme, View};
pub use compiled::{CompiledView, Crumb, Document, Row};
pub use details::Details;
pub use drawing::{Drawing, Standing, Workflow};
pub use dropped::Use;
pub use engine::{Crash, Engine};
pub use given::GivenChange;
pub use graph::{Level, MAX_SCALE, MIN_SCALE};
pub use link::Link;
pub use notice::Notice;
pub use problems::{PROBLEMS_SHOWN, can_be_ignored, fix_of, fix_words, fixes_of};
pub use run::{Play, RunChange, SPEEDS};
pub use text::{Keeping, LARGEST_KEPT};

use crate::report::Report;
use crate::scene::Direction;
use crate::worker::Given;
use std::rc::Rc;

/// Where the splitter stands at first: the graph has three fifths of the width.
pub const FIRST_SPLIT: f64 = 0.4;

/// The page.
#[derive(Clone, Debug)]
pub struct State {
    /// The text under the editor's caret, and the name a download of it gets.
    pub text: Rc<str>,
    pub file: String,
    /// Counts what is looked at: each edit makes the next revision.
    pub rev: u32,
    /// What the text is looked at with. A change of it makes a revision too.
    pub given: Rc<Given>,
    pub keeping: Keeping,
    /// All of it stands as a link holds it, which is in the address: nothing is kept before something is changed.
    linked: bool,
    /// Line and UTF-16 column of the caret, from 1.
    pub caret: (u32, u32),

    pub engine: Engine,
    pub crash: Option<Crash>,
    /// The newest answer and the revision it is about.
    pub report: Option<(u32, Rc<Report>)>,
    /// A revision on which the engine hung or crashed: not asked about again unasked.
    pub given_up: Option<u32>,
    /// The texts to take along that are to be written as soon as the engine is free.
    wanted_export: Option<export::Export>,
    /// The problem for which a comment is to be written as soon as the engine is free.
    wanted_ignore: Option<usize>,
    /// The place where a list of what can be written is wanted.
    wanted_completion: Option<(u32, u32)>,
    /// The revision whose compiled text was last asked for: never twice.
    compile_asked: Option<u32>,
    /// Numbers the questions, so that the watchdog knows which one it watches.
    turn: u32,

    pub view: View,
    pub drawing: Option<Drawing>,
    /// The compiled text, once it was looked at.
    pub compiled: Option<Rc<CompiledView>>,
    /// The row of it that is looked at.
    pub row: Option<usize>,
    /// The rows that come from the caret's line.
    pub derived: Rc<[usize]>,
    /// Index of the workflow that is shown.
    pub workflow: usize,
    /// The workflow that a link shows, until there is a drawing.
    wanted_workflow: Option<String>,
    /// The node or edge that Tab reaches.
    pub focus: Spot,
    /// What is told about beside the graph.
    details: Option<Spot>,
    /// As the user chose them, by index of [`Layer::ALL`](crate::scene::Layer::ALL).
    chosen_layers: [Option<bool>; 3],
    pub run: Play,
    /// The nodes and edges whose text holds the caret.
    pub current: Vec<Spot>,
    /// The spot that was last shown in the text, and which of its places.
    visited: Option<(Spot, usize)>,
    /// As the user chose it; nothing for "as large as it fits".
    pub scale: Option<f64>,
    /// Inner size of the graph's window, in px.
    pub window: (f64, f64),

    /// The problem that was last gone to.
    pub problem: Option<usize>,
    /// The list is shown whole, however long it is.
    pub all_problems: bool,

    /// Width of the whole page, in px.
    pub width: f64,
    pub pane: Pane,
    /// Whether the list of problems is open, once the user chose.
    problems_open: Option<bool>,
    /// Width of the editor column, as a part of the whole.
    pub split: f64,
    pub theme: Theme,
    pub popover: Option<Popover>,
    pub notice: Option<Notice>,
    /// What is to be done as soon as the page stands.
    opening: Vec<Effect>,
}

/// What is known when the page opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    /// The text that the last visit kept.
    pub text: Option<String>,
    /// The name of its file.
    pub file: Option<String>,
    /// The link that the page was opened with, or why it cannot be read.
    pub link: Option<Result<Link, String>>,
    /// The text for a first visit.
    pub first: &'static str,
    /// What the last visit's text was looked at with.
    pub given: Given,
    /// In ten-thousandths of the width, as it is kept.
    pub split: Option<u16>,
    pub theme: Theme,
    /// Width of the page, in px.
    pub width: f64,
}

impl State {
    #[must_use]
    pub fn new(start: Start) -> Self {
        let text: Rc<str> = start.text.map_or_else(|| start.first.into(), Into::into);
        let mut state = Self {
            keeping: Keeping::of(&text),
            linked: false,
            text,
            file: start.file.unwrap_or_else(|| text::FILE.to_owned()),
            rev: 1,
            given: Rc::new(start.given),
            caret: (1, 1),
            engine: Engine::Starting,
            crash: None,
            report: None,
            given_up: None,
            wanted_export: None,
            wanted_ignore: None,
            wanted_completion: None,
            compile_asked: None,
            turn: 0,
            view: View::default(),
            drawing: None,
            compiled: None,
            row: None,
            derived: Rc::new([]),
            workflow: 0,
            wanted_workflow: None,
            focus: Spot::default(),
            details: None,
            chosen_layers: [None; 3],
            run: Play::default(),
            current: Vec::new(),
            visited: None,
            scale: None,
            window: (0.0, 0.0),
            problem: None,
            all_problems: false,
            width: start.width,
            pane: Pane::default(),
            problems_open: None,
            split: start.split.map_or(FIRST_SPLIT, |parts| within(f64::from(parts) / PARTS)),
            theme: start.theme,
            popover: None,
            notice: None,
            opening: vec![Effect::Publish],
        };
        match start.link {
            Some(Ok(link)) => state.started_with(link),
            Some(Err(why)) => state.notice = Some(Notice::BrokenLink(why)),
            None => {}
        }
        state
    }

    /// What is to be done as soon as the page stands: once.
    pub fn opening(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.opening)
    }

    /// Changes the state as `action` asks, and says what is to be done outside.
    pub fn apply(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Edited(text) => self.edited(text),
            Action::CaretMoved(line, column) => self.caret_moved(line, column),
            Action::CompletionWanted(line, column) => {
                self.wanted_completion = Some((line, column));
                self.ask()
            }
            Action::Opened { name, text } => self.opened(name, text),
            Action::Dropped { name, text } => self.dropped(name, text),
            Action::OfferTaken(file_use) => self.offer_taken(file_use),
            Action::Given(change) => self.given_changed(change),
            Action::LinkOpened(link) => self.link_opened(*link),
            Action::LinkBroken(why) => self.say(Notice::BrokenLink(why)),
            Action::LinkWanted => self.link_wanted(),
            Action::Refused(why) => self.say(Notice::Refused(why)),
            Action::ExampleChosen(index) => self.example_chosen(index),
            Action::Undone => self.undone(),
            Action::NoticeClosed => {
                self.notice = None;
                Vec::new()
            }
            Action::EngineReady => self.engine_ready(),
            Action::EngineBegan => self.engine_began(),
            Action::EngineLost(why) => self.engine_lost(why),
            Action::EnginePanicked(message) => self.engine_panicked(message),
            Action::Retried => self.retried(),
            Action::Answered(response) => self.answered(*response),
            Action::Slow(turn) => self.slow(turn),
            Action::Silent(turn) => self.silent(turn),
            Action::CheckedAgain => self.checked_again(),
            Action::CrashClosed => {
                self.crash = None;
                Vec::new()
            }
            Action::ViewChosen(view) => self.view_chosen(view),
            Action::RowChosen(row) => self.row_chosen(row),
            Action::RowFollowed { row, by_key } => self.row_followed(row, by_key),
            Action::CrumbChosen(frame) => self.crumb_chosen(frame),
            Action::CompiledDownloaded => self.compiled_downloaded(),
            Action::WorkflowChosen(index) => self.workflow_chosen(index),
            Action::SpotFocused(spot) => {
                self.focus = spot;
                Vec::new()
            }
            Action::SpotActivated { spot, by_key } => self.spot_activated(spot, by_key),
            Action::RunKey(key) => self.run_key(key),
            Action::DetailsWanted(spot) => self.details_wanted(spot),
            Action::DetailsClosed => {
                self.details = None;
                vec![Effect::FocusSpot(self.focus)]
            }
            Action::LayerToggled(layer) => self.layer_toggled(layer),
            Action::Run(change) => self.run_changed(change),
            Action::GraphKey(key) => self.walked(key),
            Action::ZoomedBy(factor) => self.zoomed_by(factor),
            Action::Fitted => {
                self.scale = None;
                Vec::new()
            }
            Action::Measured { width, height } => {
                self.window = (width, height);
                Vec::new()
            }
            Action::ProblemChosen(index) => self.problem_chosen(index),
            Action::RelatedChosen(problem, label) => self.related_chosen(problem, label),
            Action::ProblemStepped { forward } => self.problem_stepped(forward),
            Action::PlaceChosen(place) => self.place_chosen(&place),
            Action::FixChosen { problem, number } => self.fixed([(problem, number)]),
            Action::IgnoreChosen(index) => self.ignore_chosen(index),
            Action::AllFixed => self.all_fixed(),
            Action::AllProblemsWanted => {
                self.all_problems = true;
                Vec::new()
            }
            Action::ProblemsFolded => {
                self.problems_open = Some(!self.shows_problems());
                Vec::new()
            }
            Action::PageMeasured { width } => self.page_measured(width),
            Action::PaneChosen(pane) => self.pane_chosen(pane),
            Action::SplitMoved(part) => self.split_moved(part),
            Action::ThemeChosen(theme) => {
                self.theme = theme;
                let mut effects = vec![Effect::ApplyTheme(theme)];
                effects.extend(self.popover_closed());
                effects
            }
            Action::PopoverToggled(popover) => self.popover_toggled(popover),
            Action::PopoverLeft(popover) => self.popover_left(popover),
            Action::Escaped => self.escaped(),
            Action::LineRevealed => self.line_revealed(),
            Action::RegionStepped { forward } => vec![Effect::StepRegion { forward }],
            Action::TextDownloaded => self.text_downloaded(),
            Action::ExportWanted { dark, as_file } => self.export_wanted(dark, as_file),
            Action::Saved(taken) => {
                self.keeping = Keeping::after(&self.text, taken);
                Vec::new()
            }
        }
    }

    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::of(self.width)
    }

    /// The way in which graphs run: down where the window is narrow.
    pub(super) fn direction(&self) -> Direction {
        match self.layout() {
            Layout::Narrow => Direction::TopToBottom,
            Layout::Medium | Layout::Wide => Direction::LeftToRight,
        }
    }

    /// Graphs that are to run in another direction are drawn anew: a revision, like any other change of what
    /// the text is looked at with.
    fn page_measured(&mut self, width: f64) -> Vec<Effect> {
        let before = self.direction();
        self.width = width;
        if self.direction() == before {
            return Vec::new();
        }
        self.rev = self.rev.wrapping_add(1);
        let mut effects = vec![Effect::Publish];
        effects.extend(self.ask());
        effects
    }

    /// Whether the list of problems is unfolded: always where it has the window for itself, and at first
    /// where there is room for it under the editor.
    #[must_use]
    pub fn shows_problems(&self) -> bool {
        match self.layout() {
            Layout::Narrow => true,
            Layout::Medium => self.problems_open.unwrap_or(false),
            Layout::Wide => self.problems_open.unwrap_or(true),
        }
    }

    /// Closes the topmost of what is open: a popover, else the notice.
    fn escaped(&mut self) -> Vec<Effect> {
        if self.popover.is_none() && self.details.take().is_none() {
            self.notice = None;
        }
        self.popover_closed()
    }

    fn popover_toggled(&mut self, popover: Popover) -> Vec<Effect> {
        self.popover = (self.popover != Some(popover)).then_some(popover);
        match self.popover {
            Some(Popover::Share) => vec![Effect::Share { at_once: false }],
            _ => Vec::new(),
        }
    }

    fn popover_left(&mut self, popover: Popover) -> Vec<Effect> {
        self.popover = self.popover.filter(|open| *open != popover);
        Vec::new()
    }

    fn popover_closed(&mut self) -> Vec<Effect> {
        self.popover.take().map(Effect::FocusOpener).into_iter().collect()
    }

    fn split_moved(&mut self, part: f64) -> Vec<Effect> {
        self.split = within(part);
        vec![Effect::Keep { key: "split", value: parts_of(self.split).to_string() }]
    }

    fn say(&mut self, notice: Notice) -> Vec<Effect> {
        self.notice = Some(notice);
        Vec::new()
    }
}

/// The splitter is kept as a whole number of so many parts.
const PARTS: f64 = 10_000.0;

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0.2 and 0.6 of 10,000")]
fn parts_of(split: f64) -> u16 {
    (split * PARTS).round() as u16
}

/// The editor column never takes less than a fifth of the width, nor more than three fifths. The style sheet
/// keeps the least widths in px.
fn within(part: f64) -> f64 {
    if part.is_finite() { part.clamp(0.2, 0.6) } else { FIRST_SPLIT }
}
