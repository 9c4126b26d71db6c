package remote

import (
	"context"
	"math"
	"unicode/utf8"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

func (l *Ledger) ask(op protocol.Operation, text []byte, most int64) question {
	return question{op: op, url: l.target.base + "/" + string(op), text: text, most: most}
}

// send asks the server of a known ledger, and makes sure that it is that ledger which answers.
func (l *Ledger) send(ctx context.Context, d *driver.Description, q question, message any) error {
	uri, err := l.client.call(ctx, q, message)
	if err != nil {
		return err
	}
	switch uri {
	case d.URI:
		return nil
	case "":
		return unnamed(q.op)
	}
	code := driver.Unavailable
	if q.op == protocol.OpChanges {
		code = driver.CursorInvalid // a place in one ledger is none in another
	}
	return driver.Errorf(code, "%s: ledger %.100q answers where %q was, as the header %s has it", q.op, uri, d.URI, protocol.LedgerHeader)
}

// query encodes a request and sends it.
func (l *Ledger) query(ctx context.Context, d *driver.Description, op protocol.Operation, request any, most int64, answer any) error {
	text, err := encode(request)
	if err != nil {
		return err
	}
	return l.send(ctx, d, l.ask(op, text, most), answer)
}

// encode writes a request. What cannot be written is text that is not UTF-8, which the protocol never alters to fit.
func encode(request any) ([]byte, error) {
	text, err := protocol.Encode(request)
	if err != nil {
		return nil, driver.Errorf(driver.Invalid, "the request cannot be written: %w", err)
	}
	return text, nil
}

// checkKey refuses keys that name nothing or that the protocol cannot carry.
func checkKey(key string) error {
	if key == "" {
		return driver.Errorf(driver.Invalid, "key is empty")
	}
	if !utf8.ValidString(key) {
		return driver.Errorf(driver.Invalid, "key is not UTF-8")
	}
	return nil
}

// sayable gives a version as the protocol can say it. Versions have no gaps, so that the absence of the highest one that
// can be said is the absence of all above it.
func sayable(version uint64) uint64 { return min(version, protocol.MaxNumber) }

// pageLimit gives the length of the page that is asked for, which is never more than the ledger's own.
func pageLimit(d *driver.Description, asked int) uint32 {
	if asked < 1 || asked > d.PageSize {
		asked = d.PageSize
	}
	return uint32(min(asked, math.MaxInt32)) // PageSize is at most protocol.MaxPage
}

// The most bytes of answers.
func entryBytes(d *driver.Description) int64 { return protocol.EntryBytes(d.MaxBody) }

func pageBytes(d *driver.Description) int64 { return protocol.PageBytes + entryBytes(d) }
