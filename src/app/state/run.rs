//! The run that is simulated: what it is run with, and the second that is looked at. Everything on the screen
//! follows from that second, so that jumping to it and playing to it come to the same.

use super::{Effect, Pane, RunKey, Spot, State, View};
use crate::report::RunInputs;
use crate::report::playback::{Move, Playback, Played};
use crate::report::run::{Duration, Failure, JobState, Moment, Seconds};
use crate::worker::{Given, Request, RequestKind};
use std::rc::Rc;

/// Seconds of the run in a second of the clock.
pub const SPEEDS: [u32; 4] = [5, 15, 60, 240];
/// Ticks a second.
const TICKS: f64 = 20.0;
/// With reduced motion a step is shown for so many ticks.
const STEP_TICKS: u32 = 16;

/// A run, as it is played.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Play {
    pub is_open: bool,
    pub inputs: RunInputs,
    /// Numbers the inputs.
    version: u32,
    /// The revision and the inputs that were last asked about.
    asked: Option<(u32, u32)>,
    playback: Option<Rc<Playback>>,
    /// The second that is looked at, with its fraction while it plays.
    pub now: f64,
    pub is_playing: bool,
    /// Index into [`SPEEDS`].
    pub speed: usize,
    /// Ticks since the last step, with reduced motion.
    rested: u32,
}

/// What can be done with a run.
#[derive(Clone, Debug, PartialEq)]
pub enum RunChange {
    Toggled,
    /// Play, or pause.
    Played,
    /// `still` with reduced motion: then it goes from event to event.
    Ticked {
        still: bool,
    },
    /// To the next second in which something happens, or back.
    Stepped {
        forward: bool,
    },
    Scrubbed(Seconds),
    SpeedChosen(usize),
    /// How long a job takes; nothing for what is assumed.
    Lasts(String, Option<Seconds>),
    /// Let a job fail, or no longer.
    Fails(String),
    /// Cancel a job at the second that is looked at, or no longer.
    Canceled(String),
    /// What becomes of an approval at the second that is looked at; nothing: nobody decides.
    Decided(String, Option<bool>),
    Concurrency(Option<u32>),
    Warm,
}

impl Play {
    pub(super) fn ask_again(&mut self) {
        self.asked = None;
    }

    /// The second that is looked at, whole.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "never negative, and saturates"
    )]
    pub fn second(&self) -> Seconds {
        self.now as Seconds
    }

    /// What was set for a job: seconds, failing, canceled, decided.
    #[must_use]
    pub fn set_for(&self, job: &str) -> (Option<Seconds>, bool, bool, Option<bool>) {
        let inputs = &self.inputs;
        let seconds = inputs.durations.iter().find(|given| given.target == job).map(|given| given.seconds);
        let is_in = |moments: &[Moment]| moments.iter().any(|moment| moment.job == job);
        let decided =
            if is_in(&inputs.approvals) { Some(true) } else { is_in(&inputs.denials).then_some(false) };
        let fails = inputs.failures.iter().any(|failure| failure.target == job);
        (seconds, fails, is_in(&inputs.cancels), decided)
    }
}

impl State {
    /// The run of the workflow that is shown.
    #[must_use]
    pub fn played(&self) -> Option<&Played> {
        let playback = self.run.playback.as_ref().filter(|_| self.plays())?;
        playback.workflows.get(self.workflow)
    }

    /// The run, ready to be played.
    #[must_use]
    pub fn playback(&self) -> Option<&Playback> {
        self.run.playback.as_deref().filter(|_| self.plays())
    }

    /// A run is on the screen.
    #[must_use]
    pub fn plays(&self) -> bool {
        self.run.is_open || self.view == View::Timeline
    }

    /// What a job is at the second that is looked at.
    #[must_use]
    pub fn job_state(&self, job: usize) -> Option<JobState> {
        self.played()?.state_at(job, self.run.second())
    }

