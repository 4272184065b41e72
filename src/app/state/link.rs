//! What a link holds: a config and how it is looked at. `www/shell/permalink.js` writes and reads the address;
//! here it is rows of words, of which the first names what the others are.

use super::{Effect, Notice, Pane, Play, Popover, State, View, layers, text};
use crate::report::{Place, Range};
use crate::worker::{Given, Pushed};
use std::rc::Rc;

/// What was in a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    pub text: Rc<str>,
    /// The name of the file; nothing where it came without one.
    pub file: Option<String>,
    pub given: Given,
    pub view: View,
    pub workflow: Option<String>,
    /// The layers that are shown, where somebody chose.
    pub layers: [Option<bool>; 3],
    /// The run, and what was set for it.
    pub run: Play,
    /// What to select, or where the caret stood.
    pub selection: Option<Range>,
}

impl Link {
    /// Reads rows. A row that is unknown or too short is left out.
    #[must_use]
    pub fn read(rows: &[Vec<String>]) -> Self {
        let mut link = Self::default();
        for row in rows {
            link.take(&row.iter().map(String::as_str).collect::<Vec<_>>());
        }
        link
    }

    fn take(&mut self, row: &[&str]) {
        if self.given.take(row) {
            return;
        }
        match *row {
            ["text", text] => self.text = text.into(),
            ["name", name] => self.file = Some(name.to_owned()),
            ["tab", name] => self.view = View::named(name),
            ["workflow", name] => self.workflow = Some(name.to_owned()),
            ["layers", ref names @ ..] => self.layers = layers::chosen(names),
            ["run", ref words @ ..] => self.run = Play::read(words),
            ["caret", line, column] => self.selection = range([line, column, line, column]),
            ["selection", line, column, end_line, end_column] => {
                self.selection = range([line, column, end_line, end_column]);
            }
            _ => {}
        }
    }
}

/// Offsets are not known, and the editor does not ask for them.
fn range(words: [&str; 4]) -> Option<Range> {
    let [line, column, end_line, end_column] = words.map(|word| word.parse().ok());
    let place = |line, column| Place { line, column, offset: 0 };
    Some(Range { start: place(line?, column?), end: place(end_line?, end_column?) })
}

impl State {
    /// What a link to the page as it is holds; the editor adds what is selected.
    #[must_use]
    pub fn link(&self) -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut push = |row: &[&str]| rows.push(row.iter().map(|word| (*word).to_owned()).collect());
        push(&["text", &self.text]);
        if self.file != text::FILE {
            push(&["name", &self.file]);
        }
        let given = &self.given;
        match &given.pushed {
            Pushed::Branch(name) => push(&["branch", name]),
            Pushed::Tag(name) => push(&["tag", name]),
        }
        if let Some(source) = &given.trigger_source {
            push(&["trigger_source", source]);
        }
        if let Some(name) = &given.schedule {
            push(&["schedule", name]);
        }
        for (name, value) in &given.parameters {
            push(&["parameters", name, value]);
        }
        for (name, value) in &given.continuation_parameters {
            push(&["continuation_parameters", name, value]);
        }
        for orb in &given.orbs {
            push(&["orbs", &orb.reference, &orb.name, &orb.text]);
        }
        if let Some(file) = &given.continuation {
            push(&["continuation", &file.name, &file.text]);
        }
        push(&["tab", self.view.name()]);
        if let Some(workflow) = self.shown_workflow() {
            push(&["workflow", &workflow.name]);
        }
        rows.extend(self.layers_row());
        let run = self.run.words();
        if !run.is_empty() {
            rows.push(std::iter::once("run".to_owned()).chain(run).collect());
        }
        rows
    }

    pub(super) fn link_wanted(&mut self) -> Vec<Effect> {
        self.popover = Some(Popover::Share);
        vec![Effect::Share { at_once: true }]
    }

    /// The page was opened with a link: what the last visit kept is one button away.
    pub(super) fn started_with(&mut self, link: Link) {
        let kept = std::mem::replace(&mut self.text, Rc::clone(&link.text));
        self.notice = text::is_own(&kept).then(|| Notice::Replaced {
            by: LINK.to_owned(),
            previous: kept,
            file: self.file.clone(),
            given: Some(Rc::clone(&self.given)),
        });
        self.given = Rc::new(link.given);
        self.linked = true;
        self.file = link.file.unwrap_or_else(|| text::FILE.to_owned());
        self.run = link.run;
        self.show_view(link.view);
        self.chosen_layers = link.layers;
        self.wanted_workflow = link.workflow;
        self.opening.extend(link.selection.map(|range| Effect::Reveal { range, focus: false }));
    }

    /// A link is opened in the page: it stays in the address, so that the browser's Back leads to it.
    pub(super) fn link_opened(&mut self, link: Link) -> Vec<Effect> {
        let before = std::mem::replace(&mut self.given, Rc::new(link.given));
        let file = link.file.unwrap_or_else(|| text::FILE.to_owned());
        let mut effects = if link.text == self.text {
            self.file = file;
            self.rev = self.rev.wrapping_add(1);
            let mut effects = vec![Effect::Publish];
            effects.extend(self.ask());
            effects
        } else {
            self.exchanged(link.text, file, LINK.to_owned())
        };
        if let Some(Notice::Replaced { given, .. }) = &mut self.notice {
            *given = Some(before);
        }
        effects.extend(self.run_replaced(link.run));
        self.show_view(link.view);
        self.chosen_layers = link.layers;
        self.wanted_workflow = link.workflow;
        self.linked = true;
        effects.extend(link.selection.map(|range| Effect::Reveal { range, focus: false }));
        effects
    }
}

impl State {
    /// A narrow window shows one pane at a time: the one that was meant, where it is not the usual one.
    fn show_view(&mut self, view: View) {
        self.view = view;
        if view != View::default() || self.run.is_open {
            self.pane = Pane::Graph;
        }
    }
}

/// What took the place of the text.
const LINK: &str = "the one in the link";
