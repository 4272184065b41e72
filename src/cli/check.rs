use super::arguments::{self, CheckFormat, FixLevel};
use super::files::{self, Place};
use super::given::Given;
use super::{Problem, Status, fix, github, json, output, sarif, terminal};
use crate::analysis::{Inputs, analyze};
use crate::diagnostic::Severity;
use crate::report::Report;
use crate::text::{Encoding, Sources};

/// `dryrun check`
pub(super) fn run(arguments: &arguments::Check) -> Result<Status, Problem> {
    let given = Given::read(&arguments.given)?;
    let places = files::chosen(&arguments.paths)?;
    // Then the fixed config goes to standard output, and all that is said about it must go elsewhere.
    let aside = arguments.fix.is_some() && places.contains(&Place::StandardInput);
    if aside && arguments.format != CheckFormat::Text {
        return Err(Problem("`--fix` of standard input leaves no place for another `--format`".to_owned()));
    }
    let show = |text: &str| {
        if aside {
            output::note(text);
            Ok(())
        } else {
            output::write_coloured(text)
        }
    };
    let mut status = Status::Clean;
    let mut tally = Tally::default();
    let mut reports = Vec::new();
    for place in &places {
        let checked = match check(place, &given, arguments) {
            Ok(checked) => checked,
            Err(problem) => {
                status = status.max(problem.tell());
                tally.unread += 1;
                continue;
            }
        };
        for Checked { report, shown } in checked {
            tally.add(&report);
            show(&shown)?;
            reports.push(report);
        }
    }
    match arguments.format {
        CheckFormat::Json => output::write(&json::document(&reports)?)?,
        CheckFormat::Sarif => output::write(&sarif::document(&reports, tally.unread == 0)?)?,
        CheckFormat::Github => output::write(&reports.iter().map(github::annotations).collect::<String>())?,
        CheckFormat::Text => show(&format!("{}\n", tally.sentence()))?,
    }
    Ok(status.max(tally.status()))
}

/// What was found in one file.
struct Checked {
    report: Report,
    /// For the terminal; empty in other formats.
    shown: String,
}

/// Looks at one file, and at the continuation that was given for it; nothing is printed but what `--fix`
/// did.
fn check(place: &Place, given: &Given, arguments: &arguments::Check) -> Result<Vec<Checked>, Problem> {
    let mut text = place.read()?;
    if let Some(level) = arguments.fix {
        text = fix::fix(place, &text, given, level == FixLevel::Unsafe)?;
    }
    let sources = given.sources(&place.name(), text);
    let mut checked = vec![look_at(&sources, &given.inputs, arguments.format)];
    if let Some(continued) = sources.continued() {
        checked.push(look_at(&continued, &given.inputs.continued(), arguments.format));
    }
    Ok(checked)
}

fn look_at(sources: &Sources, inputs: &Inputs, format: CheckFormat) -> Checked {
    let analysis = analyze(sources, inputs);
    let shown = match format {
        CheckFormat::Text => terminal::render_all(&analysis),
        _ => String::new(),
    };
    Checked { report: Report::without_drawings(&analysis, Encoding::Scalar), shown }
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
    fn add(&mut self, report: &Report) {
        self.read += 1;
        self.ignored += report.ignored.len();
        for diagnostic in &report.diagnostics {
            self.findings[diagnostic.severity as usize] += 1;
        }
    }

    fn status(&self) -> Status {
        if self.findings[Severity::Error as usize] > 0 { Status::Errors } else { Status::Clean }
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

fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}
