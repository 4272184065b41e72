//! Asking the worker: one question at a time, the newest text first, and never twice about a text that it
//! did not survive.

use super::{Effect, Notice, State};
use crate::report::{Report, Verdict};
use crate::worker::{Body, Given, Request, RequestKind, Response};
use std::rc::Rc;

/// The worker, as the page sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Loading. A message sent now would be lost.
    Starting,
    Idle,
    /// Working on question `turn`. `slow` once that takes so long that the page says so.
    Busy {
        turn: u32,
        slow: bool,
    },
    /// It could not be loaded; why.
    Lost(String),
}

impl Engine {
    /// The page's `data-engine`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Idle | Self::Busy { .. } => "ready",
            Self::Lost(_) => "lost",
        }
    }
}

/// The engine came to a panic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crash {
    pub message: String,
    /// The text it came from, for the report, where the user wants it in.
    pub text: Rc<str>,
}

impl Crash {
    /// A report for the project's issue tracker. The config goes in only where `with_text`.
    #[must_use]
    pub fn report(&self, version: &str, with_text: bool) -> String {
        let config = if with_text {
            format!("config:\n{}", self.text)
        } else {
            format!("config: not included ({} bytes)\n", self.text.len())
        };
        format!("Dryrun {version}: the engine stopped\n\n{}\n\n{config}", self.message.trim_end())
    }
}

