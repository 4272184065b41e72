use super::Given;
pub use crate::analysis::Candidate;
use crate::report::playback::Playback;
use crate::report::{CompiledReport, Exported, Range, Report, ReportedFix, RunInputs};
use crate::scene::{Direction, Scene};
use serde::{Deserialize, Serialize};

/// A question, and whose it is. The app and the lesson beside it are a wasm each; who has `()` for what the other
/// one says does not link how that is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Asked<P, L> {
    /// The page's [`Request`]. A [`Response`] is the answer.
    Page(P),
    /// What there is to judge a lesson's config by: its text, and the lesson's [`Trial`](crate::lesson::Trial). The
    /// answer is the [`Facts`](crate::lesson::Facts).
    Lesson(String, L),
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The revision of the text this is about. Comes back with the answer, so that a late one is known.
    pub rev: u32,
    pub kind: RequestKind,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RequestKind {
    /// Look at a config, and draw its graphs in a direction.
    Analyze { name: String, text: String, given: Given, direction: Direction },
    /// Write out what a config is compiled to.
    Compile { name: String, text: String, given: Given },
    /// Say which jobs would run, and simulate them. What stands in `given` about what was pushed counts too.
    Run { name: String, text: String, given: Given, run: Box<RunInputs> },
    /// Find the comment that asks to ignore a finding, by its index in the report.
    Ignore { name: String, text: String, given: Given, finding: usize },
    /// What can be written at a line and UTF-16 column of a config, both from 1.
    Complete { name: String, text: String, given: Given, line: u32, column: u32 },
    /// Write a config, and the workflow that is shown, as texts to take along.
    Export { name: String, text: String, given: Given, shown: Option<Box<Shown>>, dark: bool },
}

/// The workflow on the screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// What it was read from: an older text, while the one in the editor does not parse.
    pub text: String,
    /// Its index; those of a continuation stand behind the config's own.
    pub workflow: usize,
    /// As it is shown.
    pub scene: Scene,
}

/// What the worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    pub rev: u32,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    Report(Box<Report>),
    /// Each compiled config, and the file it was compiled from: the config's own first, then the
    /// continuation's. One that met a limit is left out.
    Compiled(Vec<(String, CompiledReport)>),
    /// With the continuation's workflows behind its own, where a setup config has one.
    Run(Box<Playback>),
    Exported(Box<Exported>),
    /// The comment to write; nothing where none would help.
    Ignore(Option<ReportedFix>),
    Offered(Offer),
}

/// What can be written where the caret is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What a candidate takes the place of.
    pub range: Range,
    pub candidates: Vec<Candidate>,
}
