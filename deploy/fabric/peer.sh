#!/usr/bin/env bash
# Runs Fabric's peer program as User1 of an organisation of a network that start.sh started:
#
#   deploy/fabric/peer.sh [--data DIR] [--org 1|2] chaincode query -C trade -n fta -c '{"Args":["get","a"]}'
#
# A chaincode invoke is given the orderer and both peers, and waits for its block.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for part in say ports channel; do
	source "$here/network/$part.sh"
done

data=$(cd "$here/../.." && pwd)/.cache/fabric/network org=1
while [[ ${1:-} == --data || ${1:-} == --org ]]; do
	(($# > 1)) || fail "$1 needs a value"
	if [[ $1 == --data ]]; then data=$2; else org=$2; fi
	shift 2
done
[[ $org == [12] ]] || fail "--org $org: must be 1 or 2"
[[ -f $data/network.env ]] || fail "$data holds no network"
data=$(cd "$data" && pwd -P)
source "$data/network.env"
assign "$base"

member=User1
if [[ ${1:-} == chaincode && ${2:-} == invoke ]]; then
	shift 2
	IFS=$'\n'
	set -- chaincode invoke $(to_orderer) $(to_peers) --waitForEvent "$@"
fi
of_peer "peer$org" "$data/bin/peer" "$@"
