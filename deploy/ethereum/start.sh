#!/usr/bin/env bash
# Starts a development chain on this machine: geth --dev, one node that makes a block when a transaction comes. It returns
# when clients can use it, and prints its HTTP address. geth is built from source the first time. Started again, a chain
# that has been stopped goes on. It listens on the loopback interface only: everybody who can reach it may do everything.
#
# DIR/chain.env has its addresses: http, ws, ipc. The account that has the chain's money is the one that every geth --dev
# has, 0x71562b71999873DB5b286dF957af199Ec94617F7; its key stands in geth's source.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
speaker=ethereum
for part in say processes; do
	source "$here/../fabric/network/$part.sh"
done

usage() {
	cat <<END
usage: deploy/ethereum/start.sh [OPTION]...
  --data DIR     the chain's folder (default .cache/ethereum/chain of the repository)
  --port N       the port of JSON-RPC over HTTP (default 8545); the next one is that of WebSockets; 0: any that are free
  --period N     make a block every N seconds instead of when a transaction comes
END
	exit "${1:-0}"
}

data=$root/.cache/ethereum/chain port=8545 period=0 chosen=()
while (($#)); do
	case $1 in
	--help | -h) usage ;;
	--data | --port | --period)
		(($# > 1)) || fail "$1 needs a value"
		case $1 in
		--data) data=$2 ;;
		--port) port=$2 chosen+=("$1") ;;
		--period) period=$2 chosen+=("$1") ;;
		esac
		shift 2
		;;
	*) fail "unknown option $1; --help lists them" ;;
	esac
done
[[ $port =~ ^(0|[1-9][0-9]{3,4})$ && $port -lt 65535 ]] || fail "--port $port: must be 0, or from 1000 to 65534"
[[ $period =~ ^(0|[1-9][0-9]{0,3})$ ]] || fail "--period $period: must be seconds, from 0 to 9999"
for program in ps sed curl; do
	needs "$program" "starting a chain takes it"
done

mkdir -p "$data/pids" "$data/logs"
data=$(cd "$data" && pwd -P)
alone

if running geth; then
	((${#chosen[@]} == 0)) || fail "$data: its chain runs already, so that ${chosen[0]} cannot be given; stop it first, or choose another --data"
	source "$data/chain.env"
	say "the chain runs already"
	echo "$http"
	exit
fi

# free_pair: a port and the next one that nobody listens at, below those that systems give to clients.
free_pair() {
	local tries
	for ((tries = 0; tries < 100; tries++)); do
		port=$((20000 + RANDOM % 6000 * 2))
		taken "$port" || taken "$((port + 1))" || return 0
	done
	fail "no two free ports in a row between 20000 and 32000"
}

if [[ $port == 0 ]]; then free_pair; fi
for wanted in "$port" "$((port + 1))"; do
	! taken "$wanted" || fail "port $wanted is taken; the chain needs $port and $((port + 1)): give another --port, or 0 for any"
done

geth=$("$here/build.sh")
ln -sf "$geth" "$data/geth"
apis=eth,net,web3,txpool,debug
http=http://127.0.0.1:$port ws=ws://127.0.0.1:$((port + 1)) ipc=$data/chain/geth.ipc
printf '%s=%q\n' http "$http" ws "$ws" ipc "$ipc" >"$data/chain.env"

# What this start began and could not finish, it ends.
trap '(($? == 0)) || halt geth' EXIT
launch geth geth --dev --dev.period "$period" --datadir "$data/chain" --ipcpath "$ipc" --nousb --verbosity 2 \
	--http --http.addr 127.0.0.1 --http.port "$port" --http.api "$apis" \
	--ws --ws.addr 127.0.0.1 --ws.port "$((port + 1))" --ws.api "$apis"

# answers: whether the node tells its chain id, and whether it listens for WebSockets.
answers() {
	curl -sS --max-time 5 -H 'Content-Type: application/json' \
		-d '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}' "$http" | grep '"result":"0x539"' && taken "$((port + 1))"
}
await 60 "the node's answering at $http" answers
say "the chain runs, chain id 1337, geth $(sed 's/.*geth-//' <<<"$geth"), WebSockets at $ws, log in $data/logs/geth.log"
echo "$http"
