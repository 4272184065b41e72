use super::button::{gives, word_button};
use super::icon::Icon;
use super::popover::PopoverButton;
use crate::app::state::{Action, GivenChange, Popover, State};
use crate::report::{OrbReport, OrbState, Report};
use crate::worker::{NamedText, OrbFile};
use yew::{Callback, Html, MouseEvent, html};

type Pick = Callback<Callback<(String, String)>>;

/// The files that belong to the config: sources of its orbs, and its continuation. Nothing where it needs none.
pub(super) fn files_popover(state: &State, pick: &Pick, act: &Callback<Action>) -> Html {
    let Some((_, report)) = &state.report else { return Html::default() };
    let orbs = state.imported_orbs();
    let continues = report.setup || state.given.continuation.is_some();
    if orbs.is_empty() && state.given.orbs.is_empty() && !continues {
        return Html::default();
    }
    // Those that the badge of the verdict counts: an orb of which nothing is used is missed by nobody.
    let missing = orbs.iter().filter(|orb| orb.state == OrbState::Missing && orb.needed).count();
    let lacks_continuation = state.lacks_continuation();
    let face = html! {
        <span class="files-face" title="Orb sources, and the continuation of a setup config">
            { Icon::Box.draw() }{ words(missing, lacks_continuation) }
        </span>
    };
    html! {
        <PopoverButton which={Popover::Files} open={state.popover == Some(Popover::Files)} name="Files" {face} act={act.clone()}>
            if !orbs.is_empty() || !state.given.orbs.is_empty() {
                <h2>{ "Orbs" }</h2>
                <p class="faint">{ "Dryrun asks no registry. Give it the source of an orb (" }<code>{ "circleci orb source" }</code>
                    { " prints it), or drop the file anywhere on the page." }</p>
                <ul class="rows">
                    { for orbs.iter().map(|orb| imported(state, orb, pick, act)) }
                    { for unused(state, &orbs).map(|file| unused_file(file, act)) }
                </ul>
            }
            if continues { { continuation(state, report, pick, act) } }
            if state.given.size() > crate::app::kept::LARGEST_FILES {
                <p class="faint">{ "Together these files are over 1 MB, so they are forgotten when the page is closed." }</p>
            }
        </PopoverButton>
    }
}

/// What the button says: how many are missing of what. In a narrow window the count alone.
fn words(missing: usize, lacks_continuation: bool) -> Html {
    let (count, words) = match (missing, lacks_continuation) {
        (0, false) => (None, "Files"),
        (0, true) => (Some(1), "continuation missing"),
        (1, false) => (Some(1), "orb missing"),
        (count, false) => (Some(count), "orbs missing"),
        (count, true) => (Some(count + 1), "files missing"),
    };
    html! {
        <>
            if let Some(count) = count { <span class="files-count">{ count }</span> }
            <span class="files-words">{ words }</span>
        </>
    }
}

/// A file that is there or is missing: its names, what there is to say, and what can be done.
struct Item<'a> {
    reference: &'a str,
    /// The page's `data-orb-state`.
    state: &'static str,
    name: &'a str,
    words: String,
    warning: Option<String>,
}

impl Item<'_> {
    fn draw(self, tools: &[Html]) -> Html {
        let Self { reference, state, name, words, warning } = self;
        html! {
            <li class="file" data-orb={reference.to_owned()} data-orb-state={state}>
                <span class="file-name"><strong>{ name }</strong><span class="place">{ reference }</span></span>
                <span class="faint">{ words }</span>
                <span class="other-version">{ for warning }</span>
                <span class="file-tools">{ for tools.iter().cloned() }</span>
            </li>
        }
    }
}

/// A button that asks for a file, which then says what `change` makes of it.
fn choose(
    does: &'static str,
    words: &str,
    pick: &Pick,
    act: &Callback<Action>,
    change: fn(String, NamedText) -> GivenChange,
    reference: &str,
) -> Html {
    let (pick, act, reference) = (pick.clone(), act.clone(), reference.to_owned());
    let click = Callback::from(move |_: MouseEvent| {
        let (act, reference) = (act.clone(), reference.clone());
        pick.emit(Callback::from(move |(name, text)| {
            act.emit(Action::Given(change(reference.clone(), NamedText { name, text })));
        }));
    });
    word_button(does, words.to_owned(), click)
}

