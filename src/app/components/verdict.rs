use super::icon::Icon;
use super::popover::PopoverButton;
use super::prose::prose;
use crate::app::state::{Action, Popover, State};
use crate::report::{IgnoredDiagnostic, Location, NotChecked, Report, Severity, Verdict, counted};
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

/// The verdict in the page's words.
#[derive(Clone, PartialEq)]
pub(super) struct Words {
    pub(super) text: String,
    /// What it stands for: the class, and with it the colour.
    pub(super) tone: &'static str,
    icon: Icon,
}

/// What to say about the text as it is.
pub(super) fn words(state: &State) -> Words {
    let Some(verdict) = state.verdict_shown() else {
        let text = if state.is_unchecked() { "Not checked" } else { "Checking…" };
        return Words { text: text.to_owned(), tone: "none", icon: Icon::Dot };
    };
    let (text, tone, icon) = match verdict {
        Verdict::Ok => ("No problems".to_owned(), "ok", Icon::Tick),
        Verdict::Unparsable => ("Cannot parse".to_owned(), "errors", Icon::Octagon),
        Verdict::Warnings => (counts(state), "warnings", Icon::Triangle),
        Verdict::Errors => (counts(state), "errors", Icon::Octagon),
    };
    Words { text, tone, icon }
}

/// `2 errors, 1 warning`, without what there is none of.
fn counts(state: &State) -> String {
    let Some((_, report)) = &state.report else { return String::new() };
    let count = |severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
    let parts = [(count(Severity::Error), "error"), (count(Severity::Warning), "warning")];
    let said = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(*count, word));
    said.collect::<Vec<_>>().join(", ")
}

#[derive(Properties, PartialEq)]
pub(super) struct VerdictProps {
    pub words: Words,
    pub report: Option<Rc<Report>>,
    /// It is a setup config, and what it goes on with was not given.
    pub lacks_continuation: bool,
    pub open: bool,
    pub act: Callback<Action>,
}

/// The one place that says how the text is, and how far that reaches.
#[component]
pub(super) fn VerdictBadge(props: &VerdictProps) -> Html {
    let VerdictProps { words, report, lacks_continuation, open, act } = props;
    let missing = report.as_ref().map_or(0, |report| unseen(report, *lacks_continuation).len());
    let ignored = report.as_ref().map_or(0, |report| report.ignored.len());
    let face = html! {
        <span class="verdict" data-tone={words.tone} role="status">
            { words.icon.draw() }
            <span class="verdict-text">{ &words.text }</span>
            if missing > 0 { <span class="verdict-scope">{ format!("{missing} not checked") }</span> }
            if ignored > 0 { <span class="verdict-scope">{ format!("{ignored} ignored") }</span> }
        </span>
    };
    html! {
        <PopoverButton which={Popover::Verdict} open={*open} name="Verdict" {face} act={act.clone()}>
            <h2>{ &words.text }</h2>
            if let Some(report) = report { { scope(report, *lacks_continuation, act) } }
            <p class="faint">
                { "This is Dryrun’s own reading. CircleCI has not seen the config and knows more: secrets, contexts, \
                   your plan, and what each step really does." }
            </p>
        </PopoverButton>
    }
}

/// What was looked at, and what was not.
fn scope(report: &Report, lacks_continuation: bool, act: &Callback<Action>) -> Html {
    let checked = if report.verdict == Verdict::Unparsable {
        "Everything up to the syntax error, and nothing after it."
    } else {
        "The YAML, all keys and values, all names and parameters in use, and the order of the jobs."
    };
    html! {
        <>
            <h3>{ "Checked" }</h3><p>{ checked }</p>
            { list("Not checked", "not-checked", &unseen(report, lacks_continuation), act) }
            { list("Only CircleCI knows", "outside", &rows_of(report, &report.outside), act) }
            { list("Ignored by comments", "ignored", &ignored(report), act) }
        </>
    }
}

/// A line of a list: what it is about, what there is to say, and where it stands.
struct Row {
    what: String,
    why: String,
    place: Option<Location>,
}

fn rows_of(report: &Report, items: &[NotChecked]) -> Vec<Row> {
    let row = |item: &NotChecked| Row {
        what: item.what.clone(),
        why: item.why.clone(),
        place: Some(Location { file: report.file.clone(), span: item.span }),
    };
    items.iter().map(row).collect()
}

/// What was not looked at: as many as the badge says.
fn unseen(report: &Report, lacks_continuation: bool) -> Vec<Row> {
    let mut rows = rows_of(report, &report.not_checked);
    if let Some(continuation) = &report.continuation {
        rows.extend(rows_of(continuation, &continuation.not_checked));
    }
    if lacks_continuation {
        let why = "the config that this setup config continues with is missing".to_owned();
        rows.push(Row { what: "continuation".to_owned(), why, place: None });
    }
    rows
}

fn ignored(report: &Report) -> Vec<Row> {
    let row = |ignored: &IgnoredDiagnostic| {
        let found = &ignored.diagnostic;
        let reason = ignored.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        Row {
            what: found.message.clone(),
            why: format!("{}{reason}", found.check),
            place: Some(Location { file: found.file.clone(), span: found.span }),
        }
    };
    report.ignored.iter().map(row).collect()
}

/// More lines are of no use to anybody.
const LINES: usize = 100;

fn list(title: &'static str, name: &'static str, rows: &[Row], act: &Callback<Action>) -> Html {
    if rows.is_empty() {
        return Html::default();
    }
    let items = rows.iter().take(LINES).map(|row| {
        let place = row.place.clone();
        let line = place
            .as_ref()
            .map_or_else(String::new, |place| format!(" · line\u{a0}{}", place.span.start.line));
        let is_elsewhere = place.is_none();
        let act = act.clone();
        let go = Callback::from(move |_: MouseEvent| {
            if let Some(place) = &place {
                act.emit(Action::PlaceChosen(place.clone()));
            }
        });
        html! {
            <li>
                <button type="button" class="row" disabled={is_elsewhere} onclick={go}>
                    <span>{ prose(&row.what) }</span>
                    <span class="faint">{ prose(&row.why) }{ line }</span>
                </button>
            </li>
        }
    });
    let more = rows.len().saturating_sub(LINES);
    html! {
        <div data-scope={name}>
            <h3>{ title }</h3>
            <ul class="rows">{ for items }</ul>
            if more > 0 { <p class="faint">{ format!("and {more} more") }</p> }
        </div>
    }
}
