use std::fmt;

/// `namespace/name@version`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrbReference {
    /// `namespace/name`.
    pub name: String,
    pub version: OrbVersion,
}

/// What stands behind the `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrbVersion {
    /// One to three numbers: `5` is the newest 5.x.y, `5.2` the newest 5.2.x.
    Numbers(Vec<u64>),
    /// The newest of all.
    Volatile,
    /// `dev:label`.
    Development(String),
}

impl OrbReference {
    /// Reads a reference; nothing for a URL, a `<< >>` or anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, version) = text.split_once('@')?;
        let (namespace, orb) = name.split_once('/')?;
        let word = |text: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        if !word(namespace) || !word(orb) {
            return None;
        }
        let version = if version == "volatile" {
            OrbVersion::Volatile
        } else if let Some(label) = version.strip_prefix("dev:") {
            OrbVersion::Development(label.to_owned())
        } else {
            let numbers: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
            OrbVersion::Numbers(numbers.filter(|numbers| numbers.len() <= 3)?)
        };
        Some(Self { name: name.to_owned(), version })
    }

    /// Whether an orb file given as `self` is what `asked` asks for: the same version, or one that a
    /// shorter version or `volatile` covers.
    #[must_use]
    pub fn satisfies(&self, asked: &Self) -> bool {
        if self.name != asked.name {
            return false;
        }
        match (&self.version, &asked.version) {
            (OrbVersion::Numbers(given), OrbVersion::Numbers(wanted)) => given.starts_with(wanted),
            (_, OrbVersion::Volatile) => true,
            (given, wanted) => given == wanted,
        }
    }
}

impl fmt::Display for OrbReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}@{}", self.name, self.version)
    }
}

impl fmt::Display for OrbVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Volatile => formatter.write_str("volatile"),
            Self::Development(label) => write!(formatter, "dev:{label}"),
            Self::Numbers(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
                formatter.write_str(&numbers.join("."))
            }
        }
    }
}
