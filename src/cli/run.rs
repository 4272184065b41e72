use super::arguments::{self, RunFormat};
use super::files;
use super::given::Given;
use super::terminal::{self, plain};
use super::{Problem, Status, output, run_document, run_text};
use crate::analysis::{Inputs, analyze};
use crate::compile::Trigger;
use crate::diagnostic::Severity;
use crate::report::run::{Duration, Failure, Moment, RunInputs, RunReport, Seconds, run as run_report};
use crate::text::{Encoding, Sources};

/// `dryrun run`
pub(super) fn run(arguments: &arguments::Run) -> Result<Status, Problem> {
    let given = Given::read(&arguments.given)?;
    let place = files::chosen_one(arguments.path.as_deref())?;
    let sources = given.sources(&place.name(), place.read()?);
    let inputs = inputs(arguments);
    let trigger = match (&arguments.tag, &arguments.branch) {
        (Some(tag), _) => Trigger::Tag(tag.clone()),
        (None, Some(branch)) => Trigger::Branch(branch.clone()),
        (None, None) => Trigger::default(),
    };
    let compiled_with = inputs.compiled_with(Inputs { trigger, ..given.inputs });
    let (mut report, mut status) = simulated(&sources, &compiled_with, &inputs);
    let continued = sources.continued();
    if let Some(continued) = &continued {
        let (continuation, worse) = simulated(continued, &compiled_with.continued(), &inputs);
        // A name may be of either config.
        report.unmatched.retain(|name| continuation.unmatched.contains(name));
        report.continuation = Some(Box::new(continuation));
        status = status.max(worse);
    }
    if let Some(name) = report.unmatched.first() {
        return Err(no_job(name, &report, &place.name()));
    }
    match arguments.format {
        RunFormat::Json => output::write(&run_document::document(&report)?)?,
        RunFormat::Text => {
            let shown =
                run_text::Shown { trigger: &compiled_with.trigger, inputs: &inputs, steps: arguments.steps };
            output::write_coloured(&run_text::text(&report, &shown, continued.as_ref()))?;
        }
    }
    Ok(status)
}

fn inputs(arguments: &arguments::Run) -> RunInputs {
    RunInputs {
        trigger_source: arguments.trigger_source.clone(),
        schedule: arguments.schedule.clone(),
        durations: arguments.durations.clone(),
        failures: arguments.failures.clone(),
        approvals: arguments.approvals.clone(),
        denials: arguments.denials.clone(),
        cancels: arguments.cancels.clone(),
        unauthorized: arguments.unauthorized.clone(),
        concurrency: arguments.concurrency,
        warm: arguments.warm,
    }
}

/// One config's run. Its errors go to standard error: they keep it from running at all.
fn simulated(sources: &Sources, compiled_with: &Inputs, inputs: &RunInputs) -> (RunReport, Status) {
    let analysis = analyze(sources, compiled_with);
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    for error in errors {
        output::note(&format!("{}\n\n", terminal::render(error, sources)));
    }
    let report = run_report(&analysis, inputs, Encoding::Scalar);
    (report, Status::of(&analysis.diagnostics))
}

fn no_job(name: &str, report: &RunReport, file: &str) -> Problem {
    let reports = [Some(report), report.continuation.as_deref()].into_iter().flatten();
    let jobs = reports.flat_map(|report| &report.workflows).flat_map(|workflow| &workflow.jobs);
    let mut names: Vec<String> = Vec::new();
    for job in jobs {
        let name = format!("`{}`", plain(&job.name));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let there =
        if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
    Problem(format!("no such job, step or approval `{}` in {}: {there}", plain(name), plain(file)))
}

/// `JOB=SECONDS` or `JOB/STEP=SECONDS`
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let (target, seconds) = text.rsplit_once('=').ok_or("a job, `=` and seconds are needed")?;
    Ok(Duration { target: named(target)?, seconds: length(seconds)? })
}

/// `JOB`, `JOB/STEP`, each perhaps with `=TIMES`
pub(super) fn failure(text: &str) -> Result<Failure, String> {
    let counted = text.rsplit_once('=').and_then(|(target, times)| Some((target, times.parse().ok()?)));
    let (target, times) = counted.map_or((text, None), |(target, times)| (target, Some(times)));
    Ok(Failure { target: named(target)?, times })
}

/// `JOB` or `JOB@SECONDS`
pub(super) fn moment(text: &str) -> Result<Moment, String> {
    match text.rsplit_once('@') {
        Some(_) => moment_at(text),
        None => Ok(Moment { job: named(text)?, at: 0 }),
    }
}

/// `JOB@SECONDS`
pub(super) fn moment_at(text: &str) -> Result<Moment, String> {
    let (job, at) = text.rsplit_once('@').ok_or("a job, `@` and seconds are needed")?;
    Ok(Moment { job: named(job)?, at: length(at)? })
}

fn named(name: &str) -> Result<String, String> {
    if name.is_empty() { Err("a job is needed".to_owned()) } else { Ok(name.to_owned()) }
}

/// Seconds, or a number with `s`, `m` or `h` behind it.
fn length(text: &str) -> Result<Seconds, String> {
    let (number, unit) = match text.char_indices().next_back() {
        Some((end, 's')) => (&text[..end], 1),
        Some((end, 'm')) => (&text[..end], 60),
        Some((end, 'h')) => (&text[..end], 3_600),
        _ => (text, 1),
    };
    let seconds = number.parse::<Seconds>().ok().and_then(|number| number.checked_mul(unit));
    seconds.ok_or_else(|| format!("`{text}` is no length of time such as 90, 90s, 2m or 1h"))
}
