#!/usr/bin/env bash
# Installs the named tools unless they are there already, and says what it installs and about how long it takes.
# The times were seen on two cores. Usage: tools/install.sh (rust|wasm-target|node|trunk|wasm-bindgen|chromium|mdbook|mkdocs)…
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "tools/install.sh: $*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# Debian's packages, as root or by sudo.
from_debian() {
  has apt-get || fail "cannot install $*: this is no Debian. Install it by hand."
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    has sudo || fail "cannot install $*: needs root or sudo."
    root=(sudo)
  fi
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

# A crate's binary in exactly this version. One of another version on PATH is the user's own: ours goes beside it.
from_cargo() { # program crate version minutes [options of cargo install]…
  local program=$1 crate=$2 version=$3 minutes=$4
  shift 4
  local where=() found
  if has "$program"; then
    found=$("$program" --version | awk '{print $2}')
    [ "${found#v}" = "$version" ] && return
    where=(--root .tools)
  fi
  say "installing $crate $version (about $minutes minutes on two cores)."
  # Its own target folder: not to be thrown away with ours, nor in the way of it.
  CARGO_TARGET_DIR="${TMPDIR:-/tmp}/dryrun-tools" cargo install --locked --quiet "${where[@]}" "$@" "$crate@$version"
  rm -rf "${TMPDIR:-/tmp}/dryrun-tools"
}

# MkDocs in an environment of its own, in .tools/: its packages do not meet the user's.
from_pip() { # requirements
  local requirements=$1 python
  python=$(python_with_venv)
  if [ -z "$python" ]; then
    say "installing Python with virtual environments (under a minute)."
    from_debian python3 python3-venv
    python=$(python_with_venv)
    [ -n "$python" ] || fail "python3 is there, but cannot make a virtual environment: it lacks ensurepip."
  fi
  rm -rf .tools/python
  "$python" -m venv .tools/python
  .tools/python/bin/pip install --quiet --requirement "$requirements" || fail "pip could not install MkDocs: what it says stands \
above. It needs a package index, or a folder with the packages of $requirements (PIP_INDEX_URL, PIP_FIND_LINKS)."
  mkdir -p .tools/bin
  ln -sf ../python/bin/mkdocs .tools/bin/mkdocs
}

# On Debian, virtual environments are a package of their own; a Python of the user's own has them.
python_with_venv() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
      echo "$python"
      return
    fi
  done
}

# The version Cargo.toml pins: wasm-bindgen and its tool have to be the same.
pinned_wasm_bindgen() { sed -nE 's/^wasm-bindgen = .*"=([0-9.]+)".*/\1/p' Cargo.toml; }
pinned_mkdocs() { sed -nE 's/^mkdocs==//p' docs/examples/mkdocs/requirements.txt; }
pinned_trunk() { sed -nE 's/^trunk-version = "=([0-9.]+)".*/\1/p' Trunk.toml; }

for tool in "$@"; do
  case $tool in
    rust)
      has cargo || fail "no cargo: install Rust with rustup first."
      if ! has cc; then
        say "installing a C compiler, to link with (about a minute)."
        from_debian gcc libc6-dev
      fi
      ;;
    wasm-target)
      sysroot=$(rustc --print sysroot)
      if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ]; then
        say "installing Rust's target wasm32-unknown-unknown (under a minute)."
        rustup target add wasm32-unknown-unknown
      fi
      ;;
    node)
      has node && has npm || fail "no Node.js with npm: install Node.js 20 or newer first."
      [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node.js $(node --version) is too old: 20 or newer."
      ;;
    trunk) from_cargo trunk trunk "$(pinned_trunk)" 10 ;;
    wasm-bindgen) from_cargo wasm-bindgen wasm-bindgen-cli "$(pinned_wasm_bindgen)" 5 ;;
    chromium)
      if [ -z "${CHROMIUM:-}" ] && ! has chromium; then
        say "installing Chromium for the tests (about 2 minutes)."
        from_debian chromium
      fi
      ;;
    # Without its server, its watcher and its search: the example needs none of them.
    mdbook) from_cargo mdbook mdbook 0.5.4 2 --no-default-features ;;
    mkdocs)
      version=$(pinned_mkdocs)
      if ! has mkdocs || [ "$(mkdocs --version | awk '{print $3}')" != "$version" ]; then
        say "installing MkDocs $version (under a minute)."
        from_pip docs/examples/mkdocs/requirements.txt
      fi
      ;;
    *) fail "unknown tool: $tool" ;;
  esac
done
