//! The rows of a matrix.

use crate::config::{Argument, Matrix};
use crate::sort::{self, Set};
use crate::yaml::{Field, Node, Resolved};

/// CircleCI refuses a matrix with more rows than this.
pub(super) const LIMIT: usize = 128;

/// Of a matrix with more rows than this none are made.
const MAX_ROWS: usize = 2_000;

/// Nor of one with more values in all its rows.
const MAX_CELLS: usize = 200_000;

/// One row: a value for each parameter, in the order in which they are declared.
pub(super) type Row = Vec<Argument>;

/// The rows: every combination, the first parameter varying slowest, less those that `exclude` names. `Err`
/// holds the number of rows where that is beyond [`MAX_ROWS`], or the rows hold more than [`MAX_CELLS`].
pub(super) fn rows(matrix: &Matrix) -> Result<Vec<Row>, usize> {
    let mut counts = matrix.parameters.iter().map(|parameter| parameter.value.items().len());
    let count = counts.try_fold(1_usize, usize::checked_mul).unwrap_or(usize::MAX);
    if count > MAX_ROWS || count.saturating_mul(matrix.parameters.len()) > MAX_CELLS {
        return Err(count);
    }
    // The index of a row, read as a number with a digit for each parameter.
    let row = |index: usize| {
        let mut rest = index;
        let mut row = Row::with_capacity(matrix.parameters.len());
        for parameter in matrix.parameters.iter().rev() {
            let values = parameter.value.items();
            row.push(Argument { name: parameter.name.clone(), value: values[rest % values.len()].clone() });
            rest /= values.len();
        }
        row.reverse();
        row
    };
    let mut rows: Vec<Row> = (0..count).map(row).collect();
    let excluded = matrix.exclude.iter().filter_map(|row| cells(matrix, row)).collect::<Set<_>>();
    rows.retain(|row| !row.is_empty() && !excludes(&excluded, row));
    Ok(rows)
}

/// Values as texts, each with the index of its parameter.
type Cells = Vec<(usize, String)>;

/// What an item of `exclude` lists; nothing where no row can be meant.
fn cells(matrix: &Matrix, excluded: &Node) -> Option<Cells> {
    let fields = excluded.fields();
    let cell = |field: &Field| {
        let name = field.key.text()?;
        let place = matrix.parameters.iter().position(|parameter| parameter.name.as_str() == name)?;
        Some((place, value_text(&field.value)))
    };
    let cells: Option<Cells> = fields.iter().map(cell).collect();
    cells.filter(|cells| !cells.is_empty())
}

/// Whether one of `excluded` lists values of the row only.
fn excludes(excluded: &Set<Cells>, row: &Row) -> bool {
    if excluded.is_empty() {
        return false;
    }
    let texts: Vec<String> = row.iter().map(|argument| value_text(&argument.value)).collect();
    let same = |(place, text): &(usize, String)| texts.get(*place) == Some(text);
    excluded.iter().any(|cells| cells.iter().all(same))
}

/// A value as names of rows show it: text as it is, numbers and booleans as they are printed, an executor
/// with arguments by its name.
pub(super) fn value_text(node: &Node) -> String {
    match node.meaning() {
        Some(Resolved::Bool(value)) => value.to_string(),
        Some(Resolved::Int(value)) => value.to_string(),
        Some(_) => node.text().unwrap_or_default().to_owned(),
        None => node.get("name").and_then(|name| name.text().map(str::to_owned)).unwrap_or_default(),
    }
}

/// The name of a row that has none: the job's name and the values, in the alphabetical order of their
/// parameters.
pub(super) fn default_name(job: &str, row: &[(String, String)]) -> String {
    let mut values: Vec<&(String, String)> = row.iter().collect();
    sort::by(&mut values, Ord::cmp);
    values.into_iter().fold(job.to_owned(), |name, (_, value)| name + "-" + value)
}
