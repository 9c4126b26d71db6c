#!/usr/bin/env bash
# Stops a network that start.sh started, and returns when none of its processes is left. Its ledgers, keys and logs stay
# in its folder: start.sh takes them up again; to start over, delete the folder.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
for part in say processes; do
	source "$here/network/$part.sh"
done

data=$(cd "$here/../.." && pwd)/.cache/fabric/network
case ${1:-} in
"") ;;
--data) data=${2:?--data needs a value} ;;
*) fail "usage: deploy/fabric/stop.sh [--data DIR]" ;;
esac
[[ -f $data/network.env ]] || fail "$data holds no network"
data=$(cd "$data" && pwd -P)

alone
ended=0
for name in $(processes); do
	running "$name" && ended=$((ended + 1))
	halt "$name"
done
say "$ended processes have ended"
