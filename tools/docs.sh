#!/usr/bin/env bash
# Builds the sites of docs/examples into target/docs, by the steps of docs/embedding.md, each with a copy of dist/ in it.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --quiet --locked --bin dryrun
bin=$(cd "${CARGO_TARGET_DIR:-target}/debug" && pwd)
export PATH="$bin:$PATH" DRYRUN_DIST="$PWD/dist"

out=$PWD/target/docs
rm -rf "$out"
mkdir -p "$out"
for site in html mdbook mkdocs; do
  "docs/examples/$site/build.sh" "$out/$site" 2>&1 | tee "$out/$site.log"
  # mdBook warns of HTML that it has torn apart, and goes on.
  if grep -q WARN "$out/$site.log"; then
    echo "tools/docs.sh: the site $site is built, but with warnings." >&2
    exit 1
  fi
done
echo "The sites are in target/docs."
