package main

import (
	"math/rand/v2"
	"sync"
)

// item is a record that the gateway acknowledged.
type item struct {
	made
	ledger  string
	receipt string // id of its submission receipt
	entry   bool

	mu    sync.Mutex
	final bool
	tag   string // of the last answer about it
}

func (i *item) isFinal() bool {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.final
}

func (i *item) settled() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.final = true
}

// tagged keeps the newest tag, and answers the one before.
func (i *item) tagged(now string) (before string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	before = i.tag
	if now != "" {
		i.tag = now
	}
	return before
}

// book is everything that was acknowledged. It is safe for concurrent use.
type book struct {
	mu  sync.Mutex
	all []*item
	// seen are the ids that a watcher was told of.
	seen map[string]bool
}

func (b *book) add(i *item) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all = append(b.all, i)
}

func (b *book) items() []*item {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.all[:len(b.all):len(b.all)]
}

// hot are how many of the first records most questions are about.
const hot = 30

// any draws a record that is final; nil where the drawn one is not yet.
func (b *book) any() *item {
	all := b.items()
	if len(all) > hot && rand.IntN(10) > 0 {
		all = all[:hot]
	}
	i := all[rand.IntN(len(all))]
	if !i.isFinal() {
		return nil
	}
	return i
}

// anyEntry draws an entry.
func (b *book) anyEntry() *item {
	var entries []*item
	for _, i := range b.items()[:min(hot, len(b.items()))] {
		if i.entry {
			entries = append(entries, i)
		}
	}
	return entries[rand.IntN(len(entries))]
}

func (b *book) told(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen[id] = true
}

func (b *book) untold() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, i := range b.all {
		if !b.seen[i.record.ID] {
			n++
		}
	}
	return n
}
