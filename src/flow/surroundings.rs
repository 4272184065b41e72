//! Where the steps of a job run: in which image, as whom, in which directory.

use super::image;
use super::{Place, Written};
use crate::compile::Value;

/// A job's working directory where it names none.
const WORKING_DIRECTORY: &str = "~/project";

/// Where the steps of a job run.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    pub executor: ExecutorKind,
    /// The primary image, as written.
    pub image: Option<Written>,
    /// Who runs the steps, where that is known.
    pub user: Option<String>,
    /// The home of that user, where that is known.
    pub home: Option<&'static str>,
    pub working_directory: Option<Place>,
    /// What tells the machines apart that `{{ arch }}` tells apart.
    pub arch: Arch,
}

/// The kind of executor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExecutorKind {
    Docker,
    /// A virtual machine with Linux.
    Machine,
    Macos,
    /// Windows, a runner of one's own, or an executor of an orb that is not at hand.
    #[default]
    Unknown,
}

/// What `{{ arch }}` stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arch {
    LinuxAmd64,
    LinuxArm64,
    Macos,
    #[default]
    Unknown,
}

impl Surroundings {
    /// Reads the keys of a compiled job.
    pub(super) fn read(job: &Value) -> Self {
        let mut read = Self::default();
        let resource_class = job.get("resource_class").and_then(Value::text).unwrap_or_default();
        if let Some(docker) = job.get("docker") {
            read.executor = ExecutorKind::Docker;
            if let Some(primary) = docker.items().first() {
                read.image = primary.get("image").and_then(written);
                read.user = read.user_of(primary.get("user"));
            }
        } else if let Some(machine) = job.get("machine") {
            let image = machine.get("image").or(Some(machine)).and_then(written);
            let foreign = |word: &str| word.contains("windows") || word.contains('/');
            if image.as_ref().is_some_and(|image| !foreign(&image.text)) && !foreign(resource_class) {
                read.executor = ExecutorKind::Machine;
                read.user = Some(image::CONVENIENCE_USER.to_owned());
            }
            read.image = image;
        } else if job.get("macos").is_some() {
            read.executor = ExecutorKind::Macos;
            read.user = Some("distiller".to_owned());
        }
        read.arch = match read.executor {
            ExecutorKind::Unknown => Arch::Unknown,
            ExecutorKind::Macos => Arch::Macos,
            _ if resource_class.contains("arm") => Arch::LinuxArm64,
            _ => Arch::LinuxAmd64,
        };
        read.home = read.user.as_deref().and_then(image::home);
        read.working_directory = match job.get("working_directory") {
            None => Place::resolve(WORKING_DIRECTORY, None, read.home),
            Some(value) => value.text().and_then(|text| Place::resolve(text, None, read.home)),
        };
        read
    }

    /// Whether the steps run as the user that CircleCI's convenience images have, in one of these.
    pub fn has_own_user(&self) -> bool {
        let own = self.image.as_ref().and_then(|image| image::user(&image.text));
        self.executor == ExecutorKind::Docker && own.is_some() && own == self.user.as_deref()
    }

    /// Who runs the steps: the `user` that is written, else the image's own. `0:0` and `root:root` are root.
    fn user_of(&self, user: Option<&Value>) -> Option<String> {
        let Some(user) = user else {
            return image::user(&self.image.as_ref()?.text).map(str::to_owned);
        };
        let name = match &user.data {
            crate::yaml::Data::Int(0) => "0",
            _ => user.text()?.split(':').next()?,
        };
        Some(if name == "0" { "root" } else { name }.to_owned())
    }
}

/// A text with its place.
pub(super) fn written(value: &Value) -> Option<Written> {
    Some(Written { text: value.text()?.to_owned(), origin: value.mark.clone() })
}
