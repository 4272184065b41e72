use super::{GivenChange, Key, Link, Pane, Popover, RunChange, RunKey, Spot, Theme, Use, View};
use crate::report::{Exported, Location, Range, Report, ReportedEdit};
use crate::scene::Layer;
use crate::worker::{Offer, Request, Response};
use std::rc::Rc;

/// Everything that can happen to the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The editor holds another text.
    Edited(Rc<str>),
    /// The caret went to a line and UTF-16 column, both from 1.
    CaretMoved(u32, u32),
    /// A list of what can be written at a line and UTF-16 column is wanted.
    CompletionWanted(u32, u32),
    /// A file was chosen.
    Opened {
        name: String,
        text: Rc<str>,
    },
    /// A file was dropped: it may be the config, or an orb or the continuation that is missing.
    Dropped {
        name: String,
        text: Rc<str>,
    },
    /// What a dropped file is, answered to [`Notice::Offered`](super::Notice::Offered).
    OfferTaken(Use),
    /// What the config is looked at with has changed.
    Given(GivenChange),
    /// A link was opened in the page.
    LinkOpened(Box<Link>),
    /// It was not to be read; why.
    LinkBroken(String),
    /// Copy a link to the page as it is.
    LinkWanted,
    /// A file was not taken; why.
    Refused(String),
    /// An example of [`EXAMPLES`](crate::app::examples::EXAMPLES) was chosen.
    ExampleChosen(usize),
    /// Bring back the text that an example or a file replaced.
    Undone,
    NoticeClosed,

    EngineReady,
    /// The question is being worked on: from now on its answer can be late.
    EngineBegan,
    /// The worker could not be started.
    EngineLost(String),
    EnginePanicked(String),
    /// Start the worker again, after [`Action::EngineLost`] or a crash.
    Retried,
    Answered(Box<Response>),
    /// The answer to question `n` is late, but may still come.
    Slow(u32),
    /// The answer to question `n` is so late that the worker is taken for hung.
    Silent(u32),
    /// Ctrl+Enter, or the button after a crash.
    CheckedAgain,
    CrashClosed,

    ViewChosen(View),
    /// A row of the compiled view is looked at.
    RowChosen(usize),
    /// Clicked, or Enter: its place is selected in the text.
    RowFollowed {
        row: usize,
        by_key: bool,
    },
    /// A link of the chosen row's chain: an index into the frames of its document.
    CrumbChosen(u32),
    CompiledDownloaded,

    /// A workflow's tab, by index.
    WorkflowChosen(usize),
    SpotFocused(Spot),
    /// Clicked, or Enter: then the focus follows into the text.
    SpotActivated {
        spot: Spot,
        by_key: bool,
    },
    /// Tell more about a job, a line or a cache.
    DetailsWanted(Spot),
    DetailsClosed,
    LayerToggled(Layer),
    /// Of the run that is simulated.
    Run(RunChange),
    /// A key on a focused node or edge.
    GraphKey(Key),
    /// A key on a focused job of the run that is played.
    RunKey(RunKey),
    ZoomedBy(f64),
    Fitted,
    /// The graph's window has this inner size, in px.
    Measured {
        width: f64,
        height: f64,
    },

    /// A problem of the list, by index.
    ProblemChosen(usize),
    /// A related place of a problem: both indices.
    RelatedChosen(usize, usize),
    /// To the next problem, or back.
    ProblemStepped {
        forward: bool,
    },
    /// A place that some list names.
    PlaceChosen(Location),
    /// Make the fix of a problem, by index.
    FixChosen {
        problem: usize,
        /// 0 for the best, from 1 its alternatives.
        number: usize,
    },
    /// Have a problem ignored, by index.
    IgnoreChosen(usize),
    /// Make all safe fixes that can be made at once.
    AllFixed,
    AllProblemsWanted,

    /// The list of problems is folded away, or unfolded.
    ProblemsFolded,
    /// The page is so wide, in px.
    PageMeasured {
        width: f64,
    },
    PaneChosen(Pane),
    /// Width of the editor column, as a part of the whole.
    SplitMoved(f64),
    ThemeChosen(Theme),
    PopoverToggled(Popover),
    /// The focus went elsewhere: what is under a popover would not be seen.
    PopoverLeft(Popover),
    /// Esc: closes the topmost thing that is open.
    Escaped,
    /// Alt+Enter: from the caret's line to its node.
    LineRevealed,
    /// F6: the focus goes to the next region of the page, or back.
    RegionStepped {
        forward: bool,
    },
    TextDownloaded,
    /// The picture that is shown is wanted as a file, or, for the panel, all that can be taken along.
    ExportWanted {
        dark: bool,
        as_file: bool,
    },
    /// Whether the store took the text.
    Saved(bool),
}

/// What the page then has to do outside of its state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    Ask(Box<Request>),
    /// Say [`Action::Slow`] and [`Action::Silent`] with this number in a while.
    Watch(u32),
    /// Give up the question that is worked on, and start anew.
    RestartEngine,
    /// Put revision and verdict on the host element.
    Publish,
    /// Hand the findings to the editor.
    ShowDiagnostics(Rc<Report>),
    /// Answer the editor's question what can be written at the caret; nothing where its text is gone, or the
    /// engine that was asked.
    Offer(Option<Offer>),
    /// Mark these places in the editor, and no others.
    Mark(Vec<Range>),
    /// Select a place in the editor, bring it into view and, where asked, move the focus there.
    Reveal {
        range: Range,
        focus: bool,
    },
    /// Change the editor's text in one step.
    Edit(Vec<ReportedEdit>),
    /// Put this text into the editor.
    Replace(Rc<str>),
    /// Keep the text for the next visit, in a while.
    SaveText,
    /// Keep a setting for the next visit.
    Keep {
        key: &'static str,
        value: String,
    },
    /// Keep what the config is looked at with for the next visit, in a while.
    KeepGiven,
    ApplyTheme(Theme),
    Download {
        name: String,
        media: &'static str,
        text: String,
    },
    /// Fill the panel that copies links; with `at_once` the link is copied unasked.
    Share {
        at_once: bool,
    },
    /// Put what can be taken along into that panel. `stem` begins the names of its files.
    ShowExported {
        stem: String,
        texts: Box<Exported>,
    },
    FocusSpot(Spot),
    /// Bring a node or edge into view if it is outside.
    ShowSpot(Spot),
    /// Bring the first of these rows of the compiled view into view if none of them is.
    ShowRows(Vec<usize>),
    /// Scroll the chain of the chosen row to its inner end: where there is no room for all, that says most.
    ShowChainEnd,
    StepRegion {
        forward: bool,
    },
    /// Say [`RunChange::Ticked`] again and again, or no longer.
    Tick(bool),
    /// The popover has gone: the focus goes back to its button.
    FocusOpener(Popover),
}
