#!/usr/bin/env bash
# Starts a Hyperledger Fabric network on this machine, without Docker: an orderer, a peer for each of two organisations,
# TLS, a channel, and chaincode as a service. It returns when clients can use it. Fabric is built from source the first
# time. Started again, it starts what of the network is not alive; its ledgers are kept.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
for part in say processes ports files channel chaincode; do
	source "$here/network/$part.sh"
done

usage() {
	cat <<END
usage: deploy/fabric/start.sh [OPTION]...
  --data DIR            the network's folder (default .cache/fabric/network of the repository)
  --port N              first of $range ports (default 7050); 0: any that are free
  --fabric VERSION      2.5.9 (default) or 3.1.1
  --channel NAME        default trade
  --batch-timeout TIME  how long the orderer collects transactions for a block (default 200ms)
  --chaincode NAME=DIR  a Go module that is a chaincode service; may be repeated, and added to a network that runs
                        (default fta=adapters/fabric/chaincode)
  --env NAME=VALUE      environment of the chaincode services that are started; may be repeated
END
	exit "${1:-0}"
}

data=$root/.cache/fabric/network base=7050 version=2.5.9 channel=trade batch_timeout=200ms
chosen=() chaincodes=() environment=()
while (($#)); do
	case $1 in
	--help | -h) usage ;;
	--data | --port | --fabric | --channel | --batch-timeout | --chaincode | --env)
		(($# > 1)) || fail "$1 needs a value"
		case $1 in
		--data) data=$2 ;;
		--port) base=$2 ;;
		--fabric) version=$2 ;;
		--channel) channel=$2 ;;
		--batch-timeout) batch_timeout=$2 ;;
		--chaincode) chaincodes+=("$2") ;;
		--env) environment+=("$2") ;;
		esac
		case $1 in --port | --fabric | --channel | --batch-timeout) chosen+=("$1") ;; esac
		shift 2
		;;
	*) fail "unknown option $1; --help lists them" ;;
	esac
done
[[ $base =~ ^(0|[1-9][0-9]{3,4})$ && $base -le $((65535 - range)) ]] || fail "--port $base: must be 0, or from 1000 to $((65535 - range))"
[[ $channel =~ ^[a-z][a-z0-9.-]{0,248}$ ]] || fail "--channel $channel: must be lower case letters, digits, '.' and '-', and begin with a letter"
[[ $batch_timeout =~ ^[1-9][0-9]*(ms|s)$ ]] || fail "--batch-timeout $batch_timeout: must be a time such as 200ms or 2s"
for setting in ${environment[@]+"${environment[@]}"}; do
	[[ $setting =~ ^[A-Za-z_][A-Za-z0-9_]*= ]] || fail "--env $setting: must be NAME=VALUE"
done

for program in go ps awk sed tar gzip; do
	needs "$program" "starting a network takes it"
done
tar --version 2>/dev/null | grep -q GNU || fail "tar is not GNU tar, which writes packages that are the same every time"

mkdir -p "$data"
data=$(cd "$data" && pwd -P)
alone

# What this start began and could not finish, it ends.
before=$(alive)
abandon() {
	local name
	for name in $(processes); do [[ $'\n'$before$'\n' == *$'\n'$name$'\n'* ]] || halt "$name"; done
}
trap '(($? == 0)) || abandon' EXIT

# What a network was made with is kept: it cannot become another one.
kept=$data/network.env
if [[ -f $kept ]]; then
	((${#chosen[@]} == 0)) || fail "$data holds a network already, made with $(paste -sd' ' "$kept"): ${chosen[0]} cannot be given; choose another --data"
	source "$kept"
else
	choose "$base"
	bin=$("$here/build.sh" "$version")
fi
assign "$base"
bin=${bin:-$("$here/build.sh" "$version")}

configure
for setting in ${environment[@]+"${environment[@]}"}; do echo "$setting"; done >>"$data/chaincode.env"
ln -sf "$bin"/* "$data/bin/"
if [[ ! -f $kept ]]; then
	rm -rf "$data/crypto"
	generate
	hand_out
	printf '%s=%s\n' version "$version" base "$base" channel "$channel" batch_timeout "$batch_timeout" >"$kept"
fi

((${#chaincodes[@]} || $(ls "$data/chaincodes" | wc -l))) || chaincodes=("fta=$root/adapters/fabric/chaincode")
for pair in ${chaincodes[@]+"${chaincodes[@]}"}; do
	name=${pair%%=*} folder=${pair#*=}
	[[ $name =~ ^[a-z][a-z0-9_-]{0,63}$ && $pair == *=* ]] || fail "--chaincode $pair: must be NAME=DIR, a name in lower case letters, digits, '-' and '_'"
	[[ -f $folder/go.mod ]] || fail "--chaincode $pair: there is no Go module in $folder"
	adopt "$name" "$(cd "$folder" && pwd)"
done

for name in $(ls "$data/chaincodes"); do build_chaincode "$name"; done
for name in $(ls "$data/chaincodes"); do serve "$name"; done
launch_nodes
join
for name in $(ls "$data/chaincodes"); do commit "$name"; done
for name in $(ls "$data/chaincodes"); do
	for peer in peer1 peer2; do await 60 "$peer's telling who endorses $name" ready "$name" "$peer"; done
done

if [[ $before == "$(processes)" ]]; then
	say "the network runs already"
else
	say "the network runs"
fi
say "channel $channel, chaincode $(ls "$data/chaincodes" | paste -sd, | sed 's/,/, /g'), Fabric $version, ports from $base"
echo "$data"
