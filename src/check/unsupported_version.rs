use super::suggestion::{closest, rename, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::{SourceId, Span};

declare_check! {
    /// ## What it does
    ///
    /// Finds a config whose `version` is missing or is none that CircleCI takes: `2.1`, `2.0` or `2`, with or
    /// without quotes. An empty config is found too, and one of version 2.0 that says `setup: true`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the config and looks at nothing else in it: `Unsupported or missing workflows config
    /// version`.
    ///
    /// ## How to fix
    ///
    /// Write this as the first line:
    ///
    /// ```yaml
    /// version: 2.1
    /// ```
    UNSUPPORTED_VERSION = "unsupported-version", Error, since "0.1.0"; run
}

const COMPILER: &str = "CircleCI: `Unsupported or missing workflows config version`";

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let add = |span, message: String, fix| {
        Diagnostic::error(UNSUPPORTED_VERSION.id, span, message).with_help(COMPILER).with_fix(fix)
    };
    let start = Span::new(SourceId(0), 0..0);
    let Some(root) = &context.config.root else {
        return found.push(add(start, "the config is empty".to_owned(), None));
    };
    if root.is_null() {
        return found.push(add(start, "the config is empty".to_owned(), None));
    }
    let Some(mapping) = root.as_mapping() else { return };
    match (&context.config.version, root.field("version")) {
        (Some(version), _) if version.is_2_0() && context.config.is_setup() => {
            let setup = root.field("setup").map_or(version.node.span(), |field| field.key.span());
            let message = format!("`setup` needs version 2.1, and this is {}", shown(&version.text));
            let fix = Fix::replace(version.node.span(), "2.1", "change to `2.1`");
            found.push(
                Diagnostic::error(UNSUPPORTED_VERSION.id, setup, message)
                    .with_help("Configs that are continued are of version 2.1")
                    .with_fix(Some(fix)),
            );
        }
        (Some(version), _) if version.is_supported() => {}
        (Some(version), _) => {
            let span = version.node.span();
            // Version 1 had other keys: there is more to change than the number.
            let fix = (!version.text.starts_with('1') && !span.is_empty())
                .then(|| Fix::replace(span, "2.1", "change to `2.1`"));
            let field = root.field("version").map_or(span, |field| field.key.span());
            let at = if span.is_empty() { field } else { span };
            found.push(add(at, format!("{} is no version of a config", shown(&version.text)), fix));
        }
        (None, Some(field)) => {
            let message = "a version is `2.1`, `2.0` or `2`".to_owned();
            found.push(add(field.key.span(), message, None));
        }
        (None, None) => {
            let at = Span { end: root.span().start, ..root.span() };
            let fix =
                (!mapping.flow).then(|| Fix::replace(at, "version: 2.1\n", "put `version: 2.1` in front"));
            let first = mapping.entries.first().map_or(start, |entry| entry.key.span());
            let slip = mapping.entries.iter().find_map(|entry| {
                let key = entry.key.text()?;
                (closest(key, ["version"]).is_some() && entry.value.as_scalar().is_some())
                    .then_some((key, entry))
            });
            match slip {
                Some((key, entry)) => {
                    let at = entry.key.span();
                    let message =
                        format!("{} means nothing here: a config begins with `version`", shown(key));
                    found.push(add(at, message, rename(context.sources, at, key, "version")));
                }
                None => found.push(add(first, "the config has no `version`".to_owned(), fix)),
            }
        }
    }
}
