#!/usr/bin/env bash
# Compiles the Solidity contracts of this repository: X.sol becomes X.abi.json and X.bin beside it, which are committed,
# so that building and testing take no compiler. The compiler is npm's solc, pinned in deploy/dev/solc.
#
#   deploy/dev/solc.sh [FOLDER]   FOLDER: write everything below it instead, in the same places
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-$PWD}
pinned=$PWD/deploy/dev/solc
dir=$PWD/.cache/solc

for program in node npm git; do
	if ! command -v "$program" >/dev/null; then
		echo "solc: $program is not on the PATH (node 20 or later)" >&2
		exit 1
	fi
done

# The stamp is written last, so that an installation that was interrupted is done again.
mkdir -p "$dir"
stamp=$(cat "$pinned"/package*.json | git hash-object --stdin)
if [[ $(cat "$dir/installed" 2>/dev/null) != "$stamp" ]]; then
	cp "$pinned"/package*.json "$dir/"
	npm ci --prefix "$dir" --ignore-scripts --no-audit --no-fund --loglevel=error >&2
	echo "$stamp" >"$dir/installed"
fi

git ls-files --cached --others --exclude-standard '*.sol' | NODE_PATH=$dir/node_modules node "$pinned/compile.cjs" "$out"
