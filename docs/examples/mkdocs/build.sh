#!/bin/sh
# Builds the site into the folder $1. $DRYRUN_DIST is the folder that Dryrun's `make dist` wrote: dryrun.py copies it.
set -eu
cd "$(dirname "$0")"

mkdocs build --strict --quiet --site-dir "$1"