    /// What has set out along the lines of the graph by the second that is looked at, and how far it has come,
    /// from 0 to 1.
    #[must_use]
    pub fn moves(&self) -> Vec<(Move, f64)> {
        let now = self.run.now;
        let far = |moved: &Move| {
            let (start, end) = (seconds(moved.start), seconds(moved.end));
            if now >= end { 1.0 } else { ((now - start) / (end - start)).clamp(0.0, 1.0) }
        };
        let moves = self.played().map_or(&[][..], |played| &played.moves);
        let begun = moves.iter().filter(|moved| seconds(moved.start) <= now);
        begun.map(|moved| (moved.clone(), far(moved))).collect()
    }

    pub(super) fn ask_for_run(&mut self) -> Vec<Effect> {
        let Some(drawing) = &self.drawing else { return Vec::new() };
        let wanted = (drawing.rev, self.run.version);
        if !self.plays() || self.run.asked == Some(wanted) {
            return Vec::new();
        }
        let (rev, text) = (drawing.rev, drawing.text.to_string());
        self.run.asked = Some(wanted);
        let (name, given) = (self.file.clone(), Given::clone(&self.given));
        let run = Box::new(self.run.inputs.clone());
        self.asked(Request { rev, kind: RequestKind::Run { name, text, given, run } })
    }

    pub(super) fn take_run(&mut self, rev: u32, playback: Playback) -> Vec<Effect> {
        if self.drawing.as_ref().is_some_and(|drawing| drawing.rev == rev) {
            self.run.playback = Some(Rc::new(playback));
            self.run.now = self.run.now.min(self.run_end());
        }
        Vec::new()
    }

    /// The second in which the last thing happens.
    #[must_use]
    pub fn run_end(&self) -> f64 {
        self.played().map_or(0.0, |played| seconds(played.end))
    }

    pub(super) fn run_changed(&mut self, change: RunChange) -> Vec<Effect> {
        match change {
            RunChange::Toggled => return self.run_toggled(),
            RunChange::Played => return self.run_played(),
            RunChange::Ticked { still } => return self.run_ticked(still),
            RunChange::Stepped { forward } => {
                let second = self.run.second();
                // Within a second, back leads to its begin.
                let inside = !forward && self.run.now > seconds(second);
                let beside = self.played().and_then(|played| played.beside(second, forward));
                if let Some(at) = if inside { Some(second) } else { beside } {
                    self.run.now = seconds(at);
                }
                return self.paused();
            }
            RunChange::Scrubbed(second) => {
                self.run.now = seconds(second).min(self.run_end());
                return self.paused();
            }
            RunChange::SpeedChosen(speed) => {
                self.run.speed = speed.min(SPEEDS.len() - 1);
                return Vec::new();
            }
            change => self.set_up(change),
        }
        self.run.version = self.run.version.wrapping_add(1);
        self.ask()
    }

    fn set_up(&mut self, change: RunChange) {
        let at = self.run.second();
        let inputs = &mut self.run.inputs;
        match change {
            RunChange::Lasts(target, length) => {
                inputs.durations.retain(|given| given.target != target);
                inputs.durations.extend(length.map(|seconds| Duration { target, seconds }));
            }
            RunChange::Fails(target) => {
                let before = inputs.failures.len();
                inputs.failures.retain(|failure| failure.target != target);
                if inputs.failures.len() == before {
                    inputs.failures.push(Failure { target, times: None });
                }
            }
            RunChange::Canceled(job) => {
                let moment = Moment { job, at };
                let was_there = forget(&mut inputs.cancels, &moment.job);
                inputs.cancels.extend((!was_there).then_some(moment));
            }
            RunChange::Decided(job, decision) => {
                forget(&mut inputs.approvals, &job);
                forget(&mut inputs.denials, &job);
                match decision {
                    Some(true) => inputs.approvals.push(Moment { job, at }),
                    Some(false) => inputs.denials.push(Moment { job, at }),
                    None => {}
                }
            }
            RunChange::Concurrency(limit) => inputs.concurrency = limit,
            RunChange::Warm => inputs.warm = !inputs.warm,
            _ => {}
        }
    }

