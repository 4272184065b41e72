#!/bin/sh
# Builds the page into the folder $1. $DRYRUN_DIST is the folder that Dryrun's `make dist` wrote.
set -eu
cd "$(dirname "$0")"

mkdir -p "$1/dryrun"
cp index.html style.css pipeline.yml "$1"
dryrun graph --workflow release --format svg pipeline.yml > "$1/release.svg"
cp -R "$DRYRUN_DIST/." "$1/dryrun"
