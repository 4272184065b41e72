//! Properties of simulated runs, over random workflows and random inputs.

use dryrun::analysis::{Inputs, RunInputs, analyze};
use dryrun::report::run::{
    Duration, EventKind, Failure, JobState, Moment, Progress, Run, RunReport, WorkflowRun, WorkflowState, run,
};
use dryrun::text::{Encoding, Sources};
use proptest::prelude::*;
use std::fmt::Write;
use std::time::Instant;

fn simulated(text: &str, inputs: &RunInputs) -> RunReport {
    let sources = Sources::new("config.yml", text);
    let analysis = analyze(&sources, &inputs.compiled_with(Inputs::default()));
    run(&analysis, inputs, Encoding::Scalar)
}

fn only(report: &RunReport) -> &WorkflowRun<dryrun::report::Location> {
    &report.workflows[0]
}

/// A job of a random workflow.
#[derive(Clone, Debug)]
struct Job {
    /// Of the jobs before it, with the status asked for.
    requires: Vec<(usize, &'static str)>,
    steps: usize,
    approval: bool,
    serial: bool,
    reruns: u32,
}

fn text(jobs: &[Job], max_auto_reruns: u32) -> String {
    let mut text = String::from("version: 2.1\njobs:\n");
    for (index, job) in jobs.iter().enumerate() {
        let _ = write!(text, "  j{index}:\n    docker: [{{image: \"cimg/base:2024.01\"}}]\n    steps:\n");
        for step in 0..job.steps {
            let _ = write!(text, "      - run: {{name: s{step}, command: \"true\"");
            if job.reruns > 0 {
                let _ = write!(text, ", max_auto_reruns: {}, auto_rerun_delay: 7s", job.reruns);
            }
            text.push_str("}\n");
        }
    }
    text.push_str("workflows:\n  main:\n");
    if max_auto_reruns > 0 {
        let _ = writeln!(text, "    max_auto_reruns: {max_auto_reruns}");
    }
    text.push_str("    jobs:\n");
    for (index, job) in jobs.iter().enumerate() {
        let _ = write!(text, "      - j{index}: {{requires: [");
        for (required, status) in &job.requires {
            let _ = write!(text, "{{j{required}: {status}}}, ");
        }
        text.push(']');
        text.push_str(if job.approval { ", type: approval" } else { "" });
        text.push_str(if job.serial { ", serial-group: one" } else { "" });
        text.push_str("}\n");
    }
    text
}

/// Seeds of requirements, how many, steps, (approval, serial, reruns), how many.
type Drawn = ([u8; 3], usize, usize, [bool; 3], u32);

fn jobs(plain: bool) -> impl Strategy<Value = Vec<Job>> {
    let job = (any::<[u8; 3]>(), 0_usize..4, 1_usize..4, any::<[bool; 3]>(), 0_u32..3);
    proptest::collection::vec(job, 1..14).prop_map(move |drawn| {
        let job = |(index, drawn): (usize, Drawn)| {
            let (seeds, count, steps, flags, reruns) = drawn;
            let mut requires: Vec<(usize, &'static str)> = Vec::new();
            for seed in seeds.iter().take(count.min(index)) {
                let before = usize::from(*seed) % index;
                let status = ["success", "success", "failed", "terminal", "canceled", "not_run"];
                let status = if plain { "success" } else { status[usize::from(*seed / 32) % status.len()] };
                if !requires.iter().any(|(known, _)| *known == before) {
                    requires.push((before, status));
                }
            }
            let [approval, serial, rerun] = flags;
            Job {
                requires,
                steps,
                approval: approval && !plain,
                serial: serial && !plain && !approval,
                reruns: if rerun && !plain { reruns } else { 0 },
            }
        };
        drawn.into_iter().enumerate().map(job).collect()
    })
}

fn inputs() -> impl Strategy<Value = RunInputs> {
    let name = || (0_usize..14).prop_map(|index| format!("j{index}"));
    let moment = || (name(), 0_u64..200).prop_map(|(job, at)| Moment { job, at });
    let failure =
        (name(), proptest::option::of(1_u32..4)).prop_map(|(target, times)| Failure { target, times });
    let duration = (name(), 0_u64..90).prop_map(|(target, seconds)| Duration { target, seconds });
    (
        proptest::collection::vec(duration, 0..5),
        proptest::collection::vec(failure, 0..4),
        proptest::collection::vec(moment(), 0..4),
        proptest::collection::vec(moment(), 0..2),
        proptest::collection::vec(moment(), 0..3),
        proptest::collection::vec(name(), 0..2),
        proptest::option::of(1_u32..4),
    )
        .prop_map(|(durations, failures, approvals, denials, cancels, unauthorized, concurrency)| {
            RunInputs {
                durations,
                failures,
                approvals,
                denials,
                cancels,
                unauthorized,
                concurrency,
                ..RunInputs::default()
            }
        })
}

fn started(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Job(JobState::Running | JobState::OnHold))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_input_gives_the_same_log(jobs in jobs(false), inputs in inputs(), reruns in 0_u32..3) {
        let text = text(&jobs, reruns);
        prop_assert_eq!(simulated(&text, &inputs), simulated(&text, &inputs));
    }

    #[test]
    fn jumping_to_a_second_and_playing_to_it_come_to_the_same(
        jobs in jobs(false), inputs in inputs(), reruns in 0_u32..3, t in 0_u64..600,
    ) {
        let report = simulated(&text(&jobs, reruns), &inputs);
        let workflow = only(&report);
        prop_assert!(workflow.events.windows(2).all(|pair| pair[0].t <= pair[1].t), "in order of time");
        let mut played = Progress::start(workflow);
        let mut next = 0;
        for second in 0..=t {
            while next < workflow.events.len() && workflow.events[next].t <= second {
                played.apply(&workflow.events[next]);
                next += 1;
            }
        }
        prop_assert_eq!(played, Progress::at(workflow, t));
        let end = Progress::at(workflow, u64::MAX);
        prop_assert_eq!(end.state, workflow.state);
        let states: Vec<JobState> = workflow.jobs.iter().map(|job| job.state).collect();
        prop_assert_eq!(end.jobs.iter().map(|job| job.state).collect::<Vec<_>>(), states);
    }

    #[test]
    fn no_job_starts_before_its_requirements_allow_it(
        jobs in jobs(false), inputs in inputs(), reruns in 0_u32..3,
    ) {
        let report = simulated(&text(&jobs, reruns), &inputs);
        let workflow = only(&report);
        let mut progress = Progress::start(workflow);
        for event in &workflow.events {
            if let (Some(job), true) = (event.job, started(&event.kind)) {
                for (required, status) in &jobs[job as usize].requires {
                    let state = progress.jobs[*required].state;
                    let allowed = state.name() == *status || *status == "terminal" && state.is_final();
                    prop_assert!(allowed, "j{job} starts at {} while j{required} is {state:?}", event.t);
                }
            }
            progress.apply(event);
        }
    }

    #[test]
    fn limits_and_serial_groups_are_kept(jobs in jobs(false), inputs in inputs(), reruns in 0_u32..3) {
        let report = simulated(&text(&jobs, reruns), &inputs);
        let mut progress = Progress::start(only(&report));
        for event in &only(&report).events {
            progress.apply(event);
            let running = |job: &usize| progress.jobs[*job].state == JobState::Running;
            let count = (0..jobs.len()).filter(running).count();
            prop_assert!(inputs.concurrency.is_none_or(|limit| count <= limit as usize));
            prop_assert!((0..jobs.len()).filter(|job| jobs[*job].serial).filter(running).count() <= 1);
        }
    }

    #[test]
    fn without_anything_in_the_way_the_critical_path_is_the_wall_time(jobs in jobs(true), inputs in inputs()) {
        let inputs = RunInputs { durations: inputs.durations, ..RunInputs::default() };
        let report = simulated(&text(&jobs, 0), &inputs);
        prop_assert_eq!(only(&report).state, WorkflowState::Success);
        prop_assert_eq!(only(&report).wall, only(&report).critical);
        prop_assert!(only(&report).wall <= only(&report).sequence);
    }

    #[test]
    fn the_wall_time_is_no_shorter_than_the_longest_chain_that_ran(
        jobs in jobs(false), inputs in inputs(), reruns in 0_u32..3,
    ) {
        let report = simulated(&text(&jobs, reruns), &inputs);
        prop_assert!(only(&report).wall >= only(&report).critical);
        for pair in only(&report).critical_path.windows(2) {
            let requires = &jobs[pair[1] as usize].requires;
            prop_assert!(requires.iter().any(|(required, _)| *required == pair[0] as usize));
        }
    }

    #[test]
    fn every_run_comes_to_an_end(jobs in jobs(false), inputs in inputs(), reruns in 0_u32..3) {
        let report = simulated(&text(&jobs, reruns), &inputs);
        let held = only(&report).jobs.iter().any(|job| job.state == JobState::OnHold);
        for job in &only(&report).jobs {
            prop_assert!(job.state.is_final() || held, "{} is {:?}", job.name, job.state);
            prop_assert!(job.state != JobState::Running);
        }
    }
}

#[test]
fn a_thousand_jobs_are_simulated_at_once() {
    let job = |index: usize| Job {
        requires: [index / 2, index / 3]
            .iter()
            .filter(|need| **need < index)
            .map(|need| (*need, "success"))
            .collect(),
        steps: 5,
        approval: false,
        serial: false,
        reruns: 0,
    };
    let jobs: Vec<Job> = (0..1_000).map(job).collect();
    let sources = Sources::new("config.yml", text(&jobs, 0));
    let analysis = analyze(&sources, &Inputs::default());
    let start = Instant::now();
    let Run { workflows, .. } = analysis.simulate(&RunInputs { warm: true, ..RunInputs::default() });
    let elapsed = start.elapsed();
    assert_eq!(workflows[0].state, WorkflowState::Success);
    // The budget of data flow and simulation is 50 ms; ten times that on a busy machine in debug.
    assert!(elapsed.as_millis() < 500, "{elapsed:?}");
}
