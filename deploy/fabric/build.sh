#!/usr/bin/env bash
# Builds Hyperledger Fabric's programs from source, once a version, and prints the folder that they are in.
#
#   deploy/fabric/build.sh [VERSION]
#
# The modules of a version and their hashes are pinned in tools/VERSION. FTA_FABRIC_CACHE names another folder than
# .cache/fabric of this repository.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/network/say.sh"

version=${1:-2.5.9}
cache=${FTA_FABRIC_CACHE:-$(cd "$here/../.." && pwd)/.cache/fabric}
programs=(peer orderer configtxgen cryptogen osnadmin discover)

pinned=$(cd "$here/tools" && echo *)
[[ " $pinned " == *" $version "* ]] || fail "fabric version $version: none of those pinned here, which are $pinned"
needs go "it builds Fabric: https://go.dev/dl"

# The stamp is written last, so that a build that was interrupted is done again. It holds what was built.
stamp=$(cat "$here/tools/$version/go.mod" "$here/tools/$version/go.sum" | cksum)
bin=$cache/$version
built=$cache/$version.built
if [[ $(cat "$built" 2>/dev/null) != "$stamp" ]]; then
	say "building Fabric $version, a few minutes the first time"
	mkdir -p "$bin"
	rm -f "$built"
	(cd "$here/tools/$version" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$bin/" \
		"${programs[@]/#/github.com/hyperledger/fabric/cmd/}") >&2
	echo "$stamp" >"$built"
fi
echo "$bin"
