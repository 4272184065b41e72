use crate::app::browser;
use crate::app::state::{Action, Crash};
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Event, Html, Properties, TargetCast, component, html, use_state};

#[derive(Properties, PartialEq)]
pub(super) struct CrashProps {
    pub crash: Crash,
    pub version: AttrValue,
    pub act: Callback<Action>,
}

/// Whether the report is on the clipboard.
#[derive(Clone, Copy, PartialEq)]
enum Copied {
    NotYet,
    Yes,
    /// The browser refused: the report is shown, to be copied by hand.
    Refused,
}

/// Said when the engine broke down: what happened, that the text is safe, and a report to take along.
#[component]
pub(super) fn CrashPanel(props: &CrashProps) -> Html {
    let CrashProps { crash, version, act } = props;
    let with_text = use_state(|| false);
    let copied = use_state(|| Copied::NotYet);
    let report = crash.report(version, *with_text);
    let tick = {
        let (with_text, copied) = (with_text.setter(), copied.setter());
        Callback::from(move |event: Event| {
            with_text.set(event.target_unchecked_into::<HtmlInputElement>().checked());
            copied.set(Copied::NotYet);
        })
    };
    let copy = {
        let (report, copied) = (report.clone(), copied.setter());
        Callback::from(move |_| {
            let copied = copied.clone();
            browser::copy_text(&report, move |done| {
                copied.set(if done { Copied::Yes } else { Copied::Refused });
            });
        })
    };
    html! {
        <section class="crash" role="alert" data-crash="">
            <h2>{ "The engine stopped on this text" }</h2>
            <p>{ "This is a bug in Dryrun, not in your config. Your text is safe, and the engine has been restarted: \
                  your next edit will be checked." }</p>
            <pre>{ &crash.message }</pre>
            <label><input type="checkbox" checked={*with_text} onchange={tick} />{ "Include my config in the report" }</label>
            <p class="buttons">
                <button type="button" class="main" onclick={copy}>
                    { if *copied == Copied::Yes { "Copied" } else { "Copy report" } }
                </button>
                <button type="button" class="quiet" onclick={act.reform(|_| Action::CheckedAgain)}>{ "Check again" }</button>
                <button type="button" class="quiet" onclick={act.reform(|_| Action::CrashClosed)}>{ "Close" }</button>
            </p>
            if *copied == Copied::Refused {
                <p>{ "The browser did not let the page copy. Copy it from here:" }</p>
                <textarea readonly=true rows="6" aria-label="Report" value={report} />
            }
        </section>
    }
}
