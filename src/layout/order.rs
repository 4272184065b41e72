//! The order inside the layers, such that few edges cross.
//!
//! Each sweep sorts one layer after another by where the neighbours in the layer before (or after) stand,
//! then swaps neighbours as long as that saves a crossing. The best of several starts wins; the first start
//! is the order of the source and wins ties.

use super::layers::Layers;
use crate::sort;
use std::cmp::Ordering;
use std::mem;

/// Sweeps of one start at most.
const SWEEPS: usize = 40;
/// A start is given up after this many sweeps that bring nothing.
const PATIENCE: usize = 8;
/// Rounds of swapping after each sweep.
const SWAP_ROUNDS: usize = 10;
/// Larger graphs get fewer starts, to keep to the time that a keystroke has.
const STARTS: [(usize, usize); 3] = [(600, 6), (3000, 3), (usize::MAX, 1)];
/// Any number but 0; the same each time, so that the same graph has the same picture.
const SEED: u64 = 0x2545_F491_4F6C_DD1D;

/// Sorts the rows of `layers`.
pub(super) fn reduce_crossings(layers: &mut Layers) {
    let mut search = Search::new(layers);
    search.run();
    let rows = search.best;
    layers.rows = rows;
    restore_source_order(layers);
}

/// The state of the search.
struct Search<'a> {
    layers: &'a Layers,
    rows: Vec<Vec<usize>>,
    /// By vertex: its index in its row.
    position: Vec<u32>,
    best: Vec<Vec<usize>>,
    best_crossings: usize,
    counter: CrossingCounter,
}

impl<'a> Search<'a> {
    fn new(layers: &'a Layers) -> Self {
        let mut search = Self {
            layers,
            rows: layers.rows.clone(),
            position: vec![0; layers.len()],
            best: layers.rows.clone(),
            best_crossings: 0,
            counter: CrossingCounter::default(),
        };
        search.number_all();
        search.best_crossings = search.crossings();
        search
    }

    fn run(&mut self) {
        let size = self.layers.len();
        let starts = STARTS.iter().find(|&&(limit, _)| size < limit).map_or(1, |&(_, starts)| starts);
        let mut random = SEED;
        for start in 0..starts {
            if self.best_crossings == 0 {
                return;
            }
            if start > 0 {
                self.rows.clone_from(&self.layers.rows);
                self.rows.iter_mut().for_each(|row| shuffle(row, &mut random));
                self.number_all();
            }
            self.improve(start);
        }
    }

    /// Sweeps until nothing gets better any more.
    fn improve(&mut self, start: usize) {
        let mut stale = 0;
        for sweep in 0..SWEEPS {
            if self.best_crossings == 0 || stale >= PATIENCE {
                return;
            }
            let forward = sweep % 2 == 0;
            // Medians and means get stuck in different places, so they take turns, two sweeps each; likewise
            // keeping and turning round the order of vertices that are equal.
            let key = if (sweep / 2 + start).is_multiple_of(2) { median } else { mean };
            let turn_ties = sweep % 4 >= 2;
            let count = self.rows.len();
            for step in 0..count {
                let row = if forward { step } else { count - 1 - step };
                self.sort_row(row, forward, key, turn_ties);
            }
            self.swap_neighbours();
            let crossings = self.crossings();
            if crossings < self.best_crossings {
                self.best_crossings = crossings;
                self.best.clone_from(&self.rows);
                stale = 0;
            } else {
                stale += 1;
            }
        }
    }

    /// Sorts one row by `key` of the neighbours' positions. Vertices without neighbours keep their places.
    fn sort_row(&mut self, index: usize, forward: bool, key: fn(&[u32]) -> f64, turn_ties: bool) {
        let mut row = mem::take(&mut self.rows[index]);
        let neighbours = if forward { &self.layers.before } else { &self.layers.after };
        let mut movable = Vec::with_capacity(row.len());
        let mut places = Vec::with_capacity(row.len());
        let mut positions = Vec::new();
        for (place, &vertex) in row.iter().enumerate() {
            if !neighbours[vertex].is_empty() {
                positions.clear();
                positions.extend(neighbours[vertex].iter().map(|&other| self.position[other]));
                positions.sort_unstable();
                movable.push((key(&positions), place, vertex));
                places.push(place);
            }
        }
        movable.sort_unstable_by(|a, b| {
            let tie = if turn_ties { b.1.cmp(&a.1) } else { a.1.cmp(&b.1) };
            a.0.total_cmp(&b.0).then(tie)
        });
        for (&place, (_, _, vertex)) in places.iter().zip(movable) {
            row[place] = vertex;
        }
        number(&row, &mut self.position);
        self.rows[index] = row;
    }

