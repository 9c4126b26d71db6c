package protocol_test

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"log"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
)

func Example() {
	sender := protocol.Sender{
		Signer:  ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize)),
		Creator: "did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH", // the targetNode of the node's agent
		Now:     func() time.Time { return time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC) },
	}
	first := ld.Object{"id": "urn:uuid:1f0e6a9c-8a1c-4f8e-a9b7-3a5de8f9d201", "version": 1.0}
	second := ld.Object{"id": first["id"], "version": 2.0}
	create, err := protocol.NewCreate(first, sender)
	if err != nil {
		log.Fatal(err)
	}
	update, err := protocol.NewUpdate(first, second, 0, sender)
	if err != nil {
		log.Fatal(err)
	}

	var now *protocol.Standing
	for _, op := range []*protocol.Operation{create, update, update} {
		var reason protocol.Reason
		now, reason = protocol.Apply(now, op)
		fmt.Printf("%d %s %q\n", now.Sequence, now.Record, reason)
	}
	// Output:
	// 0 {"id":"urn:uuid:1f0e6a9c-8a1c-4f8e-a9b7-3a5de8f9d201","version":1} ""
	// 1 {"id":"urn:uuid:1f0e6a9c-8a1c-4f8e-a9b7-3a5de8f9d201","version":2} ""
	// 1 {"id":"urn:uuid:1f0e6a9c-8a1c-4f8e-a9b7-3a5de8f9d201","version":2} "the record stands at another sequence"
}
