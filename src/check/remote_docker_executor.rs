use super::body::{ExecutorKind, Once, bodies};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `setup_remote_docker` in jobs that run on `machine` or `macos`.
    ///
    /// ## Why it matters
    ///
    /// The step gives a job in a container a Docker engine on another machine. It is for the `docker` executor
    /// only: a virtual machine has an engine of its own, and macOS has none to give.
    ///
    /// ## How to fix
    ///
    /// Take the step out where the job runs on `machine`; run a job that needs Docker on `docker` or `machine`.
    ///
    /// ```yaml
    /// machine:
    ///   image: ubuntu-2404:current
    /// steps:
    ///   - checkout
    ///   - run: docker build .
    /// ```
    REMOTE_DOCKER_EXECUTOR = "remote-docker-executor", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        let help = match body.executor() {
            Some(ExecutorKind::Machine) => "A virtual machine has a Docker engine: take the step out",
            Some(ExecutorKind::Macos) => "Run it in a job with `docker` or `machine`",
            Some(ExecutorKind::Docker) | None => continue,
        };
        let steps = body.steps().into_iter();
        for step in steps.filter(|step| step.name == "setup_remote_docker" && !step.conditional) {
            if once.first(step.span) {
                let message = "`setup_remote_docker` works only in jobs that run in containers";
                let mut finding = Diagnostic::warning(REMOTE_DOCKER_EXECUTOR.id, step.span, message);
                let executor = ["machine", "macos"].iter().find_map(|key| body.key(key));
                if let Some(key) = executor {
                    finding = finding.with_related(key, "this job does not");
                }
                found.push(finding.with_help(help));
            }
        }
    }
}