    /// Swaps vertices with the one below as long as that saves crossings.
    fn swap_neighbours(&mut self) {
        let mut sorted = SortedNeighbours::default();
        for _ in 0..SWAP_ROUNDS {
            let mut improved = false;
            for index in 0..self.rows.len() {
                let mut row = mem::take(&mut self.rows[index]);
                sorted.read(&row, self.layers, &self.position);
                improved |= sorted.swap_where(&mut row, |saved, _, _| saved > 0);
                number(&row, &mut self.position);
                self.rows[index] = row;
            }
            if !improved {
                return;
            }
        }
    }

    fn crossings(&mut self) -> usize {
        self.rows.windows(2).map(|rows| self.counter.count(&rows[0], self.layers, &self.position)).sum()
    }

    fn number_all(&mut self) {
        for row in &self.rows {
            number(row, &mut self.position);
        }
    }
}

/// Writes down the places of a row's vertices.
fn number(row: &[usize], position: &mut [u32]) {
    for (place, &vertex) in (0..).zip(row) {
        position[vertex] = place;
    }
}

/// The neighbours' positions of one row's vertices, sorted: by place in the row, before and after.
#[derive(Default)]
struct SortedNeighbours {
    sides: Vec<[Vec<u32>; 2]>,
}

impl SortedNeighbours {
    fn read(&mut self, row: &[usize], layers: &Layers, position: &[u32]) {
        self.sides.resize_with(row.len().max(self.sides.len()), Default::default);
        for (sides, &vertex) in self.sides.iter_mut().zip(row) {
            for (side, neighbours) in sides.iter_mut().zip([&layers.before[vertex], &layers.after[vertex]]) {
                side.clear();
                side.extend(neighbours.iter().map(|&other| position[other]));
                side.sort_unstable();
            }
        }
    }

    /// Goes down the row once and swaps two neighbours where `wanted` says so, given the crossings this saves
    /// and the two vertices. Says whether any were swapped.
    fn swap_where(&mut self, row: &mut [usize], wanted: impl Fn(i64, usize, usize) -> bool) -> bool {
        let mut swapped = false;
        for place in 1..row.len() {
            let (upper, lower) = (&self.sides[place - 1], &self.sides[place]);
            let saved: i64 = upper.iter().zip(lower).map(|(upper, lower)| saved_by_swap(upper, lower)).sum();
            if wanted(saved, row[place - 1], row[place]) {
                row.swap(place - 1, place);
                self.sides.swap(place - 1, place);
                swapped = true;
            }
        }
        swapped
    }
}

/// Crossings among the edges of two neighbouring vertices now, less those after a swap. Both lists sorted.
fn saved_by_swap(upper: &[u32], lower: &[u32]) -> i64 {
    let mut saved = 0;
    // For each position of the upper vertex: how many of the lower's are smaller (a crossing now) and how
    // many larger (a crossing after the swap).
    let (mut smaller, mut not_larger) = (0, 0);
    for position in upper {
        while smaller < lower.len() && lower[smaller] < *position {
            smaller += 1;
        }
        while not_larger < lower.len() && lower[not_larger] <= *position {
            not_larger += 1;
        }
        saved += i64::try_from(smaller + not_larger).unwrap_or(i64::MAX);
        saved -= i64::try_from(lower.len()).unwrap_or(i64::MAX);
    }
    saved
}

/// Counts crossings between two rows with a Fenwick tree over the second row's places.
#[derive(Default)]
struct CrossingCounter {
    tree: Vec<usize>,
    ends: Vec<u32>,
}

