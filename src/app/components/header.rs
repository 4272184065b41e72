use super::icon::Icon;
use super::popover::PopoverButton;
use super::privacy::Privacy;
use super::verdict::{VerdictBadge, Words};
use crate::app::examples::EXAMPLES;
use crate::app::state::{Action, Popover, Theme};
use crate::report::Report;
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, Properties, component, html};

#[derive(Properties, PartialEq)]
pub(super) struct HeaderProps {
    pub words: Words,
    pub lacks_continuation: bool,
    pub report: Option<Rc<Report>>,
    pub popover: Option<Popover>,
    pub theme: Theme,
    pub open_file: Callback<MouseEvent>,
    pub requests: Callback<(), u32>,
    pub act: Callback<Action>,
}

#[component]
pub(super) fn Header(props: &HeaderProps) -> Html {
    let HeaderProps { words, lacks_continuation, report, popover, theme, open_file, requests, act } = props;
    let is_open = |which| *popover == Some(which);
    let download = act.reform(|_: MouseEvent| Action::TextDownloaded);
    html! {
        <header class="header" data-region="header">
            <h1 class="name">{ Icon::Logo.draw() }<span>{ "Dryrun" }</span></h1>
            <PopoverButton which={Popover::Examples} open={is_open(Popover::Examples)} name="Examples"
                icon={Icon::List} act={act.clone()}>
                <ul class="rows">{ for (0..EXAMPLES.len()).map(|index| example(index, act)) }</ul>
            </PopoverButton>
            <a class="quiet" data-lessons="" href="?lesson" title="Lessons, from a first job to a fast pipeline">
                { Icon::Lesson.draw() }<span class="button-name">{ "Lessons" }</span>
            </a>
            <button type="button" class="quiet" title="Open a .yml file (or drop one anywhere)" onclick={open_file.clone()}>
                { Icon::Folder.draw() }<span class="button-name">{ "Open" }</span>
            </button>
            <button type="button" class="quiet" data-download="text" title="Download the config (Ctrl+S)" onclick={download}>
                { Icon::Download.draw() }<span class="button-name">{ "Download" }</span>
            </button>
            <span class="gap"></span>
            <VerdictBadge words={words.clone()} report={report.clone()}
                lacks_continuation={*lacks_continuation} open={is_open(Popover::Verdict)} act={act.clone()} />
            <PopoverButton which={Popover::Share} open={is_open(Popover::Share)} name="Share" icon={Icon::Share}
                act={act.clone()}>
                <div class="share"></div>
            </PopoverButton>
            <Privacy open={is_open(Popover::Privacy)} requests={requests.clone()} act={act.clone()} />
            <PopoverButton which={Popover::Theme} open={is_open(Popover::Theme)} name="Theme" icon={face_of(*theme)}
                icon_only=true act={act.clone()}>
                <ul class="rows">{ for Theme::ALL.map(|choice| theme_choice(choice, *theme, act)) }</ul>
            </PopoverButton>
        </header>
    }
}

fn example(index: usize, act: &Callback<Action>) -> Html {
    let Some(example) = EXAMPLES.get(index) else { return Html::default() };
    let choose = act.reform(move |_| Action::ExampleChosen(index));
    html! {
        <li>
            <button type="button" class="row" data-example={example.name} onclick={choose}>
                <span>{ example.name }</span>
                <span class="faint">{ example.about }</span>
            </button>
        </li>
    }
}

fn face_of(theme: Theme) -> Icon {
    match theme {
        Theme::System => Icon::Screen,
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
    }
}

fn theme_choice(choice: Theme, chosen: Theme, act: &Callback<Action>) -> Html {
    let name = match choice {
        Theme::System => "Same as system",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    };
    let choose = act.reform(move |_| Action::ThemeChosen(choice));
    html! {
        <li>
            <button type="button" class="row one-line" data-theme-choice={choice.name()}
                aria-pressed={(choice == chosen).to_string()} onclick={choose}>
                { face_of(choice).draw() }<span>{ name }</span>
                if choice == chosen { <span class="chosen">{ Icon::Tick.draw() }</span> }
            </button>
        </li>
    }
}
