use super::button::says;
use crate::app::browser::{scrolled, set_property, size};
use crate::app::highlight::pieces;
use crate::app::hooks::use_size;
use crate::app::state::{Action, CompiledView, Row};
use std::rc::Rc;
use web_sys::Element;
use yew::{
    Callback, Event, Html, KeyboardEvent, NodeRef, Properties, component, html, use_effect_with,
    use_node_ref, use_state_eq,
};

/// Height of a row in px; `compiled.css` has the same.
pub(super) const ROW_HEIGHT: u32 = 20;
/// So many rows are drawn above and below those in sight, so that scrolling a little draws nothing.
const AROUND: usize = 24;
/// So many characters of a line are drawn. A longer one would make scrolling slow, and nobody reads it.
const LONGEST: usize = 2_000;

#[derive(Properties)]
pub(super) struct CompiledProps {
    pub view: Rc<CompiledView>,
    /// The row that is looked at.
    pub row: Option<usize>,
    /// The rows that come from the caret's line.
    pub derived: Rc<[usize]>,
    /// It is not that of the text as it is.
    pub kept: bool,
    pub act: Callback<Action>,
}

impl PartialEq for CompiledProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
            && Rc::ptr_eq(&self.derived, &other.derived)
            && (self.row, self.kept) == (other.row, other.kept)
    }
}

/// The compiled text as a list of lines. However long it is, only what is in sight is drawn.
#[component]
pub(super) fn Compiled(props: &CompiledProps) -> Html {
    let CompiledProps { view, row, derived, kept, act } = props;
    let (area, sheet) = (use_node_ref(), use_node_ref());
    let count = view.rows();
    // In steps, so that most scroll events change nothing.
    let first = use_state_eq(|| 0);
    let window = use_state_eq(|| 60);
    {
        let window = window.setter();
        use_size(area.clone(), Callback::from(move |(_, height)| window.set(rows_in(height))));
    }
    // A shorter text may end above the rows that were in sight.
    let from = (*first).min(count.saturating_sub(1)) / AROUND * AROUND;
    let from = from.saturating_sub(AROUND);
    let to = (from + *window + 3 * AROUND).min(count);
    {
        let sheet = sheet.clone();
        use_effect_with((from, count), move |&(from, count)| {
            if let Some(sheet) = sheet.cast::<Element>() {
                set_property(&sheet, "--above", &from.to_string());
                set_property(&sheet, "--rows", &count.to_string());
            }
        });
    }
    let scroll = {
        let (area, first) = (area.clone(), first.setter());
        Callback::from(move |_: Event| {
            if let Some(area) = area.cast::<Element>() {
                first.set(rows_in(scrolled(&area)) / AROUND * AROUND);
            }
        })
    };
    let is_derived = |row: usize| derived.binary_search(&row).is_ok();
    let rows =
        (from..to).filter_map(|at| Some(draw(at, view.row(at)?, *row == Some(at), is_derived(at), act)));
    html! {
        <div class="compiled" role="listbox" tabindex="0" aria-label="Compiled config, read-only" data-first-focus=""
            aria-activedescendant={row.filter(|at| (from..to).contains(at)).map(row_id)} data-kept={kept.to_string()}
            data-compiled-rev={view.rev.to_string()} data-rows={count.to_string()} ref={area.clone()}
            onscroll={scroll} onkeydown={keyboard(area, *row, count, act)}>
            <div class="compiled-sheet" role="none" ref={sheet}>{ for rows }</div>
        </div>
    }
}

fn draw(at: usize, row: Row<'_>, is_chosen: bool, is_derived: bool, act: &Callback<Action>) -> Html {
    let (number, text, literal, from) = match row {
        Row::Title(file) => {
            return html! {
                <div key={at} class="compiled-title" role="option" aria-selected={is_chosen.to_string()} id={row_id(at)}
                    data-continuation="">{ format!("Continuation: {file}") }</div>
            };
        }
        Row::Line { number, text, literal, from, .. } => (number, text, literal, from),
    };
    let follow = says(act, move || Action::RowFollowed { row: at, by_key: false });
    let short = shortened(text);
    let code = pieces(short, literal).into_iter().map(|(piece, text)| match piece.class() {
        Some(class) => html! { <span {class}>{ text.to_owned() }</span> },
        None => html! { { text.to_owned() } },
    });
    html! {
        <div key={at} class="compiled-line" role="option" id={row_id(at)} aria-selected={is_chosen.to_string()}
            aria-current={is_derived.then_some("true")} data-derived={is_derived.then_some("")}
            data-synthetic={from.sources.is_empty().then_some("")} data-compiled-line={number.to_string()} onclick={follow}>
            <span class="line-number" aria-hidden="true">{ number }</span>
            <code>{ for code }if short.len() < text.len() { <span class="faint">{ " … cut" }</span> }</code>
        </div>
    }
}

/// Up and down among the lines; Enter goes to the text.
fn keyboard(
    area: NodeRef,
    row: Option<usize>,
    count: usize,
    act: &Callback<Action>,
) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let (seen, page) = area.cast::<Element>().map_or((0, 1), |area| {
            (rows_in(scrolled(&area) + f64::from(ROW_HEIGHT) - 1.0), rows_in(size(&area).1).max(2) - 1)
        });
        let next = match (event.key().as_str(), row) {
            ("Enter" | " ", Some(row)) => {
                event.prevent_default();
                return act.emit(Action::RowFollowed { row, by_key: true });
            }
            ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp", None) => seen,
            ("ArrowDown", Some(row)) => row + 1,
            ("ArrowUp", Some(row)) => row.saturating_sub(1),
            ("PageDown", Some(row)) => row + page,
            ("PageUp", Some(row)) => row.saturating_sub(page),
            ("Home", _) => 0,
            ("End", _) => count.saturating_sub(1),
            _ => return,
        };
        event.prevent_default();
        act.emit(Action::RowChosen(next));
    })
}

fn row_id(row: usize) -> String {
    format!("compiled-{row}")
}

/// Whole rows in a height of px.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a height is no negative number, and small"
)]
fn rows_in(height: f64) -> usize {
    (height.max(0.0) / f64::from(ROW_HEIGHT)) as usize
}

fn shortened(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end])
}
