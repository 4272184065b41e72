//! `lesson.md`: a title (`# …`), what stands before the steps, and a task for each step (`## …`).

use super::{Fault, TEXT_FILE};

#[derive(Debug)]
pub(super) struct Prose {
    pub(super) title: String,
    pub(super) intro: String,
    /// Titles and tasks.
    pub(super) steps: Vec<(String, String)>,
}

pub(super) fn read(text: &str) -> Result<Prose, Fault> {
    let (mut title, mut intro) = (None, String::new());
    let mut steps: Vec<(String, String)> = Vec::new();
    // The marks that opened a block of code. `#` opens a comment in there, and no step.
    let mut fence: Option<&str> = None;
    for line in text.trim_start_matches('\u{feff}').lines() {
        let marks = fence_of(line);
        fence = match (fence, marks) {
            (None, opening) => opening,
            // Closed by as many of the same marks with nothing behind them.
            (Some(open), Some(marks)) if marks.starts_with(open) && line.trim() == marks => None,
            (open, _) => open,
        };
        let heading = |marks: &str| line.strip_prefix(marks).filter(|_| fence.is_none()).map(str::trim);
        if let Some(words) = heading("## ") {
            steps.push((words.to_owned(), String::new()));
        } else if let Some(words) = heading("# ").filter(|_| title.is_none()) {
            title = Some(words.to_owned());
        } else {
            let place = steps.last_mut().map_or(&mut intro, |(_, task)| task);
            place.push_str(line);
            place.push('\n');
        }
    }
    let Some(title) = title else {
        return Err(Fault::new(TEXT_FILE, "There is no title: a line such as `# Your first job`"));
    };
    Ok(Prose { title, intro, steps })
}

/// The marks with which a line opens or closes a block of code.
fn fence_of(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let end = line.find(|c| c != mark).unwrap_or(line.len());
    line.get(..end).filter(|marks| marks.len() >= 3)
}
