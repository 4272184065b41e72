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
    let missing = orbs.iter().filter(|orb| orb.state == OrbState::Missing).count();
    let lacks_continuation = report.setup && state.given.continuation.is_none();
    let face = html! {
        <span class="files-face" title="Sources of orbs, and the continuation of a setup config">
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
                <p class="faint">{ "These files are over 1 MB together: they last until the page is closed." }</p>
            }
        </PopoverButton>
    }
}

/// What the button says; in a narrow window the count alone.
fn words(missing: usize, lacks_continuation: bool) -> Html {
    match (missing, lacks_continuation) {
        (0, false) => html! { <span class="files-words">{ "Files" }</span> },
        (0, true) => {
            html! { <><span class="files-count">{ "1" }</span><span class="files-words">{ "continuation missing" }</span></> }
        }
        (count, _) => {
            let orbs = if count == 1 { "orb missing" } else { "orbs missing" };
            html! { <><span class="files-count">{ count }</span><span class="files-words">{ orbs }</span></> }
        }
    }
}

/// An orb that the config imports, and what can be done about it.
fn imported(state: &State, orb: &OrbReport, pick: &Pick, act: &Callback<Action>) -> Html {
    let given = state.file_of(orb);
    let reference = orb.reference.clone();
    let choose = {
        let (pick, act, reference) = (pick.clone(), act.clone(), reference.clone());
        Callback::from(move |_: MouseEvent| {
            let (act, reference) = (act.clone(), reference.clone());
            pick.emit(Callback::from(move |(name, text)| {
                let file = OrbFile { reference: reference.clone(), name, text };
                act.emit(Action::Given(GivenChange::Orb(file)));
            }));
        })
    };
    // A file for another version of the same orb.
    let other = state.file_of_other_version(orb);
    html! {
        <li class="file" data-orb={reference.clone()} data-orb-state={if given.is_some() { "given" } else { "missing" }}>
            <span class="file-name"><strong>{ &orb.alias }</strong><span class="place">{ &orb.reference }</span></span>
            if let Some(file) = given {
                <span class="faint">{ said(file, &reference) }</span>
                <span class="file-tools">
                    <button type="button" class="quiet" onclick={choose}>{ "Replace…" }</button>
                    { remove(&file.reference, act) }
                </span>
            } else {
                <span class="faint">{ "Not resolved: its jobs and commands stay as they are" }</span>
                if let Some(file) = other {
                    <span class="other-version">
                        { format!("{} was given for {}; this config asks for another version.", file.name, file.reference) }
                    </span>
                }
                <span class="file-tools">
                    if let Some(file) = other { { use_for(&file.reference, &reference, act) } }
                    <button type="button" class="quiet" data-choose="orb" onclick={choose}>{ "Choose file…" }</button>
                </span>
            }
        </li>
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
    let reference = reference.to_owned();
    let remove = act.reform(move |_: MouseEvent| Action::Given(GivenChange::OrbRemoved(reference.clone())));
    html! { <button type="button" class="quiet" data-remove="orb" onclick={remove}>{ "Remove" }</button> }
}

fn use_for(from: &str, to: &str, act: &Callback<Action>) -> Html {
    let (from, to) = (from.to_owned(), to.to_owned());
    let name = format!("Use it for {}", to.rsplit('@').next().unwrap_or(&to));
    let moved = act.reform(move |_: MouseEvent| {
        Action::Given(GivenChange::OrbMoved { from: from.clone(), to: to.clone() })
    });
    html! { <button type="button" class="quiet" data-move="orb" onclick={moved}>{ name }</button> }
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
    html! {
        <li class="file" data-orb={file.reference.clone()} data-orb-state="unused">
            <span class="file-name"><strong>{ &file.name }</strong><span class="place">{ &file.reference }</span></span>
            <span class="faint">{ "This config does not import it" }</span>
            <span class="file-tools">{ remove(&file.reference, act) }</span>
        </li>
    }
}

/// The slot for the config that a setup config continues with.
fn continuation(state: &State, report: &Report, pick: &Pick, act: &Callback<Action>) -> Html {
    let choose = {
        let (pick, act) = (pick.clone(), act.clone());
        Callback::from(move |_: MouseEvent| {
            let act = act.clone();
            pick.emit(Callback::from(move |(name, text)| {
                act.emit(Action::Given(GivenChange::Continuation(NamedText { name, text })));
            }));
        })
    };
    let words = if report.setup {
        "This is a setup config: it decides which config goes on. Give that one, and its workflows, problems and \
         compiled text are shown too."
    } else {
        "The config is no setup config, so nothing continues it."
    };
    html! {
        <>
            <h2>{ "Continuation" }</h2>
            <p class="faint">{ words }</p>
            <div class="file" data-continuation-slot="">
                if let Some(file) = &state.given.continuation {
                    <span class="file-name"><strong>{ &file.name }</strong></span>
                    <span class="file-tools">
                        <button type="button" class="quiet" onclick={choose}>{ "Replace…" }</button>
                        <button type="button" class="quiet" data-remove="continuation"
                            onclick={act.reform(|_: MouseEvent| Action::Given(GivenChange::ContinuationRemoved))}>{ "Remove" }</button>
                    </span>
                } else {
                    <span class="file-tools">
                        <button type="button" class="quiet" data-choose="continuation" onclick={choose}>{ "Choose file…" }</button>
                    </span>
                }
            </div>
        </>
    }
}
