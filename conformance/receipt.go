package conformance

import (
	"fmt"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var receiptCases = []Case{{
	ID: "write/receipt-by-transaction", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "A filer who was told to wait asks by the transaction, perhaps days later; so does whoever reads an entry and wants " +
		"to know when it became final.",
	Steps: []string{
		"Write, get the entry, and ask for the receipt of the transaction that the entry names.",
		"The receipt is final, names the same key, version and transaction, and the same block and time as the entry; its times are in UTC.",
	},
	run: receiptByTransaction,
}, {
	ID: "write/unknown-transaction-is-not-found", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why:   "Pending for a transaction that was never sent lets a filer wait for ever.",
	Steps: []string{"Ask for the receipt of a transaction that nobody sent, in the form of one that was: not-found."},
	run:   unknownTransaction,
}}

func receiptByTransaction(c *check) {
	c.step(1)
	w := c.firstVersion()
	c.write(w)
	e := c.get(driver.Ref{Key: w.Key})
	r, err := c.ledger().Receipt(c.ctx, e.Tx)
	c.must(err, "receipt of the transaction that an entry names")
	c.step(2)
	c.that(r.State == driver.Finally, "final", "%s: %s", r.State, r.Reason)
	c.that(r.Key == e.Key && r.Version == e.Version && r.Tx == e.Tx,
		fmt.Sprintf("key %q, version %d, tx %s", e.Key, e.Version, e.Tx), "key %q, version %d, tx %s", r.Key, r.Version, r.Tx)
	c.that(r.Pos.Height == e.Height && r.Pos.Time.Equal(e.Time),
		fmt.Sprintf("height %d at %s", e.Height, when(e.Time)), "height %d at %s", r.Pos.Height, when(r.Pos.Time))
	c.utc(r.Pos.Time, "the receipt's block")
	c.utc(r.Asked, "asked")
}

func unknownTransaction(c *check) {
	c.step(1)
	w := c.firstVersion()
	_, err := c.ledger().Receipt(c.ctx, unlike(c.write(w).Tx))
	c.code(err, "receipt of a transaction that nobody sent", driver.NotFound)
}

const digits = "0123456789"

// unlike gives a transaction of the same form that nobody sent. Digits are turned into others that hexadecimal, base58
// and base64 all have; the first two characters may say the form (0x, zQ) and stay.
func unlike(tx string) string {
	if len(tx) < 3 || !strings.ContainsAny(tx[2:], digits) {
		return tx + "1"
	}
	turned := strings.Map(func(r rune) rune {
		if at := strings.IndexRune(digits, r); at >= 0 {
			return rune("1234567891"[at])
		}
		return r
	}, tx[2:])
	return tx[:2] + turned
}
