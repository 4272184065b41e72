//! The configs one can start from. The texts are in `www/examples`.

/// A config and what it shows.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub name: &'static str,
    /// One line for the menu.
    pub about: &'static str,
    pub text: &'static str,
}

/// In the order of the menu; the first one is there on a first visit.
pub const EXAMPLES: [Example; 6] = [
    Example {
        name: "A Go project",
        about: "One job prepares, two jobs follow",
        text: include_str!("../../www/examples/go-project.yml"),
    },
    Example {
        name: "A job left out",
        about: "The same project; one job never runs",
        text: include_str!("../../www/examples/job-left-out.yml"),
    },
    Example {
        name: "Fan-out and fan-in",
        about: "Many jobs at once, then one that waits for all",
        text: include_str!("../../www/examples/fan-out.yml"),
    },
    Example {
        name: "A matrix",
        about: "One job for each version and database",
        text: include_str!("../../www/examples/matrix.yml"),
    },
    Example {
        name: "Approval and release",
        about: "A person decides; a failure rolls back",
        text: include_str!("../../www/examples/approval.yml"),
    },
    Example {
        name: "A broken one",
        about: "Six mistakes that are easy to make",
        text: include_str!("../../www/examples/broken.yml"),
    },
];
