#!/bin/bash
# Every figure of docs/performance.md: bench.sh runs all of them in about ten
# minutes on two cores, bench.sh NAME… only the named ones.
#
# GURINDAM_NATION is how many people "nation" evaluates, 4,700,000 without it.
set -euo pipefail
cd "$(dirname "$0")/.."
export GURINDAM_NATION=${GURINDAM_NATION:-4700000}
chosen=("$@")

# group NAME HEADING PACKAGE PATTERN TIMES runs the benchmarks of a package.
group() {
	if ((${#chosen[@]})) && [[ " ${chosen[*]} " != *" $1 "* ]]; then return; fi
	printf '\n== %s: %s\n' "$1" "$2"
	local status
	set +e
	go test -run '^$' -bench "$4" -benchtime "$5" -timeout 30m "$3" 2>&1 | grep -Ev ' WARN |^(goos|goarch|pkg|cpu|PASS|ok)'
	status=${PIPESTATUS[0]}
	set -e
	return "$status"
}

echo "cores: $(nproc), memory: $(awk '/MemTotal/ {printf "%d GB", $2/1e6}' /proc/meminfo), load: $(cut -d' ' -f1-3 /proc/loadavg)"
group pages   "pages of the sample city at 200 requests a second"             ./internal/app             '^BenchmarkPages$'      1000x
group start   "the first page after a start"                                  ./internal/app             '^BenchmarkFirstPage$'  3x
group list    "50 of 5,000 appraisals with the counts of all"                 ./appraisal                '^BenchmarkList$'       50x
group evaluate "every predicate of 5,000 people computed"                     ./appraisal                '^BenchmarkEvaluateAll$' 1x
group reviews "what the page of a superior of forty asks for"                 ./appraisal                '^BenchmarkReviews$'    50x
group month   "the month of 5,000 people: computed, shown, searched, explained" ./appraisal/monthclose   '^Benchmark(Refresh|Rewrite|Overview|People|Person)$' 5x
group import  "100,000 roster rows of 67 columns, first and again"            ./org/orgimport            '^BenchmarkRoster$'     1x
group skm     "2,000,000 survey answers read and scored"                      ./participation            '^BenchmarkReadSurvey$' 1x
group service "a service page with 100,000 answers at 200 requests a second"        ./internal/app             '^BenchmarkServicePage$' 1000x
group submit  "survey answers stored by 64 at a time"                         ./participation            '^BenchmarkSubmit$'     2s
group survey  "POST /s/{code} on 64 connections, beside storing nothing and beside PocketBase" ./internal/app '^BenchmarkSurvey$' 1x
group ledger  "entries of the record: entered, numbered, checked"             ./internal/ledger          '^BenchmarkLedger$'     1s
group nation  "$GURINDAM_NATION people evaluated end to end"                  ./appraisal/nation         '^BenchmarkNation$'     1x
