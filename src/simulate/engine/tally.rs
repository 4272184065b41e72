use crate::simulate::run::{JobState, WorkflowState};

/// How many jobs of a workflow are in which state.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    pub(super) state: WorkflowState,
    pub(super) reruns: u32,
    counts: [u32; JobState::ALL.len()],
    /// Something changed since it was last looked at.
    pub(super) touched: bool,
}

impl Tally {
    pub(super) fn new() -> Self {
        let counts = [0; JobState::ALL.len()];
        Self { state: WorkflowState::NotRun, reruns: 0, counts, touched: false }
    }

    /// One more job, which waits.
    pub(super) fn add(&mut self) {
        self.counts[JobState::Waiting as usize] += 1;
    }

    /// A job goes from one state to another.
    pub(super) fn change(&mut self, from: JobState, to: JobState) {
        self.counts[from as usize] -= 1;
        self.counts[to as usize] += 1;
        self.touched = true;
    }

    /// CircleCI's status for a workflow of such jobs (documentation, workflow statuses).
    pub(super) fn verdict(&self) -> WorkflowState {
        let any = |state| self.counts[state as usize] > 0;
        let open = [JobState::Waiting, JobState::Queued, JobState::Running, JobState::OnHold].map(any);
        if !open.contains(&true) {
            return match () {
                () if any(JobState::Failed) => WorkflowState::Failed,
                () if any(JobState::Canceled) => WorkflowState::Canceled,
                () if any(JobState::Unauthorized) => WorkflowState::Unauthorized,
                () => WorkflowState::Success,
            };
        }
        match () {
            () if any(JobState::Failed) => WorkflowState::Failing,
            () if any(JobState::Running) => WorkflowState::Running,
            () if any(JobState::OnHold) => WorkflowState::OnHold,
            () if any(JobState::Queued) => WorkflowState::Queued,
            () => WorkflowState::Running,
        }
    }
}
