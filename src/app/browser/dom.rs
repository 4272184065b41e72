//! Elements: their size, focus and scroll position, keys and the clipboard.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, EventTarget, FocusOptions, HtmlElement, KeyboardEvent, ResizeObserver, ShadowRoot, WheelEvent,
};

/// A key with its modifiers, as the browser names it.
#[derive(Clone, Debug)]
pub struct Shortcut {
    pub name: String,
    /// Ctrl, or ⌘.
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
}

/// Hears keys before anything inside `root` does: where the element is the whole page, also those that nothing
/// inside has the focus for. Dropping it ends that.
#[derive(Debug)]
pub struct Keys {
    _listener: EventListener,
}

impl Keys {
    /// `take` says whether the key was for it; then nobody else hears it.
    pub fn hear(root: &Element, take: impl Fn(Shortcut) -> bool + 'static) -> Self {
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let listener = EventListener::new_with_options(&reach(root), "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            let shortcut = Shortcut {
                name: event.key(),
                ctrl: event.ctrl_key() || event.meta_key(),
                shift: event.shift_key(),
                alt: event.alt_key(),
            };
            if take(shortcut) {
                event.prevent_default();
                event.stop_propagation();
            }
        });
        Self { _listener: listener }
    }
}

/// The document for `<dry-run page>`; in somebody else's page, the element alone.
fn reach(root: &Element) -> EventTarget {
    let host = root.get_root_node().dyn_into::<ShadowRoot>().map(|shadow| shadow.host());
    let is_page = host.is_ok_and(|host| host.has_attribute("page"));
    root.owner_document().filter(|_| is_page).map_or_else(|| root.clone().into(), Into::into)
}

/// Hears the wheel turned with Ctrl held, which also is a pinch on a touch pad. Dropping it ends that.
#[derive(Debug)]
pub struct Wheel {
    _listener: EventListener,
}

impl Wheel {
    /// `turned` gets the turn (up is negative) and the place in the window, in px.
    pub fn hear(area: &Element, turned: impl Fn(f64, (f64, f64)) + 'static) -> Self {
        let options = EventListenerOptions { phase: EventListenerPhase::Bubble, passive: false };
        let listener = EventListener::new_with_options(area, "wheel", options, move |event| {
            let Some(event) = event.dyn_ref::<WheelEvent>().filter(|event| event.ctrl_key()) else { return };
            // Else the browser would zoom the whole page.
            event.prevent_default();
            turned(event.delta_y(), (f64::from(event.client_x()), f64::from(event.client_y())));
        });
        Self { _listener: listener }
    }
}

/// Tells the inner size of an element, in px, now and whenever it changes. Dropping it ends that.
#[derive(Debug)]
pub struct Resizes {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut(Array)>,
}

impl Resizes {
    /// Nothing where the browser has no such observer.
    pub fn watch(element: &Element, told: impl Fn(f64, f64) + 'static) -> Option<Self> {
        let watched = element.clone();
        let changed = Closure::<dyn FnMut(Array)>::new(move |_: Array| {
            let (width, height) = size(&watched);
            told(width, height);
        });
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _changed: changed })
    }
}

impl Drop for Resizes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Inner width and height without scroll bars, in px.
pub fn size(element: &Element) -> (f64, f64) {
    (f64::from(element.client_width()), f64::from(element.client_height()))
}

/// How far `x` (from the left edge of the window) is into `element`, as a part of its width.
pub fn width_before(element: &Element, x: f64) -> f64 {
    let area = element.get_bounding_client_rect();
    if area.width() > 0.0 { (x - area.left()) / area.width() } else { 0.0 }
}

/// The middle of what `area` shows, in the window's px.
pub fn middle(area: &Element) -> (f64, f64) {
    let area = area.get_bounding_client_rect();
    (area.left() + area.width() / 2.0, area.top() + area.height() / 2.0)
}

/// Left and top of `element` in the window's px.
pub fn corner(element: &Element) -> (f64, f64) {
    let area = element.get_bounding_client_rect();
    (area.left(), area.top())
}

pub fn query(root: &Element, selector: &str) -> Option<Element> {
    root.query_selector(selector).ok().flatten()
}

/// Moves the keyboard focus without scrolling anything.
pub fn focus(element: &Element) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An SVG element has the method too, but not the class.
    let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}