fn orb_change(reference: String, file: NamedText) -> GivenChange {
    GivenChange::Orb(OrbFile { reference, name: file.name, text: file.text })
}

fn continuation_change(_: String, file: NamedText) -> GivenChange {
    GivenChange::Continuation(file)
}

/// An orb that the config imports, and what can be done about it.
fn imported(state: &State, orb: &OrbReport, pick: &Pick, act: &Callback<Action>) -> Html {
    let reference = orb.reference.as_str();
    let item = Item { reference, state: "missing", name: &orb.alias, words: String::new(), warning: None };
    if let Some(file) = state.file_of(orb) {
        let tools = [
            choose("choose-orb", "Replace…", pick, act, orb_change, reference),
            remove(&file.reference, act),
        ];
        return Item { state: "given", words: said(file, reference), ..item }.draw(&tools);
    }
    let words = if orb.needed {
        "Source missing: its jobs and commands are not expanded"
    } else {
        "Source missing, but nothing here needs it"
    }
    .to_owned();
    let choice = choose("choose-orb", "Choose file…", pick, act, orb_change, reference);
    match state.file_of_other_version(orb) {
        None => Item { words, ..item }.draw(&[choice]),
        Some(file) => {
            let (name, other) = (&file.name, &file.reference);
            let warning =
                Some(format!("{name} was given for {other}; this config asks for another version."));
            Item { words, warning, ..item }.draw(&[use_for(other, reference, act), choice])
        }
    }
}

fn said(file: &OrbFile, asked: &str) -> String {
    if file.reference == asked {
        format!("From {}", file.name)
    } else {
        format!("From {}, given for {}", file.name, file.reference)
    }
}

fn remove(reference: &str, act: &Callback<Action>) -> Html {
    let removed = GivenChange::OrbRemoved(reference.to_owned());
    word_button("remove-orb", "Remove".to_owned(), gives(act, removed))
}

fn use_for(from: &str, to: &str, act: &Callback<Action>) -> Html {
    let words = format!("Use it for {}", to.rsplit('@').next().unwrap_or(to));
    let moved = GivenChange::OrbMoved { from: from.to_owned(), to: to.to_owned() };
    word_button("move-orb", words, gives(act, moved))
}

/// Files that no import asks for, nor another version of.
fn unused<'a>(state: &'a State, orbs: &'a [OrbReport]) -> impl Iterator<Item = &'a OrbFile> {
    state.given.orbs.iter().filter(move |file| {
        !orbs.iter().any(|orb| {
            [state.file_of(orb), state.file_of_other_version(orb)]
                .into_iter()
                .flatten()
                .any(|used| used == *file)
        })
    })
}

fn unused_file(file: &OrbFile, act: &Callback<Action>) -> Html {
    let words = "Not imported by this config".to_owned();
    let item = Item { reference: &file.reference, state: "unused", name: &file.name, words, warning: None };
    item.draw(&[remove(&file.reference, act)])
}

/// The slot for the config that a setup config continues with.
fn continuation(state: &State, report: &Report, pick: &Pick, act: &Callback<Action>) -> Html {
    let words = if report.setup {
        "This is a setup config: it picks the config that the pipeline continues with. Add that one to see its \
         workflows, problems and compiled text too."
    } else {
        "This is not a setup config, so nothing continues it."
    };
    let choice = |words: &str| choose("choose-continuation", words, pick, act, continuation_change, "");
    let (name, tools) = match &state.given.continuation {
        None => ("", vec![choice("Choose file…")]),
        Some(file) => {
            let removed = gives(act, GivenChange::ContinuationRemoved);
            let remove = word_button("remove-continuation", "Remove".to_owned(), removed);
            (file.name.as_str(), vec![choice("Replace…"), remove])
        }
    };
    html! {
        <>
            <h2>{ "Continuation" }</h2>
            <p class="faint">{ words }</p>
            <div class="file" data-continuation-slot="">
                <span class="file-name"><strong>{ name }</strong></span>
                <span class="file-tools">{ for tools }</span>
            </div>
        </>
    }
}
