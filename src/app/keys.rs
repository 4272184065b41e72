//! The keys that act everywhere on the page, and those that act in the graph.

use super::state::{Action, Key, RunChange, RunKey, View};

/// What a key does wherever the focus is. `ctrl` stands for ⌘ too.
#[must_use]
pub fn anywhere(name: &str, ctrl: bool, shift: bool, alt: bool) -> Option<Action> {
    match (name, ctrl, shift, alt) {
        ("F8", false, back, false) => Some(Action::ProblemStepped { forward: !back }),
        ("F6", false, back, false) => Some(Action::RegionStepped { forward: !back }),
        // The browser's own would save the page.
        ("s" | "S", true, false, false) => Some(Action::TextDownloaded),
        ("c" | "C", true, true, false) => Some(Action::LinkWanted),
        ("Enter", true, false, false) => Some(Action::CheckedAgain),
        ("Enter", false, false, true) => Some(Action::LineRevealed),
        // The second of each is what Option makes of the key on a Mac.
        ("1" | "¡", false, false, true) => Some(Action::ViewChosen(View::Graph)),
        ("2" | "™", false, false, true) => Some(Action::ViewChosen(View::Compiled)),
        ("3" | "£", false, false, true) => Some(Action::ViewChosen(View::Timeline)),
        _ => None,
    }
}

/// What a key does to a run while its graph or its timeline has the focus.
#[must_use]
pub fn in_run(name: &str) -> Option<Action> {
    match name {
        "," => Some(Action::Run(RunChange::Stepped { forward: false })),
        "." => Some(Action::Run(RunChange::Stepped { forward: true })),
        "f" => Some(Action::RunKey(RunKey::Fail)),
        "a" => Some(Action::RunKey(RunKey::Approve)),
        _ => None,
    }
}

/// Where a key leads while a node or line of the graph has the focus.
#[must_use]
pub fn in_graph(name: &str, ctrl: bool) -> Option<Key> {
    match (name, ctrl) {
        ("ArrowLeft", false) => Some(Key::Left),
        ("ArrowRight", false) => Some(Key::Right),
        ("ArrowLeft", true) => Some(Key::LineLeft),
        ("ArrowRight", true) => Some(Key::LineRight),
        ("ArrowUp", false) => Some(Key::Up),
        ("ArrowDown", false) => Some(Key::Down),
        ("Home", _) => Some(Key::First),
        ("End", _) => Some(Key::Last),
        _ => None,
    }
}
