#!/usr/bin/env bash
# Has independent implementations, the npm libraries of the pilot's authors, check what this project signs, delegates and
# canonicalises: installs them into .cache/interop and runs the Go tests that ask for FTA_NPM_DIR. Without node and npm it
# says so and ends well; the vectors that those libraries made are played by the ordinary tests all the same.
set -euo pipefail
cd "$(dirname "$0")/../.."
lock=$PWD/deploy/dev/interop.lock.json
dir=$PWD/.cache/interop

for program in node npm; do
	if ! command -v "$program" >/dev/null; then
		echo "interop: skipped, $program is not on the PATH (node 20 or later)"
		exit 0
	fi
done

# One set of packages serves all tests: the packages of each testdata folder, which must agree on versions.
mkdir -p "$dir"
git ls-files --cached --others --exclude-standard '*testdata*/package.json' | node -e '
	const fs = require("fs"), all = {};
	for(const file of fs.readFileSync(0, "utf8").trim().split("\n")) {
		for(const [name, version] of Object.entries(JSON.parse(fs.readFileSync(file, "utf8")).dependencies)) {
			if(!/^\d/.test(version) || version !== (all[name] ??= version)) {
				throw new Error(`${file}: ${name} ${version} must be one exact version, elsewhere it is ${all[name]}`);
			}
		}
	}
	const dependencies = Object.fromEntries(Object.entries(all).sort());
	console.log(JSON.stringify({private: true, type: "module", dependencies}, null, 2));' >"$dir/package.json"

# The lock file pins what the packages themselves depend on.
stamp=$(cat "$dir/package.json" "$lock" | git hash-object --stdin)
if [[ $(cat "$dir/installed" 2>/dev/null) != "$stamp" ]]; then
	cp "$lock" "$dir/package-lock.json"
	npm install --prefix "$dir" --ignore-scripts --no-audit --no-fund --loglevel=error
	echo "$stamp" >"$dir/installed"
fi
if ! cmp -s "$lock" "$dir/package-lock.json"; then
	echo "interop: the packages have changed: cp $dir/package-lock.json $lock"
	exit 1
fi

# Only the tests in the files that ask the libraries; -v, so that one sees that none was skipped.
files=($(git ls-files --cached --others --exclude-standard '*_test.go' | xargs grep -lE 'npmtest\.Ask|FTA_NPM_DIR'))
tests=$(grep -ohE '^func Test[A-Za-z0-9_]+' "${files[@]}" | awk '{print $2}' | paste -sd'|')
packages=($(printf './%s\n' "${files[@]}" | xargs -n1 dirname | sort -u))
FTA_NPM_DIR=$dir go test -v -run "^($tests)\$" "${packages[@]}"
