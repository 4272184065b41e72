#!/usr/bin/env bash
# The native tests: by nextest where it is installed, else by cargo itself.
set -euo pipefail
cd "$(dirname "$0")/.."

if cargo nextest --version >/dev/null 2>&1; then
  cargo nextest run --locked
else
  cargo test --locked
fi
