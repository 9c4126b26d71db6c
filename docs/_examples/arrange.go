// Command arrange does, in the demonstration's folder, what a filer and CBP arrange once before the first filing: the
// filer's evidence server gives its key a collection, CBP is handed a capability to read it, and the two exchange the
// public halves of their lookup keys.
package main

import (
	"crypto"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/trust/capability"
	"github.com/ftagateway/ftagateway/trust/did"
	"github.com/ftagateway/ftagateway/trust/key"
)

func main() {
	demo, out := os.Args[1], os.Args[2]
	importer, root, cbp := signer(demo, "importer"), signer(demo, "importer-evidence-root"), signer(demo, "cbp-capability")
	expires := time.Now().AddDate(0, 6, 0)

	collection, err := filing.Collect(root, server(demo), evidence.NewCollection(), importer, expires)
	check(err)
	cbpID, err := key.DID(cbp)
	check(err)
	handover, err := (&filing.Partner{Issuer: importer, Collection: collection}).Admit(cbpID, expires)
	check(err)
	write(filepath.Join(out, "collection.json"), collection)
	write(filepath.Join(out, "handover.json"), handover)

	lookup, err := key.LoadLookup(filepath.Join(demo, "keys", "cbp-lookup.pem"))
	check(err)
	fmt.Println(did.FromX25519(lookup.PublicKey()))
}

func signer(demo, name string) crypto.Signer {
	s, err := key.LoadSigner(filepath.Join(demo, "keys", name+".pem"))
	check(err)
	return s
}

// server is where the importer's evidence server is, as the demonstration notes it.
func server(demo string) string {
	data, err := os.ReadFile(filepath.Join(demo, "demo.json"))
	check(err)
	var noted struct{ Addresses map[string]string }
	check(json.Unmarshal(data, &noted))
	return "http://" + noted.Addresses["evidence-importer"]
}

func write(file string, c *capability.Capability) {
	data, err := json.Marshal(c.Object())
	check(err)
	check(os.WriteFile(file, data, 0o600))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
