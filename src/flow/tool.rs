//! Tools that download dependencies: how they are called, what fixes the versions, where they keep what they
//! downloaded. One table; the simulation's times for a recognised install and the checks of caches read it.

use super::{Flow, Job, Path, Restore, StepKind};
use crate::flow::{Key, Place};

/// A tool that installs dependencies.
#[derive(Debug)]
pub struct Tool {
    pub name: &'static str,
    /// The beginnings of commands that do nothing but install.
    installs: &'static [&'static str],
    /// Names of files that say which dependencies there are.
    locks: &'static [&'static str],
    /// Where it keeps them: below the home (`~/…`), absolute, or, without either, at the end of a path.
    stores: &'static [&'static str],
    /// Where it may keep them, among many other things.
    elsewhere: &'static [&'static str],
}

/// Source: the documentation of each tool, and the directories in the caching guide
/// <https://circleci.com/docs/guides/optimize/caching-strategy/>.
pub const TOOLS: &[Tool] = &[
    Tool {
        name: "Go",
        installs: &["go mod download", "go get", "go mod vendor"],
        locks: &["go.sum", "go.mod"],
        stores: &["pkg/mod", "~/.cache/go-build", "~/Library/Caches/go-build", "vendor"],
        elsewhere: &["pkg", "~/go", "/go"],
    },
    Tool {
        name: "npm",
        installs: &["npm ci", "npm install", "npm i"],
        locks: &["package-lock.json", "npm-shrinkwrap.json"],
        stores: &["~/.npm", "node_modules"],
        elsewhere: &["~/.cache"],
    },
    Tool {
        name: "Yarn",
        installs: &["yarn install", "yarn --", "yarn\n"],
        locks: &["yarn.lock"],
        stores: &[
            "~/.cache/yarn",
            "~/.yarn",
            "~/.yarn-cache",
            "~/.npm",
            "node_modules",
            ".yarn",
            ".pnp.cjs",
            "yarn",
            "yarn-cache",
            "yarn_cache",
            "/usr/local/share/.cache/yarn",
        ],
        elsewhere: &["~/.cache"],
    },
    Tool {
        name: "pnpm",
        installs: &["pnpm install", "pnpm i", "pnpm fetch"],
        locks: &["pnpm-lock.yaml"],
        stores: &[".pnpm-store", "pnpm", "node_modules"],
        elsewhere: &["~/.cache"],
    },
    Tool {
        name: "pip",
        installs: &["pip install", "pip3 install", "python -m pip install", "python3 -m pip install"],
        locks: &["requirements.txt"],
        stores: &[
            "~/.cache/pip",
            "~/.pyenv",
            "~/Library/Caches/pip",
            "venv",
            ".venv",
            "env",
            "virtualenv",
            "site-packages",
        ],
        elsewhere: &["~/.cache", "~/.local", "/usr/local", "/opt"],
    },
    Tool {
        name: "Pipenv",
        installs: &["pipenv install", "pipenv sync"],
        locks: &["Pipfile.lock"],
        stores: &["~/.cache/pipenv", "~/.local/share/virtualenvs", "~/.virtualenvs", ".venv", "venv"],
        elsewhere: &["~/.cache", "~/.local", "/usr/local"],
    },
    Tool {
        name: "Poetry",
        installs: &["poetry install"],
        locks: &["poetry.lock"],
        stores: &["~/.cache/pypoetry", "~/Library/Caches/pypoetry", ".venv", "venv"],
        elsewhere: &["~/.cache", "~/.local"],
    },
    Tool {
        name: "uv",
        installs: &["uv sync", "uv pip install"],
        locks: &["uv.lock"],
        stores: &["~/.cache/uv", ".venv"],
        elsewhere: &["~/.cache", "~/.local"],
    },
    Tool {
        name: "Bundler",
        installs: &["bundle install", "bundle check"],
        locks: &["Gemfile.lock"],
        stores: &["bundle", ".bundle", "~/.gem", "~/.rbenv", "~/.rvm", "gems"],
        elsewhere: &["/usr/local", "/opt"],
    },
    Tool {
        name: "Maven",
        installs: &["mvn dependency:", "./mvnw dependency:"],
        locks: &["pom.xml"],
        stores: &["~/.m2", ".m2"],
        elsewhere: &[],
    },
    Tool {
        name: "Gradle",
        installs: &["./gradlew dependencies", "gradle dependencies", "./gradlew androidDependencies"],
        locks: &["gradle.lockfile", "gradle-wrapper.properties", "build.gradle", "build.gradle.kts"],
        stores: &["~/.gradle", ".gradle", "~/.m2", "~/.android"],
        elsewhere: &[],
    },
    Tool {
        name: "Cargo",
        installs: &["cargo fetch"],
        locks: &["Cargo.lock"],
        stores: &["~/.cargo", ".cargo", "target", "/usr/local/cargo", "registry"],
        elsewhere: &["~/.cache"],
    },
    Tool {
        name: "Composer",
        installs: &["composer install"],
        locks: &["composer.lock"],
        stores: &["vendor", "~/.composer"],
        elsewhere: &["~/.cache"],
    },
    Tool {
        name: "Mix",
        installs: &["mix deps.get"],
        locks: &["mix.lock"],
        stores: &["deps", "_build", "~/.mix", "~/.hex"],
        elsewhere: &[],
    },
    Tool {
        name: "CocoaPods",
        installs: &["pod install", "bundle exec pod install"],
        locks: &["Podfile.lock"],
        stores: &["Pods", "~/.cocoapods", "~/Library/Caches/CocoaPods"],
        elsewhere: &[],
    },
];

