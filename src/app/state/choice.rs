//! The small choices the state is made of.

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word the theme port speaks.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that name; the system's for any other word.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

/// How the panes stand, by the width of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// From 1100 px: two panes, problems under the editor.
    Wide,
    /// From 760 px: two panes, problems folded into a strip.
    Medium,
    /// One pane at a time.
    Narrow,
}

impl Layout {
    pub(super) fn of(width: f64) -> Self {
        match width {
            ..760.0 => Self::Narrow,
            ..1100.0 => Self::Medium,
            _ => Self::Wide,
        }
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Medium => "medium",
            Self::Narrow => "narrow",
        }
    }
}

/// What a narrow window shows; a wide one shows all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Code,
    Graph,
    Problems,
    /// The right pane with a run in it. Never in [`State::pane`](super::State::pane): it follows from what the right
    /// pane shows.
    Run,
}

impl Pane {
    pub const ALL: [Self; 4] = [Self::Code, Self::Graph, Self::Problems, Self::Run];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Graph => "graph",
            Self::Problems => "problems",
            Self::Run => "run",
        }
    }
}

/// What the right pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    #[default]
    Graph,
    /// The config as CircleCI would run it.
    Compiled,
    /// What the jobs do when.
    Timeline,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Graph, Self::Compiled, Self::Timeline];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Graph => "graph",
            Self::Compiled => "compiled",
            Self::Timeline => "timeline",
        }
    }

    /// The view of that name; the graph for any other word.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.name() == name).unwrap_or_default()
    }
}

/// What can hang open over the page. One at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Popover {
    Examples,
    Verdict,
    Theme,
    Privacy,
    /// What starts the pipeline, with which parameters.
    Pipeline,
    /// Orbs and the continuation.
    Files,
    /// Links to the page as it is.
    Share,
}

impl Popover {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Examples => "examples",
            Self::Verdict => "verdict",
            Self::Theme => "theme",
            Self::Privacy => "privacy",
            Self::Pipeline => "pipeline",
            Self::Files => "files",
            Self::Share => "share",
        }
    }
}

/// A thing in the graph that can have the focus: an index into the scene's nodes, edges or slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    Node(usize),
    Edge(usize),
    /// A cache on the shelf, by its slot.
    Slot(usize),
}

impl Default for Spot {
    fn default() -> Self {
        Self::Node(0)
    }
}

/// What a key does in the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Left,
    Right,
    Up,
    Down,
    /// From a node onto the line that leads to it, and from a line to where it comes from.
    LineLeft,
    /// From a node onto the line that leaves it, and from a line to where it leads.
    LineRight,
    First,
    Last,
}

/// What a key sets for a job of the run that is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKey {
    /// The job fails, or no longer.
    Fail,
    /// The approval is given at the second that is looked at, or no longer.
    Approve,
}