impl State {
    /// The next question, if the worker is free and there is one.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        if self.engine != Engine::Idle {
            return Vec::new();
        }
        let kind = if let Some((line, column)) = self.wanted_completion.take() {
            // Somebody waits for it with the hands on the keys.
            RequestKind::Complete {
                name: self.file.clone(),
                text: self.text.to_string(),
                given: Given::clone(&self.given),
                line,
                column,
            }
        } else if self.is_unanswered() {
            RequestKind::Analyze {
                name: self.file.clone(),
                text: self.text.to_string(),
                given: Given::clone(&self.given),
                direction: self.direction(),
            }
        } else if let Some(finding) = self.wanted_ignore.take() {
            RequestKind::Ignore {
                name: self.file.clone(),
                text: self.text.to_string(),
                given: Given::clone(&self.given),
                finding,
            }
        } else if let Some(export) = self.export_request() {
            export
        } else {
            let effects = self.ask_for_compiled();
            return if effects.is_empty() { self.ask_for_run() } else { effects };
        };
        self.asked(Request { rev: self.rev, kind })
    }

    pub(super) fn asked(&mut self, request: Request) -> Vec<Effect> {
        self.turn = self.turn.wrapping_add(1);
        self.engine = Engine::Busy { turn: self.turn, slow: false };
        vec![Effect::Ask(Box::new(request))]
    }

    fn is_unanswered(&self) -> bool {
        self.given_up != Some(self.rev) && self.report.as_ref().is_none_or(|(rev, _)| *rev != self.rev)
    }

    /// The report about the text as it is now.
    #[must_use]
    pub fn fresh_report(&self) -> Option<&Rc<Report>> {
        self.report.as_ref().filter(|(rev, _)| *rev == self.rev).map(|(_, report)| report)
    }

    /// Nobody will answer for the text as it is.
    #[must_use]
    pub fn is_unchecked(&self) -> bool {
        matches!(self.engine, Engine::Lost(_)) || self.given_up == Some(self.rev)
    }

    /// The page's `data-verdict`.
    #[must_use]
    pub fn verdict_mark(&self) -> &'static str {
        self.fresh_report().map_or("checking", |report| report.verdict.name())
    }

    /// The verdict to show: the newest one until it is clear that the next takes a while, so that typing does
    /// not make it flicker. Nothing while there is none.
    #[must_use]
    pub fn verdict_shown(&self) -> Option<Verdict> {
        let (rev, report) = self.report.as_ref()?;
        let is_slow = matches!(self.engine, Engine::Starting | Engine::Busy { slow: true, .. });
        (*rev == self.rev || (!is_slow && !self.is_unchecked())).then_some(report.verdict)
    }

    pub(super) fn engine_ready(&mut self) -> Vec<Effect> {
        self.engine = Engine::Idle;
        let mut effects = vec![Effect::Publish];
        effects.extend(self.ask());
        effects
    }

    /// No watch runs before: the engine may be at the question of another element of the page.
    pub(super) fn engine_began(&self) -> Vec<Effect> {
        match self.engine {
            Engine::Busy { turn, .. } => vec![Effect::Watch(turn)],
            _ => Vec::new(),
        }
    }

    pub(super) fn engine_lost(&mut self, why: String) -> Vec<Effect> {
        // A worker that was up and fails has come to a panic, which tells more by another way.
        if self.engine == Engine::Starting {
            self.engine = Engine::Lost(why);
            return vec![Effect::Publish];
        }
        self.engine_panicked(why)
    }

    pub(super) fn engine_panicked(&mut self, message: String) -> Vec<Effect> {
        if self.engine == Engine::Starting {
            // The trap after the panic that was already told.
            return Vec::new();
        }
        self.crash = Some(Crash { message, text: Rc::clone(&self.text) });
        self.restarted()
    }

    /// A new worker, which is not asked again what the old one could not answer.
    fn restarted(&mut self) -> Vec<Effect> {
        if self.is_unanswered() {
            self.given_up = Some(self.rev);
        }
        self.wanted_export = None;
        self.wanted_completion = None;
        self.engine = Engine::Starting;
        // Whoever waits for a list waits no longer.
        vec![Effect::Offer(None), Effect::RestartEngine, Effect::Publish]
    }

    pub(super) fn retried(&mut self) -> Vec<Effect> {
        self.engine = Engine::Starting;
        self.given_up = None;
        self.compile_asked = None;
        self.run.ask_again();
        vec![Effect::RestartEngine, Effect::Publish]
    }

    pub(super) fn checked_again(&mut self) -> Vec<Effect> {
        if matches!(self.engine, Engine::Lost(_)) {
            return self.retried();
        }
        self.given_up = None;
        self.compile_asked = None;
        self.ask()
    }

    pub(super) fn slow(&mut self, turn: u32) -> Vec<Effect> {
        if let Engine::Busy { turn: asked, slow } = &mut self.engine
            && *asked == turn
        {
            *slow = true;
        }
        Vec::new()
    }

    pub(super) fn silent(&mut self, turn: u32) -> Vec<Effect> {
        if !matches!(self.engine, Engine::Busy { turn: asked, .. } if asked == turn) {
            return Vec::new();
        }
        self.notice = Some(Notice::Hung);
        self.restarted()
    }

    pub(super) fn answered(&mut self, response: Response) -> Vec<Effect> {
        self.engine = Engine::Idle;
        let mut effects = match response.body {
            // The text has changed since: the next answer is on its way.
            Body::Report(_) if response.rev != self.rev => Vec::new(),
            Body::Report(report) => self.take_report(*report),
            Body::Compiled(texts) => self.take_compiled(response.rev, texts),
            Body::Exported(texts) => self.exported(*texts),
            Body::Run(playback) => self.take_run(response.rev, *playback),
            Body::Ignore(comment) => self.ignore_found(response.rev, comment),
            // Nobody waits for it any more: the newer wish is next.
            Body::Offered(_) if self.wanted_completion.is_some() => Vec::new(),
            Body::Offered(offer) => vec![Effect::Offer((response.rev == self.rev).then_some(offer))],
        };
        effects.extend(self.ask());
        effects
    }

    fn take_report(&mut self, mut report: Report) -> Vec<Effect> {
        self.crash = None;
        if self.notice == Some(Notice::Hung) {
            self.notice = None;
        }
        self.take_drawing(&mut report);
        fold_continuation(&mut report);
        let report = Rc::new(report);
        self.problem = self.problem.filter(|&index| index < report.diagnostics.len());
        self.report = Some((self.rev, Rc::clone(&report)));
        vec![Effect::ShowDiagnostics(report), Effect::Publish]
    }
}

/// The continuation's findings are findings too. They keep the name of their file.
fn fold_continuation(report: &mut Report) {
    let Some(continuation) = &mut report.continuation else { return };
    report.diagnostics.append(&mut continuation.diagnostics);
    report.ignored.append(&mut continuation.ignored);
    report.verdict = match (report.verdict, continuation.verdict) {
        (own @ (Verdict::Unparsable | Verdict::Errors), _) => own,
        // The text in the editor does parse.
        (_, Verdict::Unparsable | Verdict::Errors) => Verdict::Errors,
        (Verdict::Ok, other) => other,
        (own, _) => own,
    };
}
