use crate::report::run::{Duration, Failure, Moment};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Shows what CircleCI would do with a `.circleci/config.yml`, before you push.
///
/// Everything happens on this machine: no account, no token, no network.
#[derive(Debug, Parser)]
#[command(name = "dryrun", version, after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  dryrun check                          the .circleci/config.yml of this project
  dryrun check --fix a.yml b.yml        apply the safe fixes, then report the rest
  dryrun check --format json -          a config on standard input, findings for a program
  dryrun compile                        the config with everything resolved
  dryrun graph --format svg > jobs.svg  the workflows as a picture
  dryrun run --tag v1.2.0               which jobs would run, why the others would not, and how long
  dryrun explain requires-cycle         what a check looks for, why, and the way out

Exit codes: 0 no errors, 1 errors in a config, 2 a wrong call or a file that cannot be read.";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check(Check),
    Compile(Compile),
    Graph(Graph),
    Run(Run),
    Lesson(Lesson),
    /// List all checks, with the severity of what they find
    Checks,
    Explain(Explain),
    #[command(hide = true)]
    Signatures(Signatures),
}

/// Report what is wrong with configs, and fix it where asked to
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  dryrun check
  dryrun check --orb acme/deploy@2.1=orbs/deploy.yml .circleci/config.yml
  dryrun check --parameter deploy=true --value pipeline.git.branch=release
  dryrun check --deny-warnings --format sarif configs/*.yml > dryrun.sarif
  dryrun check --format markdown > comment.md
  git show HEAD~3:.circleci/config.yml | dryrun check -")]
pub(super) struct Check {
    /// Configs to check, `-` for standard input [default: the .circleci/config.yml of this folder or the
    /// nearest one above]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub format: CheckFormat,
    /// Write fixes into the files first: those that keep the meaning, or with `unsafe` also those that
    /// change what the config does. What came on standard input goes, fixed, to standard output
    #[arg(long, value_enum, value_name = "SAFETY", num_args = 0..=1, require_equals = true,
        default_missing_value = "safe")]
    pub fix: Option<FixLevel>,
    /// With `--format markdown`: where a playground is. The report ends with a link that opens the config
    /// there; the config stands in the link itself, behind the #
    #[arg(long, value_name = "ADDRESS")]
    pub playground: Option<String>,
    /// Exit with 1 also where there are only warnings
    #[arg(long)]
    pub deny_warnings: bool,
    #[command(flatten)]
    pub given: Given,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people: the lines in question, with the places underlined
    Text,
    /// For programs: one document with the findings of all files
    Json,
    /// For code scanning services and editors: SARIF 2.1.0
    Sarif,
    /// For a job of GitHub Actions: annotations of the files
    Github,
    /// For a comment or a page: verdict, findings and graphs (Mermaid) as Markdown
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FixLevel {
    /// Fixes that keep the meaning
    Safe,
    /// Also fixes that change what the config does
    Unsafe,
}

/// Print the config as CircleCI runs it: executors, commands, matrices and parameters resolved
#[derive(Args, Debug)]
#[command(after_help = "\
The compiled config goes to standard output, what is wrong with the config to standard error.

Examples:
  dryrun compile > compiled.yml
  dryrun compile --parameter deploy=true --orb acme/deploy@2.1=orbs/deploy.yml
  dryrun compile --origins | less -S")]
pub(super) struct Compile {
    /// The config, `-` for standard input [default: the .circleci/config.yml of this folder or the nearest
    /// one above]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Say beside each line where it comes from, innermost first: the text, and the commands, executors,
    /// jobs and workflow entries it came through. For people: inside a script that is no comment
    #[arg(long)]
    pub origins: bool,
    /// Write the comments that CircleCI writes: releases of orbs above, the original config below
    #[arg(long)]
    pub comments: bool,
    #[command(flatten)]
    pub given: Given,
}

/// Draw the workflows: jobs and what they wait for
#[derive(Args, Debug)]
#[command(after_help = "\
Several workflows come as one SVG with the workflows below each other, as one DOT digraph each, or as one
Markdown block of Mermaid each; a single one comes as bare Mermaid. What is wrong with the config is said
on standard error; what can be drawn is drawn all the same.

Examples:
  dryrun graph > jobs.svg
  dryrun graph --workflow build-and-test --format mermaid
  dryrun graph --format dot config.yml | dot -Tpng > jobs.png")]
pub(super) struct Graph {
    /// The config, `-` for standard input [default: the .circleci/config.yml of this folder or the nearest
    /// one above]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = GraphFormat::Svg)]
    pub format: GraphFormat,
    /// Draw this workflow only
    #[arg(long, value_name = "NAME")]
    pub workflow: Option<String>,
    /// Which lines between jobs to draw
    #[arg(
        long,
        value_enum,
        value_name = "LAYER",
        value_delimiter = ',',
        default_value = "requires,workspace,cache"
    )]
    pub layers: Vec<Layer>,
    #[command(flatten)]
    pub given: Given,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    /// A picture, light or dark as the reader's system is
    Svg,
    /// A flowchart for Markdown
    Mermaid,
    /// Graphviz
    Dot,
    /// Jobs, edges and where they stand in the picture, for programs
    Json,
}

/// A kind of line between jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Layer {
    /// Which job waits for which
    Requires,
    /// What jobs hand on to jobs after them
    Workspace,
    /// What jobs keep for later runs
    Cache,
}

/// Show which jobs a push would run, why the others would not, and how the run would go
///
/// Durations are assumptions, the same for every project, unless given: the answer lists those it used.
#[derive(Args, Debug)]
#[command(after_help = "\
JOB is a name as in the workflow, or the job that it invokes; SECONDS may also be written 2m or 1h.
In the timeline █ is running, ░ queued, ┄ on hold, · an instant; n:m behind a reason is its line and column.

Examples:
  dryrun run
  dryrun run --branch feature/login --parameter deploy=true
  dryrun run --tag v1.2.0 --approve hold --duration test=4m
  dryrun run --fail test --concurrency 2
  dryrun run --schedule nightly --format json")]
pub(super) struct Run {
    /// The config, `-` for standard input [default: the .circleci/config.yml of this folder or the nearest
    /// one above]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// A push to this branch starts the pipeline [default: main]
    #[arg(long, value_name = "BRANCH", conflicts_with = "tag")]
    pub branch: Option<String>,
    /// A push of this tag starts the pipeline
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,
    /// What `pipeline.trigger_source` is: `webhook`, `api`, `scheduled_pipeline`
    #[arg(long, value_name = "SOURCE")]
    pub trigger_source: Option<String>,
    /// A schedule starts the pipeline: the name of a workflow with schedules under its triggers, or of a
    /// schedule of the project
    #[arg(long, value_name = "NAME")]
    pub schedule: Option<String>,
    /// How long a job takes, or one step of it
    #[arg(long = "duration", value_name = "JOB[/STEP]=SECONDS", value_parser = super::run::duration)]
    pub durations: Vec<Duration>,
    /// A job fails, at a step of that name or its last `run`: always, or the first TIMES times
    #[arg(long = "fail", value_name = "JOB[/STEP][=TIMES]", value_parser = super::run::failure)]
    pub failures: Vec<Failure>,
    /// Somebody approves: at once, or at a time. Without it an approval stays on hold
    #[arg(long = "approve", value_name = "JOB[@SECONDS]", value_parser = super::run::moment)]
    pub approvals: Vec<Moment>,
    /// Somebody denies an approval
    #[arg(long = "deny", value_name = "JOB[@SECONDS]", value_parser = super::run::moment)]
    pub denials: Vec<Moment>,
    /// Somebody cancels a job
    #[arg(long = "cancel", value_name = "JOB@SECONDS", value_parser = super::run::moment_at)]
    pub cancels: Vec<Moment>,
    /// The contexts of a job are closed to whoever pushed
    #[arg(long = "unauthorized", value_name = "JOB")]
    pub unauthorized: Vec<String>,
    /// Containers that run at once, at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub concurrency: Option<u32>,
    /// Caches are as a first run of the same config left them
    #[arg(long)]
    pub warm: bool,
    /// Have each step in the log
    #[arg(long)]
    pub steps: bool,
    /// How to answer
    #[arg(long, value_enum, default_value_t = RunFormat::Text)]
    pub format: RunFormat,
    #[command(flatten)]
    pub given: Given,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum RunFormat {
    /// For people: a timeline, what is left out and why, a log
    Text,
    /// For programs
    Json,
}

/// Try lessons: that every solution reaches the goals of its step, and that no start does already
#[derive(Args, Debug)]
pub(super) struct Lesson {
    /// Folders with a lesson.yml, a lesson.md and the configs they name
    #[arg(value_name = "FOLDER", required = true)]
    pub folders: Vec<PathBuf>,
}

/// Say what a check looks for, why it matters and how to fix what it finds
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// The id of the check, as findings show it in brackets
    #[arg(value_name = "ID")]
    pub id: String,
}

/// Put orb files into the catalogue of signatures that is part of the program: see `make catalogue`
#[derive(Args, Debug)]
pub(super) struct Signatures {
    /// A folder of packed orbs, called as their releases: `namespace__name@1.2.3.yml`
    #[arg(value_name = "FOLDER")]
    pub orbs: PathBuf,
    /// The folder of the catalogue
    #[arg(value_name = "CATALOGUE")]
    pub catalogue: PathBuf,
}

/// What a config is compiled with, besides its text.
#[derive(Args, Debug)]
#[command(next_help_heading = "What the config is compiled with")]
pub(super) struct Given {
    /// The source of an orb, for the reference that the config asks for or a version that satisfies it
    #[arg(long = "orb", value_name = "REF=FILE", value_parser = pair)]
    pub orbs: Vec<Pair>,
    /// A pipeline parameter, as it would be given when the pipeline is started
    #[arg(long = "parameter", value_name = "NAME=VALUE", value_parser = pair)]
    pub parameters: Vec<Pair>,
    /// A pipeline value, such as `pipeline.git.branch=main`
    #[arg(long = "value", value_name = "NAME=VALUE", value_parser = pair)]
    pub values: Vec<Pair>,
    /// The config that a setup config continues with: looked at beside it, as a config of its own
    #[arg(long, value_name = "FILE")]
    pub continuation: Option<PathBuf>,
    /// A parameter that the setup config passes to its continuation
    #[arg(long = "continuation-parameter", value_name = "NAME=VALUE", value_parser = pair,
        requires = "continuation")]
    pub continuation_parameters: Vec<Pair>,
}

/// The two sides of the first `=` of an argument.
pub(super) type Pair = (String, String);

fn pair(text: &str) -> Result<Pair, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a name, `=` and a value are needed".to_owned()),
    }
}