    /// Nothing where the job of the focus is not one that can fail, or be approved.
    pub(super) fn run_key(&mut self, key: RunKey) -> Vec<Effect> {
        let Spot::Node(index) = self.focus else { return Vec::new() };
        let Some(job) = self.played().and_then(|played| played.jobs.get(index)) else { return Vec::new() };
        if job.outcome == JobState::Skipped || job.asks != (key == RunKey::Approve) {
            return Vec::new();
        }
        let name = job.name.clone();
        let is_approved = self.run.set_for(&name).3 == Some(true);
        self.run_changed(match key {
            RunKey::Fail => RunChange::Fails(name),
            RunKey::Approve => RunChange::Decided(name, (!is_approved).then_some(true)),
        })
    }

    /// What a narrow window shows.
    #[must_use]
    pub fn shown_pane(&self) -> Pane {
        let has_run = self.pane == Pane::Graph && self.view != View::Compiled && self.plays();
        if has_run { Pane::Run } else { self.pane }
    }

    /// The bar of a narrow window tells the graph from its run, which a wide one shows together.
    pub(super) fn pane_chosen(&mut self, pane: Pane) -> Vec<Effect> {
        let has_run = pane == Pane::Run;
        if has_run && self.view == View::Compiled || pane == Pane::Graph && self.view == View::Timeline {
            self.view = View::Graph;
        }
        self.pane = if has_run { Pane::Graph } else { pane };
        if (has_run || pane == Pane::Graph) && self.plays() != has_run {
            self.run_toggled()
        } else {
            Vec::new()
        }
    }

    /// A run that a link holds takes the place of the one that is there.
    pub(super) fn run_replaced(&mut self, run: Play) -> Vec<Effect> {
        let effects = self.paused();
        self.run = Play { version: self.run.version.wrapping_add(1), ..run };
        effects
    }

    /// Another document: what was set for the jobs of the one before means none of its own.
    pub(super) fn run_emptied(&mut self) -> Vec<Effect> {
        let Play { is_open, speed, .. } = self.run;
        self.run_replaced(Play { is_open, speed, ..Play::default() })
    }

    fn run_toggled(&mut self) -> Vec<Effect> {
        self.run.is_open = !self.run.is_open;
        let mut effects = self.paused();
        effects.extend(self.ask());
        effects
    }

    fn run_played(&mut self) -> Vec<Effect> {
        if self.run.is_playing {
            return self.paused();
        }
        if self.run.now >= self.run_end() {
            self.run.now = 0.0;
        }
        self.run.is_playing = true;
        vec![Effect::Tick(true)]
    }

    fn paused(&mut self) -> Vec<Effect> {
        let was_playing = std::mem::take(&mut self.run.is_playing);
        if was_playing { vec![Effect::Tick(false)] } else { Vec::new() }
    }

    fn run_ticked(&mut self, still: bool) -> Vec<Effect> {
        if !self.run.is_playing {
            return Vec::new();
        }
        let end = self.run_end();
        if still {
            self.run.rested = (self.run.rested + 1) % STEP_TICKS;
            if self.run.rested > 0 {
                return Vec::new();
            }
            let next = self.played().and_then(|played| played.beside(self.run.second(), true));
            self.run.now = next.map_or(end, seconds);
        } else {
            let speed = SPEEDS.get(self.run.speed).copied().unwrap_or(SPEEDS[0]);
            self.run.now = (self.run.now + f64::from(speed) / TICKS).min(end);
        }
        if self.run.now >= end { self.paused() } else { Vec::new() }
    }
}

/// Whether there was something to forget.
fn forget(moments: &mut Vec<Moment>, job: &str) -> bool {
    let before = moments.len();
    moments.retain(|moment| moment.job != job);
    moments.len() < before
}

#[expect(clippy::cast_precision_loss, reason = "a run is far shorter than that")]
fn seconds(whole: Seconds) -> f64 {
    whole as f64
}
