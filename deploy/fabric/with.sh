#!/usr/bin/env bash
# Runs a command beside two Fabric networks that it starts and stops, with both chaincodes of this repository on the
# first. Their folders are in FTA_FABRIC and FTA_FABRIC_OTHER. FABRIC_VERSION is of Fabric, where it is not to be the usual.
#
#   deploy/fabric/with.sh go test ./adapters/fabric
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

folder=$(mktemp -d)
finish() {
	for name in one two; do
		if [[ -f $folder/$name/network.env ]]; then "$here/stop.sh" --data "$folder/$name"; fi
	done
	rm -rf "$folder"
}
trap finish EXIT

version=(${FABRIC_VERSION:+--fabric "$FABRIC_VERSION"})
FTA_FABRIC=$("$here/start.sh" ${version[@]+"${version[@]}"} --data "$folder/one" --port 0 --chaincode "fta=$root/adapters/fabric/chaincode" \
	--chaincode "declarations=$root/examples/fabric-partner/chaincode")
FTA_FABRIC_OTHER=$("$here/start.sh" ${version[@]+"${version[@]}"} --data "$folder/two" --port 0 --chaincode "fta=$root/adapters/fabric/chaincode")
export FTA_FABRIC FTA_FABRIC_OTHER
"$@"
