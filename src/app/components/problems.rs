use super::badge::severity_mark;
use super::button::{says, word_button};
use super::icon::Icon;
use super::prose::prose;
use crate::app::state::{Action, PROBLEMS_SHOWN, can_be_ignored, fix_words, fixes_of};
use crate::report::{Place, Report, ReportedDiagnostic, Severity, counted};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(super) struct ProblemsProps {
    pub report: Option<Rc<Report>>,
    /// The newest answer is about an older text.
    pub stale: bool,
    pub chosen: Option<usize>,
    pub unfolded: bool,
    /// The list is shown whole, however long it is.
    pub all: bool,
    /// The address of the folder of the pages about the checks.
    pub checks: AttrValue,
    pub act: Callback<Action>,
}

/// The findings as a list, under the text they are about.
#[component]
pub(super) fn Problems(props: &ProblemsProps) -> Html {
    let ProblemsProps { report, stale, chosen, unfolded, all, checks, act } = props;
    let found = report.as_ref().map_or(&[][..], |report| &report.diagnostics);
    let title = report.as_ref().map_or_else(|| "Problems".to_owned(), |report| title(report));
    let shown = if *all { found.len() } else { found.len().min(PROBLEMS_SHOWN) };
    let fold = act.reform(|_| Action::ProblemsFolded);
    let more = act.reform(|_| Action::AllProblemsWanted);
    let items = report.iter().flat_map(|report| {
        let items = report.diagnostics.iter().take(shown).enumerate();
        items.map(|(index, problem)| item(index, problem, *chosen == Some(index), report, checks, act))
    });
    let fixes = report.as_ref().map_or(0, |report| report.fix_all.len());
    let worst = found.first().filter(|first| first.severity == Severity::Error);
    let own = report.as_ref().map_or("", |report| report.file.as_str());
    let has_list = *unfolded && !found.is_empty();
    html! {
        <section class="problems" data-region="problems" data-stale={stale.to_string()} aria-label="Problems">
            <div class="problems-head"><button type="button" class="problems-title" aria-expanded={has_list.to_string()}
                disabled={found.is_empty()} onclick={fold}>
                <span class="chevron">{ Icon::Chevron.draw() }</span>
                <h2>{ title }</h2>
                if found.len() > 1 { <span class="faint keys">{ "F8 next" }</span> }
            </button>
            if fixes > 1 {
                { word_button("fix-all", format!("Apply all safe fixes ({fixes})"), says(act, || Action::AllFixed)) }
            }</div>
            // In short, for where the list is folded away or in another pane: the style sheet says where.
            { for worst.map(|worst| heading("peek", (0, worst), false, own, act)) }
            if has_list {
                <ol class="problem-list">
                    { for items }
                    if shown < found.len() {
                        <li class="more">
                            <button type="button" class="row" onclick={more}>
                                { format!("Show {} more", found.len() - shown) }
                            </button>
                        </li>
                    }
                </ol>
            }
        </section>
    }
}

/// As many problems as the verdict counts; what is only worth knowing is a note.
fn title(report: &Report) -> String {
    let is_problem = |found: &&ReportedDiagnostic| found.severity <= Severity::Warning;
    let problems = report.diagnostics.iter().filter(is_problem).count();
    let notes = report.diagnostics.len() - problems;
    let ignored = report.ignored.len();
    let parts = [
        (problems > 0).then(|| counted(problems, "problem")),
        (notes > 0).then(|| counted(notes, "note")),
        (ignored > 0).then(|| format!("{ignored} ignored")),
    ];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    if problems + notes > 0 {
        said
    } else {
        ["No problems", &*said].join(if said.is_empty() { "" } else { ", " })
    }
}

/// What is wrong and where, as a button that leads there.
fn heading(
    class: &'static str,
    (index, problem): (usize, &ReportedDiagnostic),
    is_chosen: bool,
    own: &str,
    act: &Callback<Action>,
) -> Html {
    let go = says(act, move || Action::ProblemChosen(index));
    html! {
        <button type="button" {class} aria-current={is_chosen.then_some("true")} onclick={go}>
            { severity_mark(problem.severity) }
            <span class="message">{ prose(&problem.message) }</span>
            <span class="place">{ place(&problem.file, problem.span.start, own) }</span>
            if let Some(help) = &problem.help { <span class="help" title={help.clone()}>{ prose(help) }</span> }
        </button>
    }
}

fn item(
    index: usize,
    problem: &ReportedDiagnostic,
    is_chosen: bool,
    report: &Report,
    checks: &str,
    act: &Callback<Action>,
) -> Html {
    let start = problem.span.start;
    let own = report.file.as_str();
    let is_elsewhere = problem.file != own;
    let related = problem.related.iter().enumerate().map(|(label, related)| {
        let go = act.reform(move |_| Action::RelatedChosen(index, label));
        let place = place(&related.file, related.span.start, own);
        html! {
            <button type="button" class="related" onclick={go}>
                <span class="place">{ place }</span>
                <span>{ prose(&related.message) }</span>
            </button>
        }
    });
    html! {
        <li class="problem" data-check={problem.check.clone()} data-severity={problem.severity.name()}
            data-line={start.line.to_string()} data-file={is_elsewhere.then(|| problem.file.clone())}
            data-chosen={is_chosen.then_some("")}>
            { heading("problem-go", (index, problem), is_chosen, own, act) }
            { for related }
            <div class="problem-foot">
                <a class="check" href={format!("{checks}{}.html", problem.check)} target="_blank"
                    title="What this check is about (in a new tab)">{ &problem.check }</a>
                { for fixes_of(report, problem).map(|(number, fix)| {
                    let fixes = says(act, move || Action::FixChosen { problem: index, number });
                    word_button("fix", fix_words(fix), fixes)
                }) }
                if can_be_ignored(report, problem) {
                    { word_button("ignore", "Ignore here".to_owned(), says(act, move || Action::IgnoreChosen(index))) }
                }
            </div>
        </li>
    }
}

/// Line and column; with the name of the file where that is not `own`, the one in the editor.
fn place(file: &str, start: Place, own: &str) -> String {
    let place = format!("{}:{}", start.line, start.column);
    if file == own { place } else { format!("{file}:{place}") }
}
