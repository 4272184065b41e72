use super::icon::Icon;
use crate::report::Severity;
use yew::{Html, html};

/// The mark of a severity: told by its shape, not by its colour alone.
pub(super) fn severity_mark(severity: Severity) -> Html {
    let icon = match severity {
        Severity::Error => Icon::Octagon,
        Severity::Warning => Icon::Triangle,
        Severity::Info | Severity::Hint => Icon::Dot,
    };
    html! { <span class="severity" data-tone={severity.name()} title={severity.name()}>{ icon.draw() }</span> }
}
