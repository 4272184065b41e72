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
    let mut fenced = false;
    for line in text.trim_start_matches('\u{feff}').lines() {
        // `#` opens a comment in the code of a lesson, and no step.
        fenced ^= line.starts_with("```");
        let heading = |marks: &str| line.strip_prefix(marks).filter(|_| !fenced).map(str::trim);
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
