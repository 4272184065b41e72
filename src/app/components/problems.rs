use super::badge::severity_mark;
use super::icon::Icon;
use super::prose::prose;
use super::verdict::counted;
use crate::app::state::{Action, PROBLEMS_SHOWN};
use crate::report::{Place, Report, ReportedDiagnostic};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(super) struct ProblemsProps {
    pub report: Option<Rc<Report>>,
    /// The newest answer is about an older text.
    pub stale: bool,
    pub chosen: Option<usize>,
    pub unfolded: bool,
    /// The list is shown whole, however long it is.
    pub all: bool,
    pub act: Callback<Action>,
}

/// The findings as a list, under the text they are about.
#[component]
pub(super) fn Problems(props: &ProblemsProps) -> Html {
    let ProblemsProps { report, stale, chosen, unfolded, all, act } = props;
    let found = report.as_ref().map_or(&[][..], |report| &report.diagnostics);
    let own = report.as_ref().map_or("", |report| &report.file);
    let title = match (report, found.len()) {
        (None, _) => "Problems".to_owned(),
        (Some(_), 0) => "No problems".to_owned(),
        (Some(_), count) => counted(count, "problem"),
    };
    let shown = if *all { found.len() } else { found.len().min(PROBLEMS_SHOWN) };
    let fold = act.reform(|_| Action::ProblemsFolded);
    let more = act.reform(|_| Action::AllProblemsWanted);
    let items = found.iter().take(shown).enumerate();
    let has_list = *unfolded && !found.is_empty();
    html! {
        <section class="problems" data-region="problems" data-stale={stale.to_string()} aria-label="Problems">
            <button type="button" class="problems-title" aria-expanded={has_list.to_string()}
                disabled={found.is_empty()} onclick={fold}>
                <span class="chevron">{ Icon::Chevron.draw() }</span>
                <h2>{ title }</h2>
                if found.len() > 1 { <span class="faint keys">{ "F8 next" }</span> }
            </button>
            if has_list {
                <ol class="problem-list">
                    { for items.map(|(index, problem)| item(index, problem, *chosen == Some(index), own, act)) }
                    if shown < found.len() {
                        <li class="more">
                            <button type="button" class="row" onclick={more}>
                                { format!("Show the other {}", found.len() - shown) }
                            </button>
                        </li>
                    }
                </ol>
            }
        </section>
    }
}

fn item(
    index: usize,
    problem: &ReportedDiagnostic,
    is_chosen: bool,
    own: &str,
    act: &Callback<Action>,
) -> Html {
    let go = act.reform(move |_| Action::ProblemChosen(index));
    let start = problem.span.start;
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
            <button type="button" class="problem-go" aria-current={is_chosen.then_some("true")} onclick={go}>
                { severity_mark(problem.severity) }
                <span class="message">{ prose(&problem.message) }</span>
                <span class="problem-facts">
                    <span class="check">{ &problem.check }</span>
                    <span class="place">{ place(&problem.file, start, own) }</span>
                </span>
                if let Some(help) = &problem.help { <span class="help" title={help.clone()}>{ prose(help) }</span> }
            </button>
            { for related }
        </li>
    }
}

/// Line and column; with the name of the file where that is not `own`, the one in the editor.
fn place(file: &str, start: Place, own: &str) -> String {
    let place = format!("{}:{}", start.line, start.column);
    if file == own { place } else { format!("{file}:{place}") }
}
