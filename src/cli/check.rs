use super::arguments::{self, CheckFormat, FixLevel};
use super::document::{Document, Part, Style};
use super::files::{self, Place};
use super::given::Given;
use super::{Problem, Status, link, output, parallel};
use crate::analysis::{Inputs, analyze};
use crate::report::{Report, counted};
use crate::text::{Encoding, Sources};

/// `dryrun check`
pub(super) fn run(arguments: &arguments::Check) -> Result<Status, Problem> {
    let given = Given::read(&arguments.given)?;
    let playground = match &arguments.playground {
        Some(_) if arguments.format != CheckFormat::Markdown => {
            return Err(Problem("`--playground` belongs to `--format markdown`".to_owned()));
        }
        Some(address) => Some(link::playground(address)?),
        None => None,
    };
    let places = files::chosen(&arguments.paths)?;
    // Then the fixed config goes to standard output, and all that is said about it must go elsewhere.
    let aside = arguments.fix.is_some() && places.contains(&Place::StandardInput);
    if aside && arguments.format != CheckFormat::Text {
        return Err(Problem("`--fix` of standard input leaves no place for another `--format`".to_owned()));
    }
    let show = |text: &str| {
        if aside {
            output::note(text);
            return Ok(());
        }
        match arguments.format {
            CheckFormat::Text => output::write_coloured(text),
            _ => output::write(text),
        }
    };
    let mut status = Status::Clean;
    let mut tally = Tally::default();
    let mut document = Document::new(arguments.format);
    show(&document.head())?;
    let take = |looked: Result<Looked, Problem>| {
        match looked {
            Ok(looked) => {
                output::note(&looked.done);
                for (part, of_part) in looked.parts {
                    tally.add(&of_part);
                    show(&document.add(part))?;
                }
            }
            Err(problem) => {
                status = status.max(problem.tell());
                tally.unread += 1;
            }
        }
        Ok(())
    };
    // A file that is named twice must not be written and read at once.
    let threads = if arguments.fix.is_some() { 1 } else { parallel::cores() };
    let style = Style { format: arguments.format, playground: playground.as_deref() };
    parallel::in_order(&places, threads, |place| look(place, &given, arguments.fix, style), take)?;
    show(&document.end(tally.unread == 0, &tally.sentence()))?;
    Ok(status.max(tally.status(arguments.deny_warnings)))
}

/// What one file of the call came to.
struct Looked {
    /// What `--fix` did.
    done: String,
    /// The config's own, then that of the continuation.
    parts: Vec<(Part, Tally)>,
}

/// Looks at one file, and at the continuation that was given for it; nothing is printed.
fn look(place: &Place, given: &Given, fix: Option<FixLevel>, style: Style<'_>) -> Result<Looked, Problem> {
    let (text, done) = match fix {
        None => (place.read()?, String::new()),
        Some(level) => super::fix::fix(place, &place.read()?, given, level == FixLevel::Unsafe)?,
    };
    let sources = given.sources(&place.name(), text);
    let mut parts = vec![part(&sources, &given.inputs, style)?];
    if let Some(continued) = sources.continued() {
        parts.push(part(&continued, &given.inputs.continued(), style)?);
    }
    Ok(Looked { done, parts })
}

fn part(sources: &Sources, inputs: &Inputs, style: Style<'_>) -> Result<(Part, Tally), Problem> {
    let analysis = analyze(sources, inputs);
    let report = Report::without_drawings(&analysis, Encoding::Scalar);
    Ok((Part::of(&analysis, &report, style)?, Tally::of(&report)))
}

/// How many findings there are in how many files.
#[derive(Debug, Default)]
struct Tally {
    /// By severity, errors first.
    findings: [usize; 4],
    ignored: usize,
    read: usize,
    unread: usize,
}

impl Tally {
    fn of(report: &Report) -> Self {
        let mut tally = Self { ignored: report.ignored.len(), read: 1, ..Self::default() };
        for diagnostic in &report.diagnostics {
            tally.findings[diagnostic.severity as usize] += 1;
        }
        tally
    }

    fn add(&mut self, other: &Self) {
        for (mine, others) in self.findings.iter_mut().zip(other.findings) {
            *mine += others;
        }
        self.ignored += other.ignored;
        self.read += other.read;
        self.unread += other.unread;
    }

    fn status(&self, deny_warnings: bool) -> Status {
        let [errors, warnings, ..] = self.findings;
        if errors > 0 || deny_warnings && warnings > 0 { Status::Errors } else { Status::Clean }
    }

    /// `2 errors, 1 warning in 1 file; 3 ignored`
    fn sentence(&self) -> String {
        const NAMES: [&str; 4] = ["error", "warning", "info", "hint"];
        let counts = NAMES.iter().zip(self.findings).filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(name, count)| counted(count, name)).collect();
        let what = if counts.is_empty() { "no problems".to_owned() } else { counts.join(", ") };
        let unread = match self.unread {
            0 => String::new(),
            unread => format!("; {} could not be read", counted(unread, "file")),
        };
        let ignored = match self.ignored {
            0 => String::new(),
            ignored => format!("; {ignored} ignored"),
        };
        format!("{what} in {}{ignored}{unread}", counted(self.read, "file"))
    }
}
