use std::fmt;

/// What is wrong with a lesson, for whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file of the lesson.
    pub file: &'static str,
    /// From 1; nothing where it is about the whole file, or about something that is not there.
    pub line: Option<usize>,
    pub message: String,
}

impl Fault {
    pub(super) fn new(file: &'static str, message: impl Into<String>) -> Self {
        Self { file, line: None, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}: {}", self.file, self.message),
            None => write!(out, "{}: {}", self.file, self.message),
        }
    }
}
