use yew::{Html, html};

/// A drawing in a field of 16 × 16 px, in strokes of the text's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Icon {
    Logo,
    Chevron,
    Lesson,
    Folder,
    Download,
    Shield,
    Sun,
    Moon,
    Screen,
    Close,
    Minus,
    Plus,
    Fit,
    Tick,
    Octagon,
    Triangle,
    Dot,
    Code,
    Graph,
    List,
    Compiled,
    Copy,
    Branch,
    Tag,
    Box,
    Share,
    Play,
    Pause,
    Back,
    Forward,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Logo => "M8 1.5 14.5 8 8 14.5 1.5 8Z M5 8h6 M8.7 5.7 11 8 8.7 10.3",
            Self::Chevron => "M4.5 6.5 8 10l3.5-3.5",
            Self::Lesson => {
                "M8 3.8C6.5 2.7 4.5 2.5 1.8 2.8v9.6c2.7-.3 4.7 0 6.2 1 1.5-1 3.5-1.3 6.2-1V2.8C11.5 2.5 9.5 2.7 8 3.8Z M8 3.8v9.6"
            }
            Self::Folder => "M1.8 12.7V3.3h4.4l1.6 2h6.4v7.4Z",
            Self::Download => "M8 2v8 M4.7 7 8 10.3 11.3 7 M2.5 13.5h11",
            Self::Shield => {
                "M8 1.6 13.4 3.6V8c0 3.3-2.2 5.4-5.4 6.5C4.8 13.4 2.6 11.3 2.6 8V3.6Z M5.6 8l1.7 1.7L10.5 6.4"
            }
            Self::Sun => {
                "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z M8 1v1.5 M8 13.5V15 M1 8h1.5 M13.5 8H15 M3.05 3.05l1.06 1.06 M11.89 11.89l1.06 1.06 M3.05 12.95l1.06-1.06 M11.89 4.11l1.06-1.06"
            }
            Self::Moon => "M13.6 9.7A6 6 0 0 1 6.3 2.4a6 6 0 1 0 7.3 7.3Z",
            Self::Screen => "M1.8 2.8h12.4v8H1.8Z M5.5 13.7h5 M8 10.8v2.9",
            Self::Close => "M4 4l8 8 M12 4l-8 8",
            Self::Minus => "M3.5 8h9",
            Self::Plus => "M3.5 8h9 M8 3.5v9",
            Self::Fit => "M2.5 6V2.5H6 M10 2.5h3.5V6 M13.5 10v3.5H10 M6 13.5H2.5V10",
            Self::Tick => "M3 8.5 6.5 12 13 4.5",
            Self::Octagon => "M5.3 1.7h5.4l3.6 3.6v5.4l-3.6 3.6H5.3L1.7 10.7V5.3Z M8 4.7v4 M8 11v.2",
            Self::Triangle => "M8 2 14.7 13.7H1.3Z M8 6.3v3.4 M8 11.6v.2",
            Self::Dot => "M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Z M8 7.4v3.2 M8 5.3v.2",
            Self::Code => "M5.5 4 1.5 8l4 4 M10.5 4l4 4-4 4",
            Self::Graph => {
                "M1.5 5.5h4v4h-4Z M10.5 1.5h4v4h-4Z M10.5 10.5h4v4h-4Z M5.5 7.5C8.5 7.5 7.5 3.5 10.5 3.5 M5.5 7.5c3 0 2 5 5 5"
            }
            Self::Compiled => "M2.5 2.5h11v11h-11Z M5 6h3 M5 8.5h6 M5 11h4",
            Self::Copy => "M5.5 5.5h8v8h-8Z M10.5 5.5v-3h-8v8h3",
            Self::Branch => {
                "M4.5 5.5v5 M4.5 2a1.7 1.7 0 1 1 0 3.5 1.7 1.7 0 0 1 0-3.5Z M4.5 10.5a1.7 1.7 0 1 1 0 3.5 1.7 1.7 0 0 1 0-3.5Z M11.5 2a1.7 1.7 0 1 1 0 3.5 1.7 1.7 0 0 1 0-3.5Z M11.5 5.5c0 3-4 2-7 5"
            }
            Self::Tag => "M2 2h5.5L14 8.5 8.5 14 2 7.5Z M5 4.7v.2",
            Self::Box => "M8 1.8 13.8 4.8v6.4L8 14.2l-5.8-3V4.8Z M2.2 4.8 8 7.8l5.8-3 M8 7.8v6.4",
            Self::Share => {
                "M6.5 9.5 9.5 6.5 M7.2 4.8 9 3a2.8 2.8 0 0 1 4 4l-1.8 1.8 M8.8 11.2 7 13a2.8 2.8 0 0 1-4-4l1.8-1.8"
            }
            Self::Play => "M4.5 2.5v11L13 8Z",
            Self::Pause => "M5 3v10 M11 3v10",
            Self::Back => "M12 3.5v9L5.5 8Z M3.5 3.5v9",
            Self::Forward => "M4 3.5v9L10.5 8Z M12.5 3.5v9",
            Self::List => "M5.5 4h9 M5.5 8h9 M5.5 12h9 M1.8 4h.4 M1.8 8h.4 M1.8 12h.4",
        }
    }

    /// Hidden from assistive technology: what it says stands beside it, or in the label of its button.
    pub(super) fn draw(self) -> Html {
        html! {
            <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <path d={self.path()} />
            </svg>
        }
    }
}
