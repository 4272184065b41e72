/** The version in Cargo.toml; put in by build.mjs. */
declare const DRYRUN_VERSION: string;
