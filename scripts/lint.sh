#!/usr/bin/env bash
# Everything about the code that can be checked without running it.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
say() { printf 'lint: %s\n' "$*" >&2; failed=1; }

# Files made from templ files are what the templ files say.
sums() { git ls-files -z '*_templ.go' | xargs -0 -r sha256sum 2>/dev/null || true; }
before=$(sums)
go tool templ generate >/dev/null 2>&1 || say "templ files cannot be generated; run: go tool templ generate"
[ "$before" = "$(sums)" ] || say "generated files were not up to date; they are now: commit them"

unformatted=$(git ls-files -z '*.go' ':!*_templ.go' | xargs -0 -r go tool gofumpt -l)
[ -z "$unformatted" ] || say "not formatted (go tool gofumpt -w FILE):"$'\n'"$unformatted"

go vet ./... || say "go vet found something"
go tool staticcheck ./... || say "staticcheck found something"
exit $failed
