# make build   one program with its pages and assets: bin/gurindam
# make demo    build, then serve the sample city on http://127.0.0.1:8080
# make test    everything: install what is missing, check, all tests, browser
# make check   the quick part before a commit: checks and Go tests
# make bench   every figure of docs/performance.md
# make generate  code made from templ files

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build
.PHONY: build assets demo test check lint unit e2e bench generate setup clean

LISTEN ?= 127.0.0.1:8080
DATA ?= demo-data

build: assets
	go build -trimpath -o bin/gurindam ./cmd/gurindam

assets: node_modules/.package-lock.json
	node scripts/assets.mjs

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-progress
	@touch $@

demo: build
	./bin/gurindam demo --listen $(LISTEN) --data $(DATA)

test: setup build lint unit e2e

check: assets lint unit

setup:
	scripts/setup.sh

lint:
	scripts/lint.sh

unit:
	go test ./...

e2e: build
	go run ./internal/repotest/pgcluster npx playwright test --config e2e/playwright.config.mjs

bench:
	scripts/bench.sh

generate:
	go tool templ generate
	go generate ./...

clean:
	rm -rf bin e2e/results e2e/report
