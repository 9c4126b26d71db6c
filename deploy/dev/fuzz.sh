#!/usr/bin/env bash
# Runs every fuzz target of the repository, one after the other, for the time given (default 20s each).
set -euo pipefail
cd "$(dirname "$0")/../.."
time=${1:-20s}
grep -rlE '^func Fuzz[A-Z]' --include='*_test.go' . | while read -r file; do
	package=$(dirname "$file")
	grep -oE '^func Fuzz[A-Za-z0-9_]+' "$file" | awk '{print $2}' | while read -r target; do
		echo "== $package $target"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package"
	done
done
