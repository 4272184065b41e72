use super::arguments::Signatures;
use super::{Problem, Status, files, output};
use crate::analysis::{catalogue_with, licence_note};
use crate::text::Sources;
use std::path::{Path, PathBuf};

/// `dryrun signatures`, behind `make catalogue`: writes the orbs of a folder into the catalogue that becomes
/// part of the program.
pub(super) fn run(arguments: &Signatures) -> Result<Status, Problem> {
    let mut sources = Sources::new("", "");
    for path in orb_files(&arguments.orbs)? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().replacen("__", "/", 1);
        sources = sources.with_orb(stem, path.display().to_string(), files::read(&path)?);
    }
    let update = catalogue_with(&sources);
    for reference in &update.taken {
        output::note(&format!("{reference}: taken\n"));
    }
    for (reference, why) in &update.left_out {
        output::note(&format!("{reference}: left out: {why}\n"));
    }
    let note = arguments.catalogue.join("LICENCE.md");
    let text = licence_note(&files::read(&note)?, &update.text);
    files::write(&note, &text)?;
    files::write(&arguments.catalogue.join("signatures.txt"), &update.text)?;
    Ok(Status::Clean)
}

/// The `.yml` files of a folder, in the order of their names.
fn orb_files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let unreadable = |error: std::io::Error| Problem(format!("cannot read {}: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        files.push(entry.map_err(unreadable)?.path());
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yml"));
    files.sort();
    Ok(files)
}
