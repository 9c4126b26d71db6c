// Package gatewaysuite tells whether a gateway's HTTP interface does what customs relies on, case by case, and why each
// case matters. It is the second of the conformance suites: the first judges drivers.
//
// The suite makes a small world of its own: people with keys, an evidence server, and ledgers, which it serves over the
// ledger protocol on loopback. A Harness opens the gateway under test on that world. Then the suite's ledgers lie, fail
// and keep silent, and what the gateway says over HTTP is held against what it must say. Nothing is asked of the gateway
// but its HTTP interface, so that one in any language can be judged.
//
// Read case.go for the list, stage.go for the world, node.go for the ways in which a ledger goes wrong. Package faulty
// below holds gateways that are wrong in one thing each, and shows that each is caught.
package gatewaysuite

import (
	"context"
	"time"

	"github.com/ftagateway/ftagateway/conformance"
)

// SuiteVersion is of the cases: a change that a right gateway could notice raises it.
const SuiteVersion = "1.1.0"

// Interface is the version of the HTTP interface that is played against: the v1 of its paths.
const Interface = "1"

// Harness opens the gateway under test.
type Harness struct {
	// Name is what the report calls the gateway by, for example the command that starts it. No address: two reports of
	// one gateway are compared.
	Name string
	// Open starts the gateway with a Setting, and returns when it answers. It is called again with the Setting of a
	// gateway that was closed, and must then find what that one kept in Setting.Data. Two gateways are open at once, with
	// Settings that have nothing in common.
	Open func(ctx context.Context, s Setting) (*Gateway, error)
}

// Gateway is one that is open.
type Gateway struct {
	URL   string       // of its HTTP interface: scheme, loopback address and port
	Close func() error // ends it; called once
	// Log gives what it has logged so far. Nil: the cases about the log are not offered.
	Log func() string
}

// NeedLog is what a case about the log cannot do without.
const NeedLog conformance.Need = "what the gateway logs (Gateway.Log)"

// Setting is what a gateway is opened with: all that it must know of the suite's world. Paths are absolute.
type Setting struct {
	Data         string   // an own folder for what must last
	Participants string   // folder of signed Participant documents, one a file
	Issuers      []string // did:key of who may issue them
	Keys         Keys
	AllowPrivate []string // networks in which evidence may be fetched by plain http
	Ledgers      []Ledger
}

// Keys names files in PKCS#8 PEM. The key that signs receipts is the gateway's own to make.
type Keys struct {
	Capability string // Ed25519: invokes the capabilities that partners hand over
	Lookup     string // X25519: finds entries by number
}

// Ledger is one ledger of a Setting.
type Ledger struct {
	Slug    string // its name in the paths of the HTTP interface
	URL     string // ledger+http://…: the suite serves it by the ledger protocol
	Customs bool   // CBP's own: its decisions count there and nowhere else
	Mirror  bool   // a further node of a chain that another ledger shows
	// Budget and Attempt bound a whole call on the ledger, and one read of it.
	Budget, Attempt time.Duration
}
