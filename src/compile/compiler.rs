//! What the parts of the compiler share: the config, what was found so far, and the limits.

use super::compiled::{Compiled, NotChecked};
use super::fault::{Fault, FaultKind};
use super::inputs::Inputs;
use super::origin::Origin;
use super::output::Value;
use super::pipeline::Pipeline;
use crate::config::{Argument, Config, OrbImport, Parameter, Table, is_template};
use crate::orb::catalogue::Catalogue;
use crate::orb::{Listing, OrbReference, Scope};
use crate::sort::{Map, Set};
use crate::text::{Sources, Span, Spanned};
use std::cell::Cell;
use std::rc::Rc;

/// A config that compiles to more values (scalars, lists, mappings) than this is refused.
pub(super) const MAX_VALUES: usize = 400_000;
/// The same for the texts in it, in bytes.
pub(super) const MAX_TEXT: usize = 32_000_000;
/// More faults than this are not told: nobody reads them.
const MAX_FAULTS: usize = 2_000;
/// Conditions and templates may read this many bytes of values altogether.
const MAX_READ: usize = 200_000_000;
/// Workflows may have this many entries altogether, rows of matrices counted one by one.
const MAX_ENTRIES: usize = 25_000;
/// The names in `requires` may mean this many entries altogether.
pub(super) const MAX_REQUIREMENTS: usize = 200_000;
/// Calls of commands, conditional steps and steps in arguments may nest this many levels deep.
pub(super) const MAX_DEPTH: usize = 100;

/// The compiler at work.
pub(super) struct Compiler<'a> {
    pub(super) sources: &'a Sources,
    pub(super) config: &'a Config,
    /// The scope of the config itself.
    pub(super) scope: Rc<Scope<'a>>,
    pub(super) pipeline: Pipeline,
    /// By index the pipeline parameters: as given, else their defaults. Empty until all of them are known.
    pub(super) pipeline_parameters: Vec<Value>,
    pub(super) compiled: Compiled,
    /// Keys of the commands, and places of the defaults, that are being expanded, from the outside in.
    pub(super) calls: Vec<Span>,
    /// How many lists of steps are being expanded inside each other.
    pub(super) depth: usize,
    /// How many entries were looked at: tells the rows of one matrix from those of another.
    pub(super) invocations: usize,
    entries: usize,
    /// Indices of the faults at a place.
    fault_places: Map<Span, Vec<usize>>,
    /// The orbs that were told to be not at hand.
    not_checked: Set<Span>,
    values_left: usize,
    text_left: usize,
    /// Bytes of values that may still be read.
    read_left: Cell<usize>,
    /// A limit was met: nothing more is expanded.
    exhausted: bool,
}

/// Where something stands: what its names and its `<< >>` mean, and how the compiler came there.
#[derive(Clone)]
pub(super) struct Call<'a> {
    pub(super) scope: Rc<Scope<'a>>,
    pub(super) bindings: Rc<Bindings<'a>>,
    pub(super) origin: Origin,
}

/// What `<< parameters.x >>` and `<< matrix.x >>` mean.
#[derive(Clone, Default)]
pub(super) struct Bindings<'a> {
    /// The parameters that are in scope, and by index what they are bound to.
    pub(super) declared: Option<&'a Table<Parameter>>,
    pub(super) parameters: Vec<Bound<'a>>,
    /// The row of the matrix, inside the options of an entry.
    pub(super) row: Vec<(String, Bound<'a>)>,
}

/// What a parameter is bound to.
#[derive(Clone)]
pub(super) enum Bound<'a> {
    Value(Value),
    /// Steps, expanded where they were written: their names and parameters are those of the writer.
    Steps(Rc<Vec<Value>>),
    Executor(Rc<ExecutorArgument<'a>>),
    /// Something was wrong with it, which has been said; or it is not known here.
    Unknown,
}

/// An executor given as an argument, with the place where it was given: its name and its own arguments mean
/// what they mean there.
pub(super) struct ExecutorArgument<'a> {
    pub(super) name: Spanned<String>,
    pub(super) arguments: Vec<Argument>,
    pub(super) call: Call<'a>,
}

impl<'a> Bindings<'a> {
    pub(super) fn parameter(&self, name: &str) -> Option<&Bound<'a>> {
        self.parameters.get(self.declared?.place(name)?)
    }

    pub(super) fn cell(&self, name: &str) -> Option<&Bound<'a>> {
        self.row.iter().find(|(known, _)| known == name).map(|(_, bound)| bound)
    }
}

