package conformance

import (
	"fmt"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// rivals is how many write at once.
const rivals = 8

var rivalCases = []Case{{
	ID: "write/one-of-many-writers-wins", Level: LevelWrite, Needs: []Need{NeedWrites, NeedCAS},
	Why: "Write mode cas is a promise: of two who correct the same version, one is told that the other was first. Without it " +
		"one of the corrections is lost, and both are told that theirs stands.",
	Steps: []string{
		"Let 8 writers append version 1 of one key at once, with different bodies: exactly one wins, the others are told " +
			"conflict, or end rejected or dropped.",
		"Get the newest: version 1, with the winner's body.",
		"Let 8 writers append version 2 at once: the same.",
	},
	run: oneOfManyWritersWins,
}, {
	ID: "write/many-writers-of-many-keys", Level: LevelWrite, Needs: []Need{NeedWrites},
	Why: "Filers write at the same time, each its own. A driver that lets them get in each other's way loses filings at the " +
		"busiest hour.",
	Steps: []string{
		"Let 8 writers append to 8 keys at once: all succeed.",
		"Get each key: its own body.",
	},
	run: manyWritersOfManyKeys,
}}

func oneOfManyWritersWins(c *check) {
	key := c.key()
	c.step(1)
	winner := c.race(key, 0)
	c.step(2)
	newest := c.get(driver.Ref{Key: key})
	c.written(newest, winner, "get of the newest")
	c.step(3)
	winner = c.race(key, 1)
	c.written(c.get(driver.Ref{Key: key}), winner, "get of the newest")
}

// race lets rivals append the same version at once, and gives the one that won.
func (c *check) race(key string, expect uint64) *driver.Entry {
	writes := make([]*driver.Write, rivals)
	for i := range writes {
		writes[i] = &driver.Write{Key: key, Expect: expect, Body: c.body(key)}
	}
	won := make([]*driver.Entry, rivals)
	c.together(rivals, func(c *check, i int) {
		r, err := c.send(writes[i])
		if c.wins(r, err) {
			won[i] = entryOf(writes[i], c.fate(r))
		}
	})
	var winner *driver.Entry
	wins := 0
	for _, e := range won {
		if e != nil {
			winner, wins = e, wins+1
		}
	}
	c.that(wins == 1, fmt.Sprintf("one of %d writers of version %d wins", rivals, expect+1), "%d won", wins)
	return winner
}

func manyWritersOfManyKeys(c *check) {
	writes := make([]*driver.Write, rivals)
	for i := range writes {
		writes[i] = c.firstVersion()
	}
	c.step(1)
	receipts := make([]*driver.Receipt, rivals)
	c.together(rivals, func(c *check, i int) { receipts[i] = c.write(writes[i]) })
	c.step(2)
	for i, w := range writes {
		c.written(c.get(driver.Ref{Key: w.Key}), entryOf(w, receipts[i]), fmt.Sprintf("get of key %d", i+1))
	}
}
