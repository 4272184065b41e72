//! What a run is made with, as words of a link. They are named after the options of `dryrun run`:
//! `warm`, `concurrency=2`, `duration=build=40`, `approve=hold=90`; beside them what is looked at: `open`,
//! `speed=60`, `second=40`.

use super::run::{Play, SPEEDS};
use crate::report::RunInputs;
use crate::report::run::{Duration, Failure, Moment, Seconds};

/// More words than anybody sets by hand are not read.
const MOST: usize = 1_000;

/// Lists of moments, by the word that stands for them.
fn moments(inputs: &mut RunInputs) -> [(&'static str, &mut Vec<Moment>); 3] {
    [("approve", &mut inputs.approvals), ("deny", &mut inputs.denials), ("cancel", &mut inputs.cancels)]
}

impl Play {
    /// Nothing while all is as at first.
    pub(super) fn words(&self) -> Vec<String> {
        let mut inputs = self.inputs.clone();
        let mut words = Vec::new();
        let mut number = |key: &str, value: Seconds| words.push([key, "=", &value.to_string()].concat());
        if let Some(limit) = inputs.concurrency {
            number("concurrency", limit.into());
        }
        if self.speed > 0 {
            number("speed", SPEEDS[self.speed.min(SPEEDS.len() - 1)].into());
        }
        if self.second() > 0 {
            number("second", self.second());
        }
        for given in &inputs.durations {
            number(&["duration=", &given.target].concat(), given.seconds);
        }
        for (key, all) in moments(&mut inputs) {
            for moment in all {
                number(&[key, "=", &moment.job].concat(), moment.at);
            }
        }
        let flags = [("open", self.is_open), ("warm", inputs.warm)];
        words.extend(flags.into_iter().filter(|(_, is_on)| *is_on).map(|(word, _)| word.to_owned()));
        words.extend(inputs.failures.iter().map(|failure| ["fail=", &failure.target].concat()));
        words
    }

    /// Takes what a link has in place of what is set. A word that is unknown or of another shape is left out.
    #[must_use]
    pub(super) fn read(words: &[&str]) -> Self {
        let mut run = Self::default();
        for word in words.iter().take(MOST) {
            run.take(word);
        }
        run
    }

    fn take(&mut self, word: &str) -> Option<()> {
        let inputs = &mut self.inputs;
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        let number = || value.parse::<u32>().ok();
        match key {
            "open" => self.is_open = true,
            "warm" => inputs.warm = true,
            "concurrency" => inputs.concurrency = Some(number().filter(|limit| *limit > 0)?),
            "speed" => self.speed = SPEEDS.iter().position(|speed| Some(*speed) == number())?,
            "second" => self.now = number()?.into(),
            "fail" => inputs.failures.push(Failure { target: value.to_owned(), times: None }),
            _ => {
                let (name, at) = value.rsplit_once('=')?;
                let (name, at) = (name.to_owned(), at.parse().ok()?);
                if key == "duration" {
                    inputs.durations.push(Duration { target: name, seconds: at });
                } else {
                    let (_, all) = moments(inputs).into_iter().find(|(word, _)| *word == key)?;
                    all.push(Moment { job: name, at });
                }
            }
        }
        Some(())
    }
}
