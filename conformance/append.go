package conformance

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var appendCases = []Case{{
	ID: "write/read-your-write", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "Whoever is told that a filing is final looks at it next. Not there, it is filed a second time.",
	Steps: []string{
		"Append version 1 and wait until it is final: the receipt names the key, version 1, the transaction and its block.",
		"Get it: that entry.",
		"Append version 2 and wait until it is final: the receipt says version 2, and get answers it.",
	},
	run: readYourWrite,
}, {
	ID: "write/body-byte-for-byte", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why:   "A signature covers every byte. A body that is trimmed, re-encoded or cut is a forged one.",
	Steps: []string{"Write bodies of 1, 100, 5,000 and 60,000 bytes, as far as maxBody allows, and get each: the same bytes."},
	run:   bodyByteForByte,
}, {
	ID: "write/keys-are-kept-or-refused", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "Two keys that a driver makes one are two traders' filings under one name. A chain may refuse a key; it may not " +
		"alter it.",
	Steps: []string{
		"Write keys with letters of other scripts, an accent in its two encodings, U+0000, spaces, slashes, dots, per cent " +
			"signs, bytes that are not UTF-8, and 2,000 characters: each is written, or invalid.",
		"Get each one that was written: under that very key, with its own body.",
		"Get each one that was refused: invalid or not-found.",
	},
	run: keysAreKeptOrRefused,
}, {
	ID: "write/input-belongs-to-the-caller", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "Callers use their buffers again. A driver that keeps one has another body on the chain than it answers with; one " +
		"that writes to it breaks the signature that the caller holds.",
	Steps: []string{
		"Append, and compare the write with a copy made before: nothing has changed in it.",
		"Overwrite its body and lookups, and get the entry: as it was written.",
	},
	run: inputBelongsToTheCaller,
}, {
	ID: "write/ended-context-writes-nothing", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "canceled says that nothing was changed. A write that happened all the same is a filing that its filer does not " +
		"know of.",
	Steps: []string{
		"Append for a caller who has gone away already: canceled.",
		"Get the key, final and latest: not-found. Append again: version 1.",
	},
	run: endedContextWritesNothing,
}}

func readYourWrite(c *check) {
	c.step(1)
	w := c.firstVersion()
	r := c.write(w)
	c.that(r.Key == w.Key && r.Version == 1, fmt.Sprintf("key %q, version 1", w.Key), "key %q, version %d", r.Key, r.Version)
	c.that(r.Tx != "" && !r.Pos.Time.IsZero(), "the receipt names the transaction and its block", "tx %q, time %s", r.Tx, when(r.Pos.Time))
	c.step(2)
	c.written(c.get(driver.Ref{Key: w.Key}), entryOf(w, r), "get")
	c.step(3)
	w = c.nextVersion(w)
	r = c.write(w)
	c.that(r.Version == 2, "version 2", "%d", r.Version)
	c.written(c.get(driver.Ref{Key: w.Key}), entryOf(w, r), "get")
}

func bodyByteForByte(c *check) {
	c.step(1)
	for _, size := range []int{1, 100, 5_000, 60_000} {
		if size > c.session.described.MaxBody {
			continue
		}
		key := c.key()
		w := &driver.Write{Key: key, Body: c.sized(key, size)}
		r := c.write(w)
		c.written(c.get(driver.Ref{Key: key}), entryOf(w, r), fmt.Sprintf("get of a body of %d bytes", len(w.Body)))
	}
}

// hardKeys begin with a part that is new to the ledger, and go on with what drivers stumble over.
func hardKeys(unique string) []string {
	var out []string
	for _, tail := range []string{
		"Zoll-申告-таможня", "caf\u00e9", "cafe\u0301", "a\u0000b", "a", " a", "a ", "A", "a/b", "a/../b", "a%2Fb", "a%00b",
		"a\xffb", strings.Repeat("k", 2000),
	} {
		out = append(out, unique+tail)
	}
	return out
}

func keysAreKeptOrRefused(c *check) {
	c.step(1)
	written, refused := map[string]*driver.Entry{}, []string{}
	for _, key := range hardKeys(text(c.rand, 9)) {
		w := &driver.Write{Key: key, Body: c.body(key)}
		r, err := c.send(w)
		if err != nil {
			c.code(err, fmt.Sprintf("append to key %.40q", key), driver.Invalid)
			refused = append(refused, key)
			continue
		}
		written[key] = entryOf(w, c.settle(r))
	}
	c.step(2)
	for key, want := range written {
		c.written(c.get(driver.Ref{Key: key}), want, fmt.Sprintf("get of key %.40q", key))
	}
	c.step(3)
	for _, key := range refused {
		_, err := c.ledger().Get(c.ctx, driver.Ref{Key: key})
		c.code(err, fmt.Sprintf("get of key %.40q", key), driver.Invalid, driver.NotFound)
	}
}

func inputBelongsToTheCaller(c *check) {
	c.step(1)
	w := c.firstVersion(newLookup(c.rand), newLookup(c.rand))
	kept := *w
	kept.Body, kept.Lookups = bytes.Clone(w.Body), slices.Clone(w.Lookups)
	r := c.write(w)
	c.that(bytes.Equal(w.Body, kept.Body), "the caller's body is still "+brief(kept.Body), "%s", brief(w.Body))
	c.that(slices.Equal(w.Lookups, kept.Lookups) && w.Key == kept.Key && w.Expect == kept.Expect &&
		w.IdempotencyKey == kept.IdempotencyKey, "the rest of the write is as it was", "%s", told(w.Lookups))
	c.step(2)
	for i := range w.Body {
		w.Body[i] ^= 0xFF
	}
	clear(w.Lookups)
	c.written(c.get(driver.Ref{Key: kept.Key}), entryOf(&kept, r), "get")
	if c.session.described.Can(driver.AbilityFind) {
		c.eachOnce(c.findAll(kept.Lookups[0], "", 0), []string{kept.Key})
	}
}

func endedContextWritesNothing(c *check) {
	c.step(1)
	w := c.firstVersion()
	c.code(appendCall(w).do(c.canceled(), c.ledger()), "append", driver.Canceled)
	c.step(2)
	c.absent(w.Key)
	w.Body = c.body(w.Key)
	r := c.write(w)
	c.that(r.Version == 1, "version 1", "%d", r.Version)
}
