/** The version in Cargo.toml; put in by build.mjs. */
declare const DRYRUN_VERSION: string;
/** A style sheet as text; see `loader` in build.mjs. */
declare module "*.css" {
  const text: string;
  export default text;
}
