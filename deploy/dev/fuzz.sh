#!/usr/bin/env bash
# Runs every fuzz target of the repository, one after the other, for the time given (default 20s each). It goes on after
# a failure, names those that failed at the end, and then ends with 1. Go keeps a failing input in the package's
# testdata/fuzz, from where `go test` plays it again.
set -euo pipefail
cd "$(dirname "$0")/../.."
time=${1:-20s}

failed=()
while read -r file target; do
	package=$(dirname "$file")
	echo "== $package $target"
	# Making an interesting input smaller is bounded, or most of the time goes into that.
	go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 50x "$package" || failed+=("$package $target")
done < <(git ls-files --cached --others --exclude-standard '*_test.go' | xargs grep -oE '^func Fuzz[A-Za-z0-9_]+' | sed 's/:func / /; s|^|./|' | sort)

if ((${#failed[@]})); then
	printf 'failed: %s\n' "${failed[@]}"
	exit 1
fi
