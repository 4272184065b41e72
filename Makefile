# Everything a person or CI does with Dryrun. `make` alone lists the targets.
#
# A tool that is missing is installed by tools/install.sh, which says what and how long; what is on PATH is used.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

CARGO_HOME ?= $(HOME)/.cargo
CARGO_TARGET_DIR ?= target
# Our own pinned tools first (only there when PATH has another version), then cargo's, then wasm-opt from npm.
export PATH := $(CURDIR)/.tools/bin:$(CARGO_HOME)/bin:$(PATH):$(CURDIR)/www/node_modules/.bin
export CARGO_TARGET_DIR

PORT ?= 8080
NODE_TEST := node --test --test-reporter=spec --test-concurrency=1

WWW_MODULES := www/node_modules/.package-lock.json
E2E_MODULES := tests/e2e/node_modules/.package-lock.json

.PHONY: help serve dist cli docs test test-native test-e2e test-docs lint bench screens catalogue

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 20

serve: web-tools ## build the playground and serve it; PORT=8080, DEBUG=1 for quick rebuilds
	@echo "The playground will be at http://127.0.0.1:$(PORT)/ (stop with Ctrl+C)."
	trunk serve --port $(PORT) --dist target/serve $(if $(DEBUG),,--release)

dist: web-tools ## the static site, in dist/: works from any sub-path of any host
	trunk build --release

cli: rust-tools ## the command line, in target/release/dryrun
	cargo build --release --locked --bin dryrun

docs: dist rust-tools ## the example sites of docs/examples (plain HTML, mdBook, MkDocs), in target/docs/
	@tools/install.sh mdbook mkdocs
	tools/docs.sh

test: test-native test-e2e test-docs ## every test there is

test-native: rust-tools ## the native suite
	tools/test-native.sh

test-e2e: dist $(E2E_MODULES) ## the built page in a real Chromium
	tools/install.sh chromium
	$(NODE_TEST) $(filter-out tests/e2e/docs.test.mjs,$(wildcard tests/e2e/*.test.mjs))

test-docs: docs $(E2E_MODULES) ## the example sites in a real Chromium
	tools/install.sh chromium
	$(NODE_TEST) tests/e2e/docs.test.mjs

lint: rust-tools wasm-target $(WWW_MODULES) ## format and lints of all three builds and of the JavaScript
	cargo fmt --all --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --lib --no-default-features -- -D warnings
	cargo clippy --locked --lib --bin app --bin worker --bin sketch --bin lessons --no-default-features --features web \
		--target wasm32-unknown-unknown -- -D warnings
	www/node_modules/.bin/tsc -p www
	git ls-files '*.mjs' | xargs -n 1 node --check

bench: cli dist $(E2E_MODULES) ## times of the engine and of the page, as ratios
	tools/install.sh chromium
	node tools/bench.mjs

screens: dist $(E2E_MODULES) ## take the pictures in docs/screens again
	tools/install.sh chromium
	node tools/screens.mjs

catalogue: rust-tools ## put packed orbs into the signatures of well-known orbs; ORBS=folder of namespace__name@1.2.3.yml
	@test -n "$(ORBS)" || { echo "Say where the orbs are: make catalogue ORBS=folder"; exit 2; }
	cargo run --quiet --locked --bin dryrun -- signatures "$(ORBS)" src/orb/catalogue

.PHONY: rust-tools wasm-target web-tools
rust-tools:
	@tools/install.sh rust

wasm-target: rust-tools
	@tools/install.sh wasm-target

web-tools: wasm-target $(WWW_MODULES)
	@tools/install.sh trunk wasm-bindgen
	@# Trunk builds offline, so that none of its own downloads happens: fetch the crates first.
	@cargo fetch --locked --quiet

$(WWW_MODULES) $(E2E_MODULES): %/node_modules/.package-lock.json: %/package-lock.json %/package.json
	@tools/install.sh node
	@echo "Installing the npm packages of $* (under a minute)."
	cd $* && npm ci --no-fund --no-audit
	@touch $@