/// Sets a CSS variable: a `style` attribute would be refused by our policy, this is not.
pub fn set_property(element: &Element, name: &str, value: &str) {
    let _ = element.unchecked_ref::<HtmlElement>().style().set_property(name, value);
}

/// Moves what `area` shows.
pub fn scroll_by(area: &Element, x: f64, y: f64) {
    // Whole px are all a scroll position of this interface knows.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a scroll distance fits, and saturates if it does not"
    )]
    let (x, y) = (x.round() as i32, y.round() as i32);
    area.set_scroll_left(area.scroll_left() + x);
    area.set_scroll_top(area.scroll_top() + y);
}

/// Shows the right end of what `area` holds.
pub fn scroll_to_end(area: &Element) {
    area.set_scroll_left(area.scroll_width());
}

/// Scrolls `area` so far that `element` is inside, with a margin; not at all if it is.
pub fn bring_into_view(area: &Element, element: &Element) {
    const MARGIN: f64 = 24.0;
    let (outer, inner) = (area.get_bounding_client_rect(), element.get_bounding_client_rect());
    if outer.width() <= 0.0 || outer.height() <= 0.0 {
        return;
    }
    let by = |start: f64, end: f64, first: f64, last: f64| {
        if first < start {
            first - start - MARGIN
        } else if last > end {
            (last - end + MARGIN).min(first - start - MARGIN)
        } else {
            0.0
        }
    };
    scroll_by(
        area,
        by(outer.left(), outer.right(), inner.left(), inner.right()),
        by(outer.top(), outer.bottom(), inner.top(), inner.bottom()),
    );
}

/// Moves the focus to the next `[data-region]` that is shown, or to the one before.
pub fn step_region(root: &Element, forward: bool) {
    let Ok(list) = root.query_selector_all("[data-region]") else { return };
    // One in which nothing takes the focus, as a list of no problems, would keep it where it is.
    let regions: Vec<(Element, Element)> = (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into::<Element>().ok())
        .filter(|region| region.client_width() > 0)
        .filter_map(|region| Some((first_stop(&region)?, region)))
        .collect();
    let active = active(root);
    let here = regions.iter().position(|(_, region)| region.contains(active.as_ref().map(AsRef::as_ref)));
    let count = regions.len();
    let next = match here {
        Some(at) if forward => at + 1,
        Some(at) => at + count.saturating_sub(1),
        None => 0,
    };
    if let Some((stop, _)) = next.checked_rem(count).and_then(|at| regions.get(at)) {
        focus(stop);
    }
}

/// Where the focus goes in a region: to what it is about, rather than to the buttons above that.
fn first_stop(region: &Element) -> Option<Element> {
    let stops = [
        "[data-first-focus], .cm-content",
        "[data-spot][tabindex='0']",
        "[tabindex='0'], button:not([disabled])",
    ];
    stops.iter().find_map(|stop| query(region, stop))
}

/// What has the focus, where that is anything of the page's.
pub fn active(root: &Element) -> Option<Element> {
    root.get_root_node().dyn_ref::<ShadowRoot>().and_then(ShadowRoot::active_element)
}

/// Whether the document is shown dark, by choice or by the system.
pub fn is_dark(root: &Element) -> bool {
    let document = root.owner_document().and_then(|document| document.document_element());
    document.and_then(|html| html.get_attribute("data-theme")).is_some_and(|theme| theme == "dark")
}

/// Keeps the pointer's moves with `element` until it is let go.
pub fn capture_pointer(element: &Element, pointer: i32) {
    // Fails where the pointer is up already: then there is nothing to keep.
    let _ = element.set_pointer_capture(pointer);
}

/// Puts `text` on the clipboard; `done` hears whether that worked.
pub fn copy_text(text: &str, done: impl FnOnce(bool) + 'static) {
    let Some(window) = web_sys::window() else { return done(false) };
    let clipboard = window.navigator().clipboard();
    // Without a secure context there is no clipboard, whatever the type says.
    if clipboard.is_undefined() {
        return done(false);
    }
    let written = wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text));
    wasm_bindgen_futures::spawn_local(async move { done(written.await.is_ok()) });
}

/// Whether the reader wants things not to move.
pub fn is_still() -> bool {
    let query = "(prefers-reduced-motion: reduce)";
    let asked = web_sys::window().and_then(|window| window.match_media(query).ok().flatten());
    asked.is_some_and(|answer| answer.matches())
}
