// Package protocol is what goes over the wire between a gateway and a ledger that speaks the ledger protocol: one JSON
// message a method of driver.Ledger, the table of errors, the hops that a request came by, and the OpenAPI document that
// says the same to a vendor in any language. The client is adapters/remote and the server adapters/remote/ledgerhttp.
//
// Numbers are whole and no larger than MaxNumber, text is UTF-8, times are RFC 3339 in UTC, durations are milliseconds,
// bytes are base64 with padding. What a message does not name is passed over in an answer, and refused in a request.
package protocol

// Version is the version of the protocol that this package speaks. Another one means messages that cannot be read by
// who speaks this one; a member that is added to an answer does not raise it.
const Version = "1"

// The headers of the protocol.
const (
	// VersionHeader names the version that a request is written in.
	VersionHeader = "Fta-Ledger-Protocol"
	// LedgerHeader names, in every answer but a problem, the URI of the ledger that gave it: an address that begins to
	// serve another ledger is noticed at the first answer.
	LedgerHeader = "Fta-Ledger"
)

// The media types.
const (
	MediaType   = "application/json"
	ProblemType = "application/problem+json"
)

// The bounds that both sides hold to.
const (
	// MaxNumber is the largest whole number that every JSON parser reads as it was written (RFC 7493 §2.2).
	MaxNumber = 1<<53 - 1
	// MaxBody is the most that a body has, in bytes, whatever a ledger describes.
	MaxBody = 16 << 20
	// MaxPage is the most entries or keys of a page.
	MaxPage = 1000
	// MaxName is the most bytes of what names a chain, a block, a transaction or an author. Keys may be longer.
	MaxName = 1 << 10
	// MaxCursor is the most bytes of a cursor, and of what continues a search: they are kept, and sent back.
	MaxCursor = 4 << 10
	// PageBytes is where a page of entries ends, though it holds fewer than were asked for: the text of its entries is
	// no longer, unless it holds a single one.
	PageBytes = 8 << 20
)

// EntryBytes is the most that the text of one entry has on a ledger with such a MaxBody: the body, what shows its
// author (which may hold the body once more), and the rest.
func EntryBytes(maxBody int) int64 { return 2*(int64(maxBody)+2)/3*4 + 256<<10 }
