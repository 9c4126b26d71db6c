# The files of a network: its members' keys, the configuration of its processes, its first block, and what clients need.

# render TEMPLATE NAME...: prints a template with @NAME@ replaced by the variable NAME.
render() {
	local text name
	text=$(<"$here/templates/$1")
	shift
	for name in "$@"; do
		text=${text//"@$name@"/"${!name}"}
	done
	printf '%s\n' "$text"
}

# configure: writes everything that processes read. Ports stay as they were chosen, so a network restarts as it was.
configure() {
	mkdir -p "$data"/{bin,config/{orderer,peer1,peer2},logs,pids,state,chaincodes,sdk}
	render crypto.yaml >"$data/config/crypto.yaml"
	render configtx.yaml data orderer_port peer1_port peer2_port batch_timeout >"$data/config/configtx.yaml"
	render orderer.yaml data orderer_port orderer_admin orderer_operations >"$data/config/orderer/orderer.yaml"
	configure_peer peer1 org1.example.com Org1MSP "$peer1_port" "$peer1_chaincode" "$peer1_operations"
	configure_peer peer2 org2.example.com Org2MSP "$peer2_port" "$peer2_chaincode" "$peer2_operations"
}

configure_peer() {
	local peer=$1 domain=$2 msp=$3 port=$4 chaincode_port=$5 operations_port=$6
	render core.yaml here data peer domain msp port chaincode_port operations_port >"$data/config/$peer/core.yaml"
}

# generate: makes the members' keys and the channel's first block.
generate() {
	"$data/bin/cryptogen" generate --config "$data/config/crypto.yaml" --output "$data/crypto" >>"$data/logs/cryptogen.log" 2>&1 ||
		fail "cryptogen failed; see $data/logs/cryptogen.log"
	FABRIC_CFG_PATH=$data/config "$data/bin/configtxgen" -profile Network -channelID "$channel" \
		-outputBlock "$data/genesis.block" >>"$data/logs/configtxgen.log" 2>&1 ||
		fail "configtxgen failed; see $data/logs/configtxgen.log"
}

# hand_out: writes for each organisation what its clients have, a connection profile and a wallet, and what anybody
# holds proofs of the chaincode fta against.
hand_out() {
	local org domain orderer_ca peer1_ca peer2_ca orderer_root org1_root org2_root
	orderer_ca=$(indented "$data/crypto/ordererOrganizations/example.com/tlsca/tlsca.example.com-cert.pem")
	peer1_ca=$(indented "$data/crypto/peerOrganizations/org1.example.com/tlsca/tlsca.org1.example.com-cert.pem")
	peer2_ca=$(indented "$data/crypto/peerOrganizations/org2.example.com/tlsca/tlsca.org2.example.com-cert.pem")
	for org in Org1 Org2; do
		domain=$(tr '[:upper:]' '[:lower:]' <<<"$org").example.com
		mkdir -p "$data/sdk/$org/wallet"
		render connection.yaml org channel orderer_port peer1_port peer2_port orderer_ca peer1_ca peer2_ca \
			>"$data/sdk/$org/connection.yaml"
		identity "${org}MSP" "$domain" User1 >"$data/sdk/$org/wallet/User1.id"
		identity "${org}MSP" "$domain" Admin >"$data/sdk/$org/wallet/Admin.id"
	done
	orderer_root=$(one_line "$data/crypto/ordererOrganizations/example.com/ca/ca.example.com-cert.pem")
	org1_root=$(one_line "$data/crypto/peerOrganizations/org1.example.com/ca/ca.org1.example.com-cert.pem")
	org2_root=$(one_line "$data/crypto/peerOrganizations/org2.example.com/ca/ca.org2.example.com-cert.pem")
	render anchors.json channel orderer_root org1_root org2_root >"$data/sdk/anchors.json"
	chmod -R go= "$data/sdk" "$data/crypto"
}

indented() { sed 's/^/        /' "$1"; }

# identity MSP DOMAIN NAME: a member's certificate and key, in the form that the SDKs' wallets have.
identity() {
	local msp=$data/crypto/peerOrganizations/$2/users/$3@$2/msp
	printf '{"credentials":{"certificate":"%s","privateKey":"%s"},"mspId":"%s","type":"X.509","version":1}\n' \
		"$(one_line "$msp"/signcerts/*.pem)" "$(one_line "$msp"/keystore/*)" "$1"
}

one_line() { awk '{printf "%s\\n", $0}' "$1"; }
