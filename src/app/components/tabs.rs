use super::badge::severity_mark;
use crate::app::browser::{bring_into_view, focus, query};
use crate::app::state::{Action, Workflow};
use crate::report::{Runs, Severity, counted};
use web_sys::Element;
use yew::{
    Callback, Html, KeyboardEvent, Properties, TargetCast, component, html, use_effect_with, use_node_ref,
};

/// What a workflow's tab shows.
#[derive(Clone, PartialEq)]
pub(super) struct Tab {
    name: String,
    continued: bool,
    jobs: usize,
    problems: Option<Severity>,
    runs: Runs,
}

impl Tab {
    pub(super) fn of(workflow: &Workflow) -> Self {
        let Workflow { name, continued, problems, runs, scene, .. } = workflow;
        Self {
            name: name.clone(),
            continued: *continued,
            jobs: scene.nodes.len(),
            problems: *problems,
            runs: *runs,
        }
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct TabsProps {
    pub tabs: Vec<Tab>,
    pub chosen: usize,
    pub act: Callback<Action>,
}

/// One tab a workflow, also where there is only one.
#[component]
pub(super) fn Tabs(props: &TabsProps) -> Html {
    let TabsProps { tabs, chosen, act } = props;
    let count = tabs.len();
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with((*chosen, count), move |_| {
            let list = list.cast::<Element>();
            let tab = list.as_ref().and_then(|list| query(list, "[aria-selected='true']"));
            if let (Some(list), Some(tab)) = (list, tab) {
                bring_into_view(&list, &tab);
            }
        });
    }
    let key = {
        let (act, chosen) = (act.clone(), *chosen);
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowLeft" => chosen + count - 1,
                "ArrowRight" => chosen + 1,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            } % count;
            event.prevent_default();
            act.emit(Action::WorkflowChosen(next));
            let list = event.target_unchecked_into::<Element>().parent_element();
            if let Some(tab) = list.and_then(|list| list.children().item(u32::try_from(next).unwrap_or(0))) {
                focus(&tab);
            }
        })
    };
    let tab = |(index, tab): (usize, &Tab)| {
        let is_chosen = index == *chosen;
        let choose = act.reform(move |_| Action::WorkflowChosen(index));
        html! {
            <button type="button" role="tab" class="tab" data-workflow={tab.name.clone()} aria-selected={is_chosen.to_string()}
                aria-controls="graph-panel" tabindex={if is_chosen { "0" } else { "-1" }} onclick={choose}
                title={title(tab)}>
                { for tab.problems.map(severity_mark) }
                <span class="tab-name">{ &tab.name }</span>
                if tab.continued { <span class="tab-kind" data-continuation="">{ "continuation" }</span> }
                <span class="tab-count">{ tab.jobs }</span>
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Workflows" ref={list} onkeydown={key}>
            { for tabs.iter().enumerate().map(tab) }
        </div>
    }
}

fn title(tab: &Tab) -> String {
    let mut title = format!("{}: {}", tab.name, counted(tab.jobs, "job"));
    if tab.runs == Runs::No {
        title.push_str(", does not run");
    }
    title
}
