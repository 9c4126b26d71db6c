#!/usr/bin/env bash
# Builds geth, go-ethereum's node, from source, once, and prints where it is. FTA_ETHEREUM_CACHE names another folder than
# .cache/ethereum of this repository.
#
# The version is not the one of go.mod: the program of that one needs a module that not every proxy gives. A client and a
# node of different versions are what one meets anyway.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
speaker=ethereum
source "$here/../fabric/network/say.sh"

version=v1.16.9
cache=${FTA_ETHEREUM_CACHE:-$(cd "$here/../.." && pwd)/.cache/ethereum}
geth=$cache/geth-$version
if [[ ! -x $geth ]]; then
	needs go "it builds geth: https://go.dev/dl"
	say "building geth $version, a few minutes the first time"
	mkdir -p "$cache/building"
	GOBIN=$cache/building CGO_ENABLED=0 go install -trimpath "github.com/ethereum/go-ethereum/cmd/geth@$version" >&2
	mv "$cache/building/geth" "$geth" # only what is whole has the name
fi
echo "$geth"
