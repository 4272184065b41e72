use super::Problem;
use super::terminal::plain;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The most that is read of a file: more than any config, and little enough to hold many in memory.
const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// The argument that stands for standard input.
const STANDARD_INPUT: &str = "-";
const USUAL_PLACE: &str = ".circleci/config.yml";

/// Where a config comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    StandardInput,
    File(PathBuf),
}

impl Place {
    fn of(path: &Path) -> Self {
        if path == Path::new(STANDARD_INPUT) { Self::StandardInput } else { Self::File(path.to_owned()) }
    }

    /// How findings name it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::StandardInput => "<stdin>".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The whole text.
    pub(super) fn read(&self) -> Result<String, Problem> {
        let text = match self {
            Self::StandardInput => text_of(io::stdin().lock()),
            Self::File(path) => read_file(path),
        };
        text.map_err(|why| self.unreadable(&why))
    }

    fn unreadable(&self, why: &str) -> Problem {
        Problem(format!("cannot read {}: {why}", plain(&self.name())))
    }
}

/// The text of the file at `path`.
pub(super) fn read(path: &Path) -> Result<String, Problem> {
    Place::File(path.to_owned()).read()
}

/// Replaces the text of the file at `path`.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Problem> {
    fs::write(path, text).map_err(|error| Problem(format!("cannot write {}: {error}", path.display())))
}

/// The place that `path` names; without one, the config of this project.
pub(super) fn chosen_one(path: Option<&Path>) -> Result<Place, Problem> {
    path.map_or_else(|| nearest_config().map(Place::File), |path| Ok(Place::of(path)))
}

/// The places that `paths` name; without any, the config of this project.
pub(super) fn chosen(paths: &[PathBuf]) -> Result<Vec<Place>, Problem> {
    if paths.is_empty() {
        return nearest_config().map(|path| vec![Place::File(path)]);
    }
    let places: Vec<Place> = paths.iter().map(|path| Place::of(path)).collect();
    if places.iter().filter(|place| **place == Place::StandardInput).count() > 1 {
        return Err(Problem("standard input (`-`) can be read only once".to_owned()));
    }
    Ok(places)
}

/// The config of the working folder or the nearest folder above, as a path relative to the working folder.
fn nearest_config() -> Result<PathBuf, Problem> {
    let here = std::env::current_dir().map_err(|error| Problem(format!("no working folder: {error}")))?;
    let mut upwards = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(USUAL_PLACE).is_file() {
            return Ok(upwards.join(USUAL_PLACE));
        }
        upwards.push("..");
    }
    Err(Problem(format!(
        "no {USUAL_PLACE} in this folder or one above; name a file, or `-` for standard input"
    )))
}

fn read_file(path: &Path) -> Result<String, String> {
    if path.is_dir() {
        let inside = path.join(USUAL_PLACE);
        let hint =
            if inside.is_file() { format!("; did you mean {}?", inside.display()) } else { String::new() };
        return Err(format!("it is a folder{hint}"));
    }
    text_of(File::open(path).map_err(|error| reason(&error))?)
}

/// The text that `reader` holds. Reads no more than the limit, so that a device without an end is no trap.
fn text_of(reader: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("it is larger than 8 MB".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| not_text(error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn not_text(bytes: &[u8], offset: usize) -> String {
    let line = bytes[..offset].split(|byte| *byte == b'\n').count();
    let byte = bytes.get(offset).copied().unwrap_or_default();
    format!("it is not UTF-8: byte {offset} (0x{byte:02x}, line {line}) is no part of a character")
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
