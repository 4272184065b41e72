use yew::{Html, html};

/// A message with the names in its backticks set as code.
pub(super) fn prose(message: &str) -> Html {
    let parts = message.split('`').enumerate().map(|(index, part)| {
        if index % 2 == 1 {
            html! { <code>{ part.to_owned() }</code> }
        } else {
            html! { { part.to_owned() } }
        }
    });
    html! { <>{ for parts }</> }
}
