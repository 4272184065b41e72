use super::icon::Icon;
use super::popover::PopoverButton;
use super::prose::prose;
use crate::app::state::{Action, Popover, State};
use crate::report::{Report, Severity, Verdict};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html};

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

/// `1 error`, `2 errors`.
pub(super) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

#[derive(Properties, PartialEq)]
pub(super) struct VerdictProps {
    pub words: Words,
    pub report: Option<Rc<Report>>,
    pub open: bool,
    pub act: Callback<Action>,
}

/// The one place that says how the text is, and how far that reaches.
#[component]
pub(super) fn VerdictBadge(props: &VerdictProps) -> Html {
    let VerdictProps { words, report, open, act } = props;
    let missing = report.as_ref().map_or(0, |report| report.not_checked.len());
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
            if let Some(report) = report { { scope(report, act) } }
            <p class="faint">
                { "This is what Dryrun read in the text. CircleCI has not seen it, and may know more: secrets, \
                   contexts, plans and what a step does when it runs." }
            </p>
        </PopoverButton>
    }
}

/// What was looked at, and what was not.
fn scope(report: &Report, act: &Callback<Action>) -> Html {
    let checked = if report.verdict == Verdict::Unparsable {
        "The text up to the syntax error. Nothing after it was looked at."
    } else {
        "The YAML, every key and value, the names and parameters that are used, and the order of the jobs."
    };
    html! { <><h3>{ "Checked" }</h3><p>{ checked }</p>{ not_checked(report, act) }</> }
}

fn not_checked(report: &Report, act: &Callback<Action>) -> Html {
    if report.not_checked.is_empty() {
        return Html::default();
    }
    let items = report.not_checked.iter().enumerate().map(|(index, item)| {
        let go = act.reform(move |_| Action::NotCheckedChosen(index));
        html! {
            <li>
                <button type="button" class="row" onclick={go}>
                    <span>{ prose(&item.what) }</span>
                    <span class="faint">{ prose(&item.why) }{ format!(" · line {}", item.span.start.line) }</span>
                </button>
            </li>
        }
    });
    html! { <><h3>{ "Not checked" }</h3><ul class="rows">{ for items }</ul></> }
}
