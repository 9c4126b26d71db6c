package faulty

import (
	"context"
	"slices"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var describeFaults = []Fault{{
	Name: "no-page-size", Breaks: "Describes no page size, so that nobody knows how much one answer holds.",
	Caught: "read/description-is-complete",
	bend:   func(b *bent) { b.described(func(d *driver.Description) { d.PageSize = 0 }) },
}, {
	Name: "no-uri", Breaks: "Never learns its chain's URI, so that no record can be bound to it.",
	Caught: "read/description-is-complete",
	bend:   func(b *bent) { b.described(func(d *driver.Description) { d.URI = "" }) },
}, {
	Name: "writes-without-a-mode", Breaks: "Offers append and does not say what becomes of two writers.",
	Caught: "read/description-is-complete",
	bend:   func(b *bent) { b.described(func(d *driver.Description) { d.WriteMode = driver.WriteNone }) },
}, {
	Name: "uri-of-a-host", Breaks: "Names the chain by the address of the server that it is reached at.",
	Caught: "read/description-is-complete",
	bend: func(b *bent) {
		b.described(func(d *driver.Description) { d.URI = "https://ledger.acme.example/trade" })
	},
}, {
	Name: "host-inside-the-uri", Breaks: "Puts the name of its host into a URI of another form.",
	Caught: "read/description-is-complete",
	bend: func(b *bent) {
		b.described(func(d *driver.Description) { d.URI = "urn:acme:ledger.acme.example:trade" })
	},
}, {
	Name: "ability-of-its-own", Breaks: "Offers what the protocol does not know.",
	Caught: "read/description-is-complete",
	bend: func(b *bent) {
		b.described(func(d *driver.Description) { d.Abilities = append(d.Abilities, "history") })
	},
}, {
	Name: "write-mode-of-its-own", Breaks: "Says what becomes of two writers in a word that the protocol does not know.",
	Caught: "read/description-is-complete",
	bend:   func(b *bent) { b.described(func(d *driver.Description) { d.WriteMode = "locked" }) },
}, {
	Name: "shared-description", Breaks: "Gives every caller the same list of abilities to write to.",
	Caught: "read/description-stays",
	bend:   sharedDescription,
}, {
	Name: "changing-description", Breaks: "Describes another limit each time it is asked.",
	Caught: "read/description-stays",
	bend:   changingDescription,
}, {
	Name: "hidden-ability", Breaks: "Finds, and does not describe that it does.",
	Caught: "read/undescribed-is-unsupported",
	bend: func(b *bent) {
		b.described(func(d *driver.Description) { d.Abilities = slices.DeleteFunc(d.Abilities, isFind) })
	},
}, {
	Name: "head-never-moves", Breaks: "Answers the head that it saw first, for ever.",
	Caught: "read/head-is-where-the-chain-stands",
	bend:   headNeverMoves,
}, {
	Name: "final-above-newest", Breaks: "Takes the newest block for the final one, and the final one for the newest.",
	Caught: "read/head-is-where-the-chain-stands",
	bend: func(b *bent) {
		b.head = func(ctx context.Context) (driver.Head, error) {
			h, err := b.Ledger.Head(ctx)
			h.Final, h.Newest = h.Newest, h.Final
			return h, err
		}
	},
}}

func isFind(a driver.Ability) bool { return a == driver.AbilityFind }

func sharedDescription(b *bent) {
	first := b.Ledger.Describe()
	b.describe = func() driver.Description { return first }
}

func changingDescription(b *bent) {
	var mu sync.Mutex
	times := 0
	b.described(func(d *driver.Description) {
		mu.Lock()
		defer mu.Unlock()
		times++
		d.MaxBody -= times
	})
}

func headNeverMoves(b *bent) {
	first, err := b.Ledger.Head(context.Background())
	b.head = func(context.Context) (driver.Head, error) { return first, err }
}
