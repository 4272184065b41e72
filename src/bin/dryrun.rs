use std::process::ExitCode;

fn main() -> ExitCode {
    dryrun::cli::run()
}