impl Tool {
    /// The file that says which dependencies there are.
    #[must_use]
    pub fn lock(&self) -> &'static str {
        self.locks.first().copied().unwrap_or_default()
    }

    /// Where it mostly keeps them.
    #[must_use]
    pub fn store(&self) -> &'static str {
        self.stores.first().copied().unwrap_or_default()
    }

    /// Whether it keeps dependencies in `path`, or in something that `path` is part of or has in it.
    #[must_use]
    pub fn keeps(&self, path: &Path, home: Option<&str>) -> bool {
        self.stores.iter().any(|store| keeps(store, path, home))
    }

    /// Whether it may keep some there.
    #[must_use]
    pub fn may_keep(&self, path: &Path, home: Option<&str>) -> bool {
        self.keeps(path, home) || self.elsewhere.iter().any(|store| keeps(store, path, home))
    }
}

fn keeps(store: &str, path: &Path, home: Option<&str>) -> bool {
    if store.starts_with(['~', '/']) {
        let store = Place::resolve(store, None, home);
        let near = |store: &Place, place: &Place| store.contains(place) || place.contains(store);
        return store.zip(path.place.as_ref()).is_some_and(|(store, place)| near(&store, place));
    }
    let text = path.place.as_ref().map_or(path.written.text.as_str(), Place::as_str);
    let mut rest = text;
    while let Some(at) = rest.find(store) {
        let behind = &rest[at + store.len()..];
        if (at == 0 || rest[..at].ends_with('/')) && (behind.is_empty() || behind.starts_with('/')) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// The tool whose dependencies a command installs: the first of its lines, or of the commands in a line, that
/// does nothing else.
pub(super) fn installed_by(command: &str) -> Option<&'static Tool> {
    let commands = command.split(['\n', ';', '&', '|', '(']);
    commands
        .map(bare)
        .find_map(|line| TOOLS.iter().find(|tool| tool.installs.iter().any(|start| begins(&line, start))))
}

/// A command without what may stand before its name; a line end behind it, so that a whole command can be told
/// from the beginning of one.
fn bare(command: &str) -> String {
    let mut words = command.split_whitespace().peekable();
    while words
        .next_if(|word| matches!(*word, "sudo" | "if" | "!" | "time" | "retry") || word.contains('='))
        .is_some()
    {}
    words.collect::<Vec<_>>().join(" ") + "\n"
}

fn begins(line: &str, start: &str) -> bool {
    let Some(behind) = line.strip_prefix(start) else { return false };
    start.ends_with(['\n', '-', ':']) || behind.starts_with([' ', '\n'])
}

/// The tool whose dependencies are cached under `key`: one of its files is in the checksum, and no other tool's.
#[must_use]
pub fn tool_of(key: &Key) -> Option<&'static Tool> {
    let mut tools = key.checksums().map(|file| {
        let name = file.rsplit('/').next().unwrap_or_default();
        TOOLS.iter().find(|tool| tool.locks.contains(&name))
    });
    let first = tools.next()??;
    tools.all(|tool| tool.is_none_or(|tool| tool.name == first.name)).then_some(first)
}

/// Notes for each install which restore before it, in the same job, brings what it would download.
pub(super) fn find_caches(flows: &mut [Flow]) {
    for index in 0..flows.len() {
        for job in 0..flows[index].jobs.len() {
            for (step, restore) in caches(flows, &flows[index].jobs[job]) {
                if let StepKind::Run(run) = &mut flows[index].jobs[job].steps[step].kind {
                    run.cached_by = Some(restore);
                }
            }
        }
    }
}

/// The installs of a job with the restores that serve them: the last one before each.
fn caches(flows: &[Flow], job: &Job) -> Vec<(usize, usize)> {
    let mut restores: Vec<(usize, &Restore)> = Vec::new();
    let mut found = Vec::new();
    for (index, step) in job.steps.iter().enumerate() {
        match &step.kind {
            StepKind::Restore(restore) => restores.push((index, restore)),
            StepKind::Run(run) => {
                let Some(tool) = run.installs else { continue };
                let serves = |restore: &Restore| {
                    let named = |key: &Key| tool_of(key).is_some_and(|other| other.name == tool.name);
                    let saved = restore
                        .served
                        .iter()
                        .filter_map(|service| flows[service.workflow].save(service.save));
                    let kept = |path: &Path| tool.keeps(path, job.surroundings.home);
                    restore.keys.iter().any(named) || saved.flat_map(|save| &save.paths).any(kept)
                };
                let last = restores.iter().rev().find(|(_, restore)| serves(restore));
                found.extend(last.map(|(restore, _)| (index, *restore)));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::installed_by;

    #[test]
    fn installs_are_recognised_among_other_commands() {
        let cases = [
            ("npm ci", Some("npm")),
            ("npm cinema", None),
            ("cd web && sudo npm install --no-audit", Some("npm")),
            ("yarn", Some("Yarn")),
            ("yarn test", None),
            ("yarn --frozen-lockfile", Some("Yarn")),
            ("echo start\nGOFLAGS=-mod=mod go mod download", Some("Go")),
            ("bundle check || bundle install", Some("Bundler")),
            ("go test ./...", None),
            ("", None),
        ];
        for (command, expected) in cases {
            assert_eq!(installed_by(command).map(|tool| tool.name), expected, "{command}");
        }
    }
}
