//! Whole public configs, which CircleCI ran: calling one of them wrong is a false alarm.

use dryrun::analysis::analyze;
use dryrun::compile::Inputs;
use dryrun::diagnostic::Severity;
use dryrun::text::{Encoding, Sources};
use std::fs;
use std::path::{Path, PathBuf};

/// The configs, without those that are known to be wrong as they stand; nothing where the folder is absent.
pub(crate) fn configs() -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/real");
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!("skipped: there are no configs in {}", folder.display());
        return None;
    };
    let known = fs::read_to_string(folder.join("known-errors.json")).unwrap_or_default();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yml"));
    files.retain(|path| path.file_name().is_some_and(|name| !known.contains(&*name.to_string_lossy())));
    files.sort();
    Some(files)
}

#[test]
fn configs_that_circleci_ran_have_no_errors() {
    let Some(files) = configs() else { return };
    assert!(!files.is_empty());
    let mut alarms = Vec::new();
    for file in files {
        let name = file.file_name().expect("a file name").to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&fs::read(&file).expect("a readable file")).into_owned();
        let sources = Sources::new(name.clone(), text);
        for found in analyze(&sources, &Inputs::default()).diagnostics {
            if found.severity == Severity::Error {
                let line = sources.get(found.span.source).position(found.span.start, Encoding::Scalar).line;
                alarms.push(format!("{name}:{line} [{}] {}", found.check, found.message));
            }
        }
    }
    assert!(alarms.is_empty(), "{} alarms:\n{}", alarms.len(), alarms.join("\n"));
}
