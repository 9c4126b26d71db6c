package ethereum

import (
	"context"
	"encoding/base64"
	"math"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// endOf is the place after every log of a block.
func endOf(height uint64) place { return place{height, math.MaxUint32} }

// shownHash is how many bytes of a block's hash a cursor has.
const shownHash = 8

// cursor spells a place: the mark of chain and contract, the height, the log, a part of the block's hash, by which a chain is
// known that was made anew from the same genesis block, or went another way; and how often logs have been read again.
func (x *index) cursor(at place, block common.Hash) driver.Cursor {
	text := append([]byte(x.mark+at.bytes()), block[:shownHash]...)
	return driver.Cursor(base64.RawURLEncoding.EncodeToString(append(text, x.reads())))
}

// placeAt reads a cursor. The empty one is before everything.
func (x *index) placeAt(c driver.Cursor) (at place, block string, err error) {
	if c == "" {
		return place{}, "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(raw) != len(x.mark)+12+shownHash+1 {
		return place{}, "", driver.Errorf(driver.CursorInvalid, "not a cursor of an Ethereum ledger")
	}
	if string(raw[:len(x.mark)]) != x.mark {
		return place{}, "", driver.Errorf(driver.CursorInvalid, "a cursor of another chain or contract than %s", x.uri)
	}
	raw = raw[len(x.mark):]
	if at, err = placeOf(raw[:12]); err != nil {
		return place{}, "", err
	}
	if x.outrun(at, raw[12+shownHash]) {
		return place{}, "", driver.Errorf(driver.CursorInvalid, "a cursor from before logs were found that had been missing below it")
	}
	return at, string(raw[12 : 12+shownHash]), nil
}

// ahead is a cursor beyond what can be seen. Endpoints lag, and an index is made anew: neither is a reason to tell a
// follower that its place is lost. Where the chain itself went back, another block will stand at that height.
func ahead(format string, args ...any) error {
	e := driver.Errorf(driver.NotReady, format, args...)
	e.RetryAfter = time.Second
	return e
}

// stillThere holds a cursor's block against the chain: CursorInvalid where the chain has another one at that height.
func (l *Ledger) stillThere(ctx context.Context, x *index, at place, block string) error {
	if block == "" {
		return nil
	}
	hash, ok, err := known(x, at.height)
	if err != nil {
		return err
	}
	if !ok {
		b, err := l.set.Block(ctx, at.height)
		switch {
		case err != nil:
			return err
		case b == nil:
			return ahead("a cursor of block %d, which the chain does not have", at.height)
		}
		hash = b.Hash
	}
	if string(hash[:shownHash]) != block {
		return driver.Errorf(driver.CursorInvalid, "a cursor of a block %d that is not on the chain", at.height)
	}
	return nil
}
