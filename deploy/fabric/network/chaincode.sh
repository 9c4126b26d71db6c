# Chaincode as a service: a process of its own that the peers call. One process serves both of them.

# build_chaincode NAME: builds what is in its folder, unless its process is alive.
build_chaincode() {
	local own=$data/chaincodes/$1 folder
	running "chaincode-$1" && return
	folder=$(<"$own/folder")
	(cd "$folder" && CGO_ENABLED=0 go build -trimpath -o "$own/chaincode" .) >&2 ||
		fail "chaincode $1: $folder cannot be built"
}

# adopt NAME FOLDER: makes a chaincode one of the network's, with a port of its own.
adopt() {
	local own=$data/chaincodes/$1 port=$first_chaincode
	[[ -d $own && $(<"$own/folder") != "$2" ]] && fail "chaincode $1 is $(<"$own/folder") here, not $2"
	[[ -f $own/port ]] && return
	while grep -qsx "$port" "$data"/chaincodes/*/port; do port=$((port + 1)); done
	((port < orderer_port + range)) || fail "chaincode $1: a network has room for $((range - 9))"
	mkdir -p "$own"
	echo "$2" >"$own/folder"
	echo "$port" >"$own/port"
	package "$1" "$port"
}

# package NAME PORT: what peers install. It says only where the chaincode is served. Owners and times are left out, so
# that the same port makes the same package id.
package() {
	local own=$data/chaincodes/$1
	printf '{"address":"127.0.0.1:%d","dial_timeout":"10s","tls_required":false}\n' "$2" >"$own/connection.json"
	printf '{"type":"ccaas","label":"%s"}\n' "$1" >"$own/metadata.json"
	(cd "$own" && archive connection.json >code.tar.gz && archive metadata.json code.tar.gz >package.tgz)
	of_peer peer1 "$data/bin/peer" lifecycle chaincode calculatepackageid "$own/package.tgz" >"$own/id" ||
		fail "chaincode $1: its package is none"
}

archive() { tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -c "$@" | gzip -n; }

# serve NAME: starts the chaincode's process and waits until it listens.
serve() {
	local own=$data/chaincodes/$1 port
	port=$(<"$own/port")
	(
		while IFS= read -r setting; do export "${setting?}"; done <"$data/chaincode.env"
		CHAINCODE_ID=$(<"$own/id") CHAINCODE_SERVER_ADDRESS=127.0.0.1:$port \
			launch "chaincode-$1" "chaincodes/$1/chaincode"
	)
	await 30 "listening of chaincode $1 on port $port" taken "$port"
}

# commit NAME: has both organisations install and approve the chaincode, and commits it to the channel.
commit() {
	local own=$data/chaincodes/$1 definition peer IFS=$'\n'
	definition=(-C "$channel" -n "$1" -v 1.0 --sequence 1)
	of_peer peer1 "$data/bin/peer" lifecycle chaincode querycommitted -C "$channel" -n "$1" >/dev/null 2>&1 && return
	for peer in peer1 peer2; do
		await 60 "$peer's installing of $1" install "$peer" "$own/package.tgz"
		await 60 "$peer's approval of $1" of_peer "$peer" "$data/bin/peer" lifecycle chaincode approveformyorg \
			$(to_orderer) "${definition[@]}" --package-id "$(<"$own/id")"
	done
	await 60 "committing of $1" of_peer peer1 "$data/bin/peer" lifecycle chaincode commit $(to_orderer) $(to_peers) "${definition[@]}"
}

install() {
	local said
	said=$(of_peer "$1" "$data/bin/peer" lifecycle chaincode install "$2" 2>&1) && return
	echo "$said"
	[[ $said == *"already successfully installed"* ]]
}

# ready NAME PEER: whether that peer tells clients who endorses the chaincode.
ready() {
	local org=1 port=$peer1_port
	if [[ $2 == peer2 ]]; then org=2 port=$peer2_port; fi
	local crypto=$data/crypto/peerOrganizations/org$org.example.com
	local user=$crypto/users/User1@org$org.example.com/msp
	"$data/bin/discover" endorsers --peerTLSCA "$crypto/tlsca/tlsca.org$org.example.com-cert.pem" --userKey "$user"/keystore/* \
		--userCert "$user"/signcerts/*.pem --MSP "Org${org}MSP" --channel "$channel" --chaincode "$1" \
		--server "127.0.0.1:$port" 2>&1 | tee "$data/logs/discover.log" | grep -q quantities_by_group ||
		{ cat "$data/logs/discover.log"; return 1; }
}
