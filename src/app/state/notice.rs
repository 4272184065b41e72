use super::Use;
use crate::worker::Given;
use std::rc::Rc;

/// A sentence over the panes, until it is closed.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// Another text took the place of the one that was there; that one can be brought back.
    Replaced {
        by: String,
        previous: Rc<str>,
        file: String,
        /// What it was looked at with, where that was replaced too.
        given: Option<Rc<Given>>,
    },
    /// The link that was opened cannot be read; why.
    BrokenLink(String),
    /// A file was not taken; why.
    Refused(String),
    /// A file was dropped that may be something else than a config.
    Offered { name: String, text: Rc<str>, uses: Vec<Use> },
    /// The engine did not answer in time.
    Hung,
}

impl Notice {
    /// What to say.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Replaced { by, .. } => format!("Your text was replaced by {by}."),
            Self::Refused(why) => why.clone(),
            Self::BrokenLink(why) => format!(
                "This link cannot be opened: {why}. Links are easily cut off when they are copied, so ask for it \
                 again, or for the file. Your own text is unchanged."
            ),
            Self::Offered { name, .. } => format!("What is {name}?"),
            Self::Hung => {
                "Checking this text took longer than 2 seconds and was stopped. The engine has been \
                           restarted; your next edit will be checked."
                    .to_owned()
            }
        }
    }
}
