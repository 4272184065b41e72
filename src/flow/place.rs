/// A directory or file on the disk of a job: an absolute path without `.` and `..`, or one below `~` where
/// nobody knows whose home that is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(String);

impl Place {
    /// Where `text` is, for a user with this `home` in `working_directory`. Nothing for a relative path
    /// without a known working directory, and for what only the run knows (`$HOME/x`, `C:\x`).
    #[must_use]
    pub fn resolve(text: &str, working_directory: Option<&Self>, home: Option<&str>) -> Option<Self> {
        if text.is_empty() || text.contains(['$', '\\', '%']) || text.contains("<<") || text.contains("{{") {
            return None;
        }
        if text.starts_with('/') {
            return Some(Self("/".to_owned()).join(text));
        }
        let start = match text.split_once('/').map_or(text, |(first, _)| first) {
            "~" => Self(home.unwrap_or("~").to_owned()),
            first if first.starts_with('~') || first.contains(':') => return None,
            _ => return Some(working_directory?.join(text)),
        };
        Some(start.join(text.trim_start_matches('~')))
    }

    /// `path` below this place, whether or not it starts with a slash. `..` leads out again, up to the top.
    #[must_use]
    pub fn join(&self, path: &str) -> Self {
        let mut joined = self.0.clone();
        for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
            if part == ".." {
                let up = joined.rfind('/').unwrap_or(joined.len());
                joined.truncate(up.max(usize::from(joined.starts_with('/'))));
            } else {
                if !joined.ends_with('/') {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
        Self(joined)
    }

    /// Whether `other` is this place or below it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.inside(other).is_some()
    }

    /// The way from this place to `other`, below it: without a slash in front, empty for the place itself.
    #[must_use]
    pub fn inside<'a>(&self, other: &'a Self) -> Option<&'a str> {
        let rest = other.0.strip_prefix(&self.0)?;
        match rest.strip_prefix('/') {
            Some(rest) => Some(rest),
            None if rest.is_empty() || self.0 == "/" => Some(rest),
            None => None,
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    fn place(text: &str) -> Option<String> {
        let working_directory = Place("/home/circleci/project".to_owned());
        Place::resolve(text, Some(&working_directory), Some("/home/circleci")).map(|place| place.0)
    }

    #[test]
    fn paths_are_resolved_against_home_and_working_directory() {
        assert_eq!(place("."), Some("/home/circleci/project".to_owned()));
        assert_eq!(place("./a//b/../c/"), Some("/home/circleci/project/a/c".to_owned()));
        assert_eq!(place("~"), Some("/home/circleci".to_owned()));
        assert_eq!(place("~/.npm"), Some("/home/circleci/.npm".to_owned()));
        assert_eq!(place("/go/../../tmp"), Some("/tmp".to_owned()));
        assert_eq!(place("../x"), Some("/home/circleci/x".to_owned()));
    }

    #[test]
    fn what_only_the_run_knows_is_nowhere() {
        for text in ["$HOME/x", "C:\\x", "~other/x", "", "<< parameters.x >>"] {
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn a_place_contains_itself_and_what_is_below_it() {
        let go = Place("/go".to_owned());
        assert!(go.contains(&go) && go.contains(&go.join("pkg")));
        assert!(!go.contains(&Place("/gopher".to_owned())));
        assert!(Place("/".to_owned()).contains(&go));
        assert_eq!(go.inside(&go.join("pkg/mod")), Some("pkg/mod"));
    }
}
