package cache

import "hash/maphash"

// mostTouched is how many of the last touches are remembered. Who asked the chain longer ago than that fills in nothing.
const mostTouched = 4096

// touched remembers which keys were touched last, each by when that was, counted in touches. Two keys of one hash count
// as one, which costs a fill and never admits one.
type touched struct {
	count uint64 // of all touches ever
	last  map[uint64]uint64
	ring  []uint64 // of the last touches, by hash; the touch n stands at n-1 modulo its size
}

var seed = maphash.MakeSeed()

// touch notes that a key changed, or may have.
func (t *touched) touch(key string) {
	h := maphash.String(seed, key)
	t.count++
	if t.last == nil {
		t.last = map[uint64]uint64{}
	}
	if len(t.ring) < mostTouched {
		t.ring = append(t.ring, h)
	} else {
		t.replace(h)
	}
	t.last[h] = t.count
}

// replace takes the place of the oldest touch in the ring.
func (t *touched) replace(h uint64) {
	at := (t.count - 1) % mostTouched
	if old := t.ring[at]; t.last[old] == t.count-mostTouched {
		delete(t.last, old)
	}
	t.ring[at] = h
}

// since reports whether a key was touched after the first count touches, or may have been.
func (t *touched) since(count uint64, key string) bool {
	if count > t.count || t.count-count > mostTouched {
		return true
	}
	return t.last[maphash.String(seed, key)] > count
}