impl CrossingCounter {
    /// Crossings of the edges that leave `row`.
    fn count(&mut self, row: &[usize], layers: &Layers, position: &[u32]) -> usize {
        let ends = row.iter().flat_map(|&vertex| &layers.after[vertex]).map(|&other| position[other] + 1);
        let size = ends.max().unwrap_or(0) as usize;
        self.tree.clear();
        self.tree.resize(size + 1, 0);
        let (mut crossings, mut drawn) = (0, 0);
        for &vertex in row {
            self.ends.clear();
            self.ends.extend(layers.after[vertex].iter().map(|&other| position[other] + 1));
            for &end in &self.ends {
                // Edges drawn so far that end further down.
                crossings += drawn;
                let mut slot = end as usize;
                while slot > 0 {
                    crossings -= self.tree[slot];
                    slot &= slot - 1;
                }
            }
            // Edges of one vertex do not cross, so they are entered after all were counted.
            for &end in &self.ends {
                drawn += 1;
                let mut slot = end as usize;
                while slot <= size {
                    self.tree[slot] += 1;
                    slot += slot & slot.wrapping_neg();
                }
            }
        }
        crossings
    }
}

/// The middle of sorted positions; of an even number the two middle ones, weighted towards the denser side.
fn median(positions: &[u32]) -> f64 {
    let count = positions.len();
    let middle = count / 2;
    let at = |index: usize| positions.get(index).map_or(0.0, |&position| f64::from(position));
    if count % 2 == 1 {
        return at(middle);
    }
    let (upper, lower) = (at(middle - 1), at(middle));
    let (above, below) = (upper - at(0), at(count - 1) - lower);
    if above + below == 0.0 {
        f64::midpoint(upper, lower)
    } else {
        (upper * below + lower * above) / (above + below)
    }
}

fn mean(positions: &[u32]) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for &position in positions {
        sum += f64::from(position);
        count += 1.0;
    }
    sum / count
}

/// Puts a row into a random order (Fisher-Yates over xorshift).
fn shuffle(row: &mut [usize], random: &mut u64) {
    for last in (1..row.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let choices = u64::try_from(last + 1).unwrap_or(u64::MAX);
        row.swap(last, usize::try_from(*random % choices).unwrap_or(last));
    }
}

/// Puts boxes back into the order of the source wherever that costs no crossing: those with the same
/// neighbours among the places they hold, and neighbours in a row by swapping.
fn restore_source_order(layers: &mut Layers) {
    let mut rows = mem::take(&mut layers.rows);
    let mut position = vec![0; layers.len()];
    for row in &mut rows {
        number(row, &mut position);
        sort_twins(row, layers, &position);
        number(row, &mut position);
    }
    let mut sorted = SortedNeighbours::default();
    for row in &mut rows {
        sorted.read(row, layers, &position);
        // Each swap mends an inversion, so this ends.
        let both_boxes = |upper, lower| layers.is_box(upper) && layers.is_box(lower);
        while sorted
            .swap_where(row, |saved, upper, lower| saved == 0 && upper > lower && both_boxes(upper, lower))
        {
        }
        number(row, &mut position);
    }
    layers.rows = rows;
}

/// Sorts the boxes of a row that have exactly the same neighbours. Their edges look the same, whichever of
/// their places each of them takes.
fn sort_twins(row: &mut [usize], layers: &Layers, position: &[u32]) {
    let compare = |&a: &usize, &b: &usize| -> Ordering {
        layers.before[a].cmp(&layers.before[b]).then_with(|| layers.after[a].cmp(&layers.after[b]))
    };
    let mut boxes: Vec<usize> = row.iter().copied().filter(|&vertex| layers.is_box(vertex)).collect();
    sort::by(&mut boxes, compare);
    for twins in boxes.chunk_by(|a, b| compare(a, b).is_eq()) {
        let mut twins = twins.to_vec();
        let mut places: Vec<usize> = twins.iter().map(|&vertex| position[vertex] as usize).collect();
        sort::by_key(&mut places, |place| *place);
        sort::by_key(&mut twins, |vertex| *vertex);
        for (place, vertex) in places.into_iter().zip(twins) {
            row[place] = vertex;
        }
    }
}
