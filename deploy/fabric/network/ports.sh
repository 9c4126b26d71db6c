# The ports of a network: a range that begins with the orderer's.
range=20

# assign BASE: names every port of the range.
assign() {
	orderer_port=$1 orderer_admin=$(($1 + 1)) orderer_operations=$(($1 + 2))
	peer1_port=$(($1 + 3)) peer1_chaincode=$(($1 + 4)) peer1_operations=$(($1 + 5))
	peer2_port=$(($1 + 6)) peer2_chaincode=$(($1 + 7)) peer2_operations=$(($1 + 8))
	first_chaincode=$(($1 + 9))
}

# free BASE: whether nothing listens in the range; otherwise prints the first port that is taken.
free() {
	local port
	for ((port = $1; port < $1 + range; port++)); do
		if taken "$port"; then
			echo "$port"
			return 1
		fi
	done
}

# choose BASE: that range, or for 0 one that is free, below the ports that systems give to clients.
choose() {
	local tries occupied
	if [[ $1 != 0 ]]; then
		occupied=$(free "$1") ||
			fail "port $occupied is taken; the network needs $1 to $(($1 + range - 1)): give another --port, or 0 for any"
		base=$1
		return
	fi
	for ((tries = 0; tries < 100; tries++)); do
		base=$((20000 + RANDOM % 600 * range))
		free "$base" >/dev/null && return
	done
	fail "no $range free ports in a row between 20000 and 32000"
}
