#!/usr/bin/env bash
# Stops a chain that start.sh started, and returns when its process has ended. The chain stays in its folder: start.sh
# takes it up again; to start over, delete the folder.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
speaker=ethereum
for part in say processes; do
	source "$here/../fabric/network/$part.sh"
done

data=$(cd "$here/../.." && pwd)/.cache/ethereum/chain
case ${1:-} in
"") ;;
--data) data=${2:?--data needs a value} ;;
*) fail "usage: deploy/ethereum/stop.sh [--data DIR]" ;;
esac
[[ -f $data/chain.env ]] || fail "$data holds no chain"
data=$(cd "$data" && pwd -P)

alone
running geth && said="the chain has been stopped" || said="the chain was not running"
halt geth
say "$said"
