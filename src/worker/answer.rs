use super::{Body, Request, RequestKind, Response};
use crate::analysis::analyze;
use crate::compile::Inputs;
use crate::report::Report;
use crate::scene::{Theme, svg};
use crate::text::{Encoding, Sources};

/// Does what a request asks for. The page counts columns in UTF-16 units, so positions are made in those.
#[must_use]
pub fn answer(request: Request) -> Response {
    let body = match request.kind {
        RequestKind::Analyze { name, text } => {
            let sources = Sources::new(name, text);
            let analysis = analyze(&sources, &Inputs::default());
            Body::Report(Box::new(Report::of(&analysis, Encoding::Utf16)))
        }
        RequestKind::Svg { scene, dark } => {
            Body::Svg(svg(&scene, if dark { Theme::Dark } else { Theme::Light }))
        }
    };
    Response { rev: request.rev, body }
}
