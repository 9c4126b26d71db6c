// Command chaincode serves the reference chaincode for FTA Gateway to the peers of a Hyperledger Fabric channel, as a
// process of its own. It is told by its environment:
//
//	CHAINCODE_ID              the package id, as the peers know it
//	CHAINCODE_SERVER_ADDRESS  where it listens, such as 127.0.0.1:9999
//	FTA_WRITERS               MSP ids that may write, with commas between them; empty: every member of the channel
//
// It listens without TLS: it and the peers it serves are of one organisation, and on one host.
package main

import (
	"log"
	"os"
	"strings"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"

	"github.com/ftagateway/ftagateway/adapters/fabric/chaincode/records"
)

func main() {
	server := &shim.ChaincodeServer{
		CCID:     os.Getenv("CHAINCODE_ID"),
		Address:  os.Getenv("CHAINCODE_SERVER_ADDRESS"),
		CC:       records.New(strings.FieldsFunc(os.Getenv("FTA_WRITERS"), func(r rune) bool { return r == ',' })),
		TLSProps: shim.TLSProperties{Disabled: true},
	}
	if err := server.Start(); err != nil {
		log.Fatalf("chaincode: %v", err)
	}
}
