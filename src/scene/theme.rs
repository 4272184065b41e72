//! Colours of the SVG text. Scenes have none; the page has its own style sheet with the same tokens.

/// The colours of a written SVG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
    /// As the reader's system has it (`prefers-color-scheme`).
    #[default]
    Auto,
}

/// One theme's values.
struct Palette {
    plane: &'static str,
    surface: &'static str,
    raised: &'static str,
    text: &'static str,
    muted: &'static str,
    border: &'static str,
    accent: &'static str,
    edge: &'static str,
    workspace: &'static str,
    cache: &'static str,
    error: &'static str,
    warning: &'static str,
    /// Fill and ink.
    hold: (&'static str, &'static str),
    idle: (&'static str, &'static str),
}

const LIGHT: Palette = Palette {
    plane: "#F3F5F8",
    surface: "#FFFFFF",
    raised: "#E9EDF3",
    text: "#14181F",
    muted: "#48515F",
    border: "#76808F",
    accent: "#0B57D0",
    edge: "#4A5568",
    workspace: "#0B6E75",
    cache: "#8A4B08",
    error: "#B3261E",
    warning: "#7A4B00",
    hold: ("#F2E8FC", "#7A3EB8"),
    idle: ("#EEF1F5", "#5B6575"),
};

const DARK: Palette = Palette {
    plane: "#0E1420",
    surface: "#151D2B",
    raised: "#1F2A3C",
    text: "#F1F4F9",
    muted: "#B3BCCB",
    border: "#748198",
    accent: "#8AB4FF",
    edge: "#9AA7BC",
    workspace: "#4FD1D9",
    cache: "#F0A860",
    error: "#FF8A80",
    warning: "#F2B95C",
    hold: ("#2C1D42", "#D0A3FF"),
    idle: ("#222C3C", "#98A3B5"),
};

/// What does not depend on the theme. Every rule is under `.dryrun`, so that an SVG pasted into a page leaves
/// the page alone.
const SHAPES: &str = "\
.dryrun text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}\
.dryrun .label{font-size:14px;font-weight:600}\
.dryrun .heading{font-size:16px;font-weight:600}\
.dryrun .caption{font-size:12px}\
.dryrun .outline,.dryrun .inner{stroke-width:1.5}\
.dryrun .inner,.dryrun .icon,.dryrun .glyph,.dryrun .line,.dryrun .sign{fill:none}\
.dryrun .icon,.dryrun .glyph{stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}\
.dryrun .sign{stroke-width:2;stroke-linecap:round}\
.dryrun .mark{stroke-width:2;stroke-linejoin:round}\
.dryrun .opaque .outline,.dryrun .missing .outline{stroke-dasharray:5 4}\
.dryrun .line{stroke-width:1.5;stroke-linejoin:round}\
.dryrun .workspace .line{stroke-width:2.5;stroke-dasharray:8 4}\
.dryrun .cache .line{stroke-width:2}\
.dryrun .earlier .line{stroke-dasharray:2 4}\
.dryrun .slot rect{stroke-width:1.5}\
.dryrun .slot text{text-anchor:middle}\
.dryrun .broken .line{stroke-width:2}\
.dryrun .pill rect{stroke-width:1}\
.dryrun .pill text{text-anchor:middle}";

/// The style sheet.
pub(super) fn style(theme: Theme) -> String {
    let colours = match theme {
        Theme::Light => LIGHT.rules(),
        Theme::Dark => DARK.rules(),
        Theme::Auto => format!("{}@media (prefers-color-scheme:dark){{{}}}", LIGHT.rules(), DARK.rules()),
    };
    format!("{SHAPES}{colours}")
}

impl Palette {
    /// Plain colours, not custom properties: many programs that show SVG files do not know those.
    fn rules(&self) -> String {
        let mut rules = String::new();
        let mut rule = |selectors: &[&str], property: &str, value: &str| {
            for (index, selector) in selectors.iter().enumerate() {
                rules += if index > 0 { "," } else { "" };
                rules += ".dryrun ";
                rules += selector;
            }
            rules.extend(["{", property, ":", value, "}"]);
        };
        rule(&[".plane"], "fill", self.plane);
        rule(&[".heading", ".label"], "fill", self.text);
        rule(&[".caption"], "fill", self.muted);
        rule(&[".outline"], "fill", self.surface);
        rule(&[".outline", ".inner"], "stroke", self.border);
        rule(&[".bar"], "fill", self.accent);
        rule(&[".icon", ".glyph"], "stroke", self.muted);
        rule(&[".requires .line"], "stroke", self.edge);
        rule(&[".requires .head"], "fill", self.edge);
        rule(&[".workspace .line"], "stroke", self.workspace);
        rule(&[".workspace .head"], "fill", self.workspace);
        rule(&[".cache .line"], "stroke", self.cache);
        rule(&[".cache .head"], "fill", self.cache);
        rule(&[".pill rect", ".slot rect"], "fill", self.raised);
        rule(&[".slot rect"], "stroke", self.cache);
        rule(&[".pill rect"], "stroke", self.edge);
        rule(&[".pill .caption", ".slot .caption"], "fill", self.text);
        rule(&[".approval .outline"], "fill", self.hold.0);
        rule(&[".approval .outline", ".approval .icon"], "stroke", self.hold.1);
        rule(&[".approval .bar"], "fill", self.hold.1);
        rule(&[".no-op .outline"], "fill", self.idle.0);
        rule(&[".no-op .bar", ".lock .bar", ".unlock .bar", ".opaque .bar"], "fill", self.idle.1);
        rule(&[".missing .outline", ".missing .icon", ".broken .line"], "stroke", self.error);
        rule(&[".missing .bar", ".broken .head", ".missing .label", ".error .mark"], "fill", self.error);
        rule(&[".warning .mark"], "fill", self.warning);
        rule(&[".info .mark", ".hint .mark"], "fill", self.accent);
        rule(&[".mark", ".sign"], "stroke", self.plane);
        rules
    }
}
