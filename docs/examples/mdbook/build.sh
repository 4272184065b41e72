#!/bin/sh
# Builds the book into the folder $1. $DRYRUN_DIST is the folder that Dryrun's `make dist` wrote.
set -eu
cd "$(dirname "$0")"

dryrun graph --format svg src/pipeline.yml > src/pipeline.svg
mdbook build --dest-dir "$1"
cp -R "$DRYRUN_DIST" "$1/dryrun"
