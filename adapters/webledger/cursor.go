package webledger

import (
	"encoding/base64"
	"math"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// endOf is the place after every operation of a block.
func endOf(height uint64) place { return place{height, math.MaxUint32} }

// cursor spells a place: the chain's mark, the height, the operation.
func (x *index) cursor(at place) driver.Cursor {
	return driver.Cursor(base64.RawURLEncoding.EncodeToString([]byte(x.mark + at.bytes())))
}

// placeAt reads a cursor. The empty one is before everything.
func (x *index) placeAt(c driver.Cursor) (place, error) {
	if c == "" {
		return place{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(string(c))
	if err != nil || len(raw) != len(x.mark)+12 {
		return place{}, driver.Errorf(driver.CursorInvalid, "not a cursor of a Web Ledger")
	}
	if string(raw[:len(x.mark)]) != x.mark {
		return place{}, driver.Errorf(driver.CursorInvalid, "a cursor of another chain than %s", x.chain.id())
	}
	return placeOf(raw[len(x.mark):])
}
