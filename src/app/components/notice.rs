use super::button::{says, word_button};
use super::icon::Icon;
use crate::app::state::{Action, Keeping, Notice, Use};
use yew::{Callback, Html, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(super) struct NoticeProps {
    pub notice: Option<Notice>,
    pub keeping: Keeping,
    /// Why there is no engine.
    pub lost: Option<String>,
    pub act: Callback<Action>,
}

/// What has to be said above the panes, one strip for each.
#[component]
pub(super) fn Notices(props: &NoticeProps) -> Html {
    let NoticeProps { notice, keeping, lost, act } = props;
    html! {
        <div class="notices" aria-live="polite">
            if let Some(why) = lost { { engine_lost(why, act) } }
            if let Some(words) = not_kept(*keeping) {
                <p class="notice" data-notice="not-kept">{ words }</p>
            }
            if let Some(notice) = notice { { said(notice, act) } }
        </div>
    }
}

fn engine_lost(why: &str, act: &Callback<Action>) -> Html {
    html! {
        <p class="notice" data-tone="error" data-notice="engine" role="alert">
            <span>{ format!("The engine did not start: {why}. You can still edit and download your text.") }</span>
            { word_button("retry", "Try again".to_owned(), says(act, || Action::Retried)) }
        </p>
    }
}

fn not_kept(keeping: Keeping) -> Option<&'static str> {
    match keeping {
        Keeping::Kept => None,
        Keeping::TooLarge => {
            Some("This text is over 1 MB, too large to be kept for your next visit. Download it to keep it.")
        }
        Keeping::Denied => Some(
            "This browser does not let the page store anything. Your text is lost on reload unless you download it.",
        ),
    }
}

fn said(notice: &Notice, act: &Callback<Action>) -> Html {
    let (name, tone) = match notice {
        Notice::Replaced { .. } => ("replaced", None),
        Notice::Refused(_) => ("refused", Some("error")),
        Notice::BrokenLink(_) => ("broken-link", Some("error")),
        Notice::Offered { .. } => ("offered", None),
        Notice::Hung => ("hung", Some("error")),
    };
    html! {
        <p class="notice" data-notice={name} data-tone={tone}>
            <span>{ notice.sentence() }</span>
            if matches!(notice, Notice::Replaced { .. }) {
                { word_button("undo", "Undo".to_owned(), says(act, || Action::Undone)) }
            }
            if let Notice::Offered { uses, .. } = notice { { for uses.iter().map(|file_use| offer(file_use, act)) } }
            <button type="button" class="quiet" aria-label="Close this notice" onclick={act.reform(|_| Action::NoticeClosed)}>
                { Icon::Close.draw() }
            </button>
        </p>
    }
}

/// One of the things that a dropped file can be.
fn offer(file_use: &Use, act: &Callback<Action>) -> Html {
    let (name, words) = match file_use {
        Use::Config => ("use-config", "Open as the config".to_owned()),
        Use::Orb(reference) => ("use-orb", format!("Use as the orb {reference}")),
        Use::Continuation => ("use-continuation", "Use as the continuation".to_owned()),
    };
    let file_use = file_use.clone();
    word_button(name, words, says(act, move || Action::OfferTaken(file_use.clone())))
}
