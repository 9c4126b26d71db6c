# The orderer, the peers, and their channel.

member=Admin

# of_peer NAME PROGRAM...: runs a program as that member of the peer's organisation.
of_peer() {
	local peer=$1 org=1 port=$peer1_port
	shift
	if [[ $peer == peer2 ]]; then org=2 port=$peer2_port; fi
	local crypto=$data/crypto/peerOrganizations/org$org.example.com
	FABRIC_CFG_PATH=$data/config/$peer CORE_PEER_TLS_ENABLED=true CORE_PEER_ADDRESS=127.0.0.1:$port \
		CORE_PEER_LOCALMSPID=Org${org}MSP CORE_PEER_MSPCONFIGPATH=$crypto/users/$member@org$org.example.com/msp \
		CORE_PEER_TLS_ROOTCERT_FILE=$crypto/tlsca/tlsca.org$org.example.com-cert.pem FABRIC_LOGGING_SPEC=error "$@"
}

# to_orderer and to_peers are what the peer program must be told to reach them, an argument a line.
to_orderer() {
	printf '%s\n' -o "127.0.0.1:$orderer_port" --ordererTLSHostnameOverride orderer.example.com --tls \
		--cafile "$data/crypto/ordererOrganizations/example.com/tlsca/tlsca.example.com-cert.pem"
}

to_peers() {
	printf '%s\n' --peerAddresses "127.0.0.1:$peer1_port" \
		--tlsRootCertFiles "$data/crypto/peerOrganizations/org1.example.com/tlsca/tlsca.org1.example.com-cert.pem" \
		--peerAddresses "127.0.0.1:$peer2_port" \
		--tlsRootCertFiles "$data/crypto/peerOrganizations/org2.example.com/tlsca/tlsca.org2.example.com-cert.pem"
}

# launch_nodes: starts what of the orderer and the peers is not alive, and waits until they listen.
launch_nodes() {
	local node
	export FABRIC_LOGGING_FORMAT='%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}'
	FABRIC_CFG_PATH=$data/config/orderer launch orderer bin/orderer
	FABRIC_CFG_PATH=$data/config/peer1 launch peer1 bin/peer node start
	FABRIC_CFG_PATH=$data/config/peer2 launch peer2 bin/peer node start
	for node in "$orderer_admin" "$peer1_port" "$peer2_port"; do
		await 30 "listening on port $node" taken "$node"
	done
}

# join: makes the orderer and the peers members of the channel. Joining again is told, and well.
join() {
	local tls=$data/crypto/ordererOrganizations/example.com peer
	await 30 "the orderer's joining of the channel" osnadmin_join "$tls/orderers/orderer.example.com/tls" "$tls/tlsca/tlsca.example.com-cert.pem"
	for peer in peer1 peer2; do
		await 30 "$peer's joining of the channel" peer_join "$peer"
	done
}

osnadmin_join() {
	local said
	said=$("$data/bin/osnadmin" channel join --channelID "$channel" --config-block "$data/genesis.block" \
		-o "127.0.0.1:$orderer_admin" --ca-file "$2" --client-cert "$1/server.crt" --client-key "$1/server.key" 2>&1)
	echo "$said"
	[[ $said == *"Status: 201"* || $said == *"channel already exists"* ]]
}

peer_join() {
	of_peer "$1" "$data/bin/peer" channel list 2>/dev/null | grep -qx "$channel" ||
		of_peer "$1" "$data/bin/peer" channel join -b "$data/genesis.block"
}
