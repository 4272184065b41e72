use super::body::{Once, bodies};
use super::suggestion::{reworded, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};

declare_check! {
    /// ## What it does
    ///
    /// Finds caches that are to be kept for more than 15 days.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler accepts up to 30 days, and its documentation says that 15 is the longest time for
    /// which anything is kept.
    ///
    /// ## How to fix
    ///
    /// Write `15d` or less:
    ///
    /// ```yaml
    /// retention:
    ///   caches: 15d
    /// ```
    LONG_RETENTION = "long-retention", Warning, since "0.1.0"; run
}

/// The longest time for which caches are kept, in days.
const MOST_DAYS: u32 = 15;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        let Some(time) = body.part.get("retention").and_then(|retention| retention.get("caches")) else {
            continue;
        };
        let text = time.text().unwrap_or_default();
        let days = text.strip_suffix('d').and_then(|days| days.parse::<u32>().ok());
        // More than 30 days are an error of their own.
        if days.is_some_and(|days| (MOST_DAYS + 1..=30).contains(&days)) && once.first(time.span()) {
            let message = format!("caches are not kept for {}", shown(&text));
            let fix = reworded(context.sources, time.span(), &text, &format!("{MOST_DAYS}d"))
                .map(Fix::behaviour_changing);
            found.push(
                Diagnostic::warning(LONG_RETENTION.id, time.span(), message)
                    .with_help(format!("{MOST_DAYS} days are the most"))
                    .with_fix(fix),
            );
        }
    }
}