impl Call<'_> {
    /// The same place, reached in one more step.
    pub(super) fn via(&self, origin: Origin) -> Self {
        Self { origin, ..self.clone() }
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        sources: &'a Sources,
        config: &'a Config,
        scope: Rc<Scope<'a>>,
        inputs: &Inputs,
    ) -> Self {
        let mut compiler = Self {
            sources,
            config,
            scope,
            pipeline: Pipeline::new(inputs),
            pipeline_parameters: Vec::new(),
            compiled: Compiled::default(),
            calls: Vec::new(),
            depth: 0,
            invocations: 0,
            entries: 0,
            fault_places: Map::new(),
            not_checked: Set::new(),
            values_left: MAX_VALUES,
            text_left: MAX_TEXT,
            read_left: Cell::new(MAX_READ),
            exhausted: false,
        };
        compiler.bind_pipeline_parameters(inputs);
        compiler
    }

    /// The config's own place, where no parameters are in scope.
    pub(super) fn top(&self) -> Call<'a> {
        Call { scope: Rc::clone(&self.scope), bindings: Rc::default(), origin: Origin::default() }
    }

    /// Notes a fault, once for each place: a command that is called a hundred times is wrong once.
    pub(super) fn fault(&mut self, kind: FaultKind, span: Span, origin: &Origin) {
        let known = self.fault_places.get_or_default(span);
        let same = |index: &usize| self.compiled.faults[*index].kind == kind;
        if self.compiled.faults.len() < MAX_FAULTS && !known.iter().any(same) {
            known.push(self.compiled.faults.len());
            self.compiled.faults.push(Fault { kind, span, origin: origin.clone() });
        }
    }

    /// Takes one value and `text` bytes off what is left. False, and a fault, once nothing is.
    pub(super) fn afford(&mut self, text: usize, span: Span, origin: &Origin) -> bool {
        if self.exhausted {
            return false;
        }
        let read = self.read_left.get() > 0;
        self.exhausted = self.values_left == 0 || self.text_left < text || !read;
        if self.exhausted {
            let kind = match self.values_left {
                0 => FaultKind::TooManyValues { limit: MAX_VALUES },
                _ if read => FaultKind::TooMuchText { limit: MAX_TEXT },
                _ => FaultKind::TooMuchRead { limit: MAX_READ },
            };
            self.fault(kind, span, origin);
        } else {
            self.values_left -= 1;
            self.text_left -= text;
        }
        !self.exhausted
    }

    /// What a pipeline parameter is bound to.
    pub(super) fn pipeline_parameter(&self, name: &str) -> Option<&Value> {
        self.pipeline_parameters.get(self.config.parameters.place(name)?)
    }

    pub(super) fn text_left(&self) -> usize {
        self.text_left
    }

    /// Takes `bytes` off what may be read. False once that is used up.
    pub(super) fn read(&self, bytes: usize) -> bool {
        let left = self.read_left.get().checked_sub(bytes);
        self.read_left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether there may be one more entry. False, and a fault, where there may not.
    pub(super) fn afford_entry(&mut self, span: Span, origin: &Origin) -> bool {
        self.entries += 1;
        // Told once, at the first that is too much.
        if self.entries == MAX_ENTRIES + 1 {
            self.fault(FaultKind::TooManyEntries { limit: MAX_ENTRIES }, span, origin);
        }
        self.entries <= MAX_ENTRIES
    }

    /// Whether a limit was met: nothing more is expanded then.
    pub(super) fn exhausted(&self) -> bool {
        self.exhausted
    }

    /// Notes that elements of an orb were asked for that is not at hand.
    pub(super) fn opaque(&mut self, import: &OrbImport) {
        let Some(reference) = &import.reference else {
            let why = if import.is_put_in {
                "it is put in before the config runs, as the orb under test"
            } else {
                "it is an empty placeholder for an orb under test"
            };
            return self.tell_not_checked(&import.alias, why.to_owned());
        };
        let known = OrbReference::parse(reference)
            .is_some_and(|reference| Catalogue::built_in().knows(&reference.name));
        let why = if known && !is_template(&import.node) {
            "its source is not at hand, and of this version no signatures are known"
        } else {
            "its source is not at hand"
        };
        self.tell_not_checked(reference, why.to_owned());
    }

    /// The same for an orb of which the signatures are known.
    pub(super) fn listed(&mut self, listing: &Listing) {
        let release = &listing.release;
        let why = format!(
            "its source is not at hand: names and arguments were held against `{release}`, what its steps do was not \
             looked at"
        );
        self.tell_not_checked(&listing.asked, why);
    }

    fn tell_not_checked(&mut self, orb: &Spanned<String>, why: String) {
        if self.not_checked.insert(orb.span) {
            let not_checked = NotChecked { what: format!("orb `{}`", orb.value), why, span: orb.span };
            self.compiled.not_checked.push(not_checked);
        }
    }
}
