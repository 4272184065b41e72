/// Longer words are not compared.
const MAX_LETTERS: usize = 64;

/// How many slips lead from one word to another: a letter too many, one too few, another one, or two in the
/// wrong order. Nothing where that is more than `most`, or where a word has more than 64 letters: `strsim` always
/// counts to the end and allocates, and hostile texts have names by the ten thousand.
#[must_use]
pub fn slips(word: &[char], other: &[char], most: usize) -> Option<usize> {
    if word.len().abs_diff(other.len()) > most || word.len().max(other.len()) > MAX_LETTERS {
        return None;
    }
    // A row for each letter of `word`: at `n` the slips from what was read of it to the first `n` of `other`.
    let mut before_last = [0_usize; MAX_LETTERS + 1];
    let mut last: [usize; MAX_LETTERS + 1] = std::array::from_fn(|index| index);
    for (i, letter) in word.iter().enumerate() {
        let mut row = [i + 1; MAX_LETTERS + 1];
        let mut fewest = i + 1;
        for (j, wanted) in other.iter().enumerate() {
            let mut count = (last[j] + usize::from(letter != wanted)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == other[j - 1] && word[i - 1] == *wanted {
                count = count.min(before_last[j - 1] + 1);
            }
            row[j + 1] = count;
            fewest = fewest.min(count);
        }
        if fewest > most {
            return None;
        }
        before_last = last;
        last = row;
    }
    Some(last[other.len()]).filter(|count| *count <= most)
}
