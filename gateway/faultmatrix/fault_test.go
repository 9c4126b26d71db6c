package faultmatrix_test

import (
	"bytes"
	"net/http"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/conformance/wire"
)

// fault is one column of the matrix.
type fault struct {
	name string
	// exactly one of these says how it is done
	wire wire.Fault    // by the network
	lie  bool          // by what the node says, in the driver's own language: see row.lies
	skew time.Duration // by the gateway's own clock
	gone wire.Fault    // by the network to the Redis that the gateways share
	// harmless faults leave every answer as it is.
	harmless bool
	// accused faults may have a record told as invalid: the ledger shows what is not so. No other fault may.
	accused bool
}

// faults are all of them, in the plan's order.
func faults() []fault {
	return []fault{
		{name: "refuse", wire: wire.Refuse},
		{name: "reset", wire: wire.Reset},
		{name: "black hole", wire: wire.BlackHole},
		{name: "latency", wire: wire.Latency, harmless: true},
		{name: "truncated", wire: wire.Truncated},
		{name: "slow drip", wire: wire.SlowDrip},
		{name: garbage, lie: true},
		{name: wrongShape, lie: true},
		{name: staleBlock, lie: true, accused: true},
		{name: forgedProof, lie: true, accused: true},
		{name: "Redis gone", gone: wire.Refuse, harmless: true},
		{name: "Redis black-holed", gone: wire.BlackHole, harmless: true},
		{name: "clock an hour ahead", skew: time.Hour, harmless: true},
		{name: "clock an hour behind", skew: -time.Hour, harmless: true},
	}
}

const (
	garbage     = "garbage"
	wrongShape  = "wrong shape"
	staleBlock  = "stale block"
	forgedProof = "forged proof"
)

// said is an answer of a node.
type said struct {
	status          int
	header, trailer http.Header
	body            []byte
}

func (s said) clone() said {
	return said{s.status, s.header.Clone(), s.trailer.Clone(), bytes.Clone(s.body)}
}

// exchange is a question to a node, with the means to ask it.
type exchange struct {
	path     string
	question []byte
	ask      func(question []byte) said
	before   func() (said, bool) // what was answered to the same question before the record was replaced
}

// lie answers a question in the node's place.
type lie func(x exchange) said

// altering lies about what comes back.
func altering(how func(x exchange, s *said)) lie {
	return func(x exchange) said {
		s := x.ask(x.question)
		how(x, &s)
		return s
	}
}

// noise answers bytes that are nothing, of the type that is expected.
func noise(x exchange) said {
	s := x.ask(x.question)
	s.status, s.body = http.StatusOK, bytes.Repeat([]byte("\x00\xff{\"\x1b[garbage"), 100)
	return s
}

// foreign answers JSON of another world.
func foreign(x exchange) said {
	s := x.ask(x.question)
	s.status, s.body = http.StatusOK, []byte(`{"hello":["world",42],"record":[],"entries":7,"next":{}}`)
	return s
}

// rewound answers what was so before the record was replaced, where that was asked.
func rewound(x exchange) said {
	if s, ok := x.before(); ok {
		return s
	}
	return x.ask(x.question)
}

// forged has another signature in the place of the record's own: text of the same length in the alphabet of base58.
func forged(text []byte) []byte {
	const member = `"proofValue":"z`
	at := bytes.Index(text, []byte(member))
	if at < 0 {
		return text
	}
	out := slices.Clone(text)
	out[at+len(member)+8] ^= 1 // another letter or digit
	if out[at+len(member)+8] == text[at+len(member)+8] {
		panic("nothing was forged")
	}
	return out
}
