package shape

import (
	"fmt"

	"github.com/ftagateway/ftagateway/schemas"
)

// budget bounds a run.
type budget struct{ steps, values, bytes int }

// The largest honest body, a summary of 999 full lines, takes a twentieth of it.
const (
	maxSteps   = 4_000_000
	maxMade    = 400_000
	maxWritten = 16 << 20
)

var wholeBudget = budget{steps: maxSteps, values: maxMade, bytes: maxWritten}

// run is one translation in one direction.
type run struct {
	to     side
	out    any
	beside map[string]any
	left   budget
	faults Faults
}

// place is where the run stands: a value that is read, and where it is and what is written stands.
type place struct {
	value any
	at    [2]path
	seen  *seen // what was read of value
	item  int   // the index in the list that is closest
}

func (r *run) from() side { return r.to.other() }

func (r *run) spent() bool { return r.left.steps < 0 || r.left.values < 0 || r.left.bytes < 0 }

func (r *run) pairs(ps []*pair, here place) {
	for _, p := range ps {
		r.left.steps--
		if r.spent() || len(r.faults) >= schemas.MaxFaults {
			return
		}
		r.pair(p, here)
	}
}

func (r *run) pair(p *pair, here place) {
	switch p.kind {
	case copied:
		r.copy(p, here)
	case constant:
		r.constant(p, here)
	case beside:
		r.beyond(p, here)
	case position:
		r.position(p, here)
	case group:
		r.group(p, here)
	case list:
		r.list(p, here)
	case cases:
		r.choose(p, here)
	}
}

func (r *run) copy(p *pair, here place) {
	v, ok := r.take(p, here)
	if !ok {
		return
	}
	convert := p.format.Model
	if r.to == ofNative {
		convert = p.format.Native
	}
	got, err := convert(v)
	if err != nil {
		r.fault(p, here, v, err.Error())
		return
	}
	r.put(p, here, got)
}

// take reads what a pair is about, and says so where it must be there and is not.
func (r *run) take(p *pair, here place) (any, bool) {
	from := r.from()
	v, ok := p.end[from].find(here.value)
	here.seen.at(p.end[from]).whole = true // a null too, which is nothing
	if !ok && p.required {
		r.fault(p, here, nil, "must be there")
	}
	return v, ok
}

func (r *run) put(p *pair, here place, v any) {
	v = r.charge(v)
	if r.spent() {
		return
	}
	out, ok := here.at[r.to].join(p.end[r.to]...).put(r.out, v)
	if !ok {
		r.fault(p, here, v, "must agree with what another pair writes in the same place")
		return
	}
	r.out = out
}

// charge copies a value, so that what is written never shares memory with what was read, and counts it.
func (r *run) charge(v any) any {
	r.left.values--
	r.left.bytes -= 8
	if r.spent() {
		return nil
	}
	switch v := v.(type) {
	case string:
		r.left.bytes -= len(v)
	case map[string]any:
		members := make(map[string]any, len(v))
		for name, member := range v {
			r.left.bytes -= len(name)
			members[name] = r.charge(member)
		}
		return members
	case []any:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = r.charge(item)
		}
		return items
	}
	return v
}

// constant writes it, or holds what stands there against it.
func (r *run) constant(p *pair, here place) {
	if p.has[r.to] {
		r.put(p, here, p.value)
		return
	}
	v, ok := p.end[r.from()].find(here.value)
	here.seen.at(p.end[r.from()]).whole = true
	if !ok || !equal(v, p.value) {
		r.fault(p, here, v, fmt.Sprintf("must be %s, as the mapping says", short(p.value)))
	}
}

// beyond keeps what the model lacks, and gives it back.
func (r *run) beyond(p *pair, here place) {
	at := here.at[ofNative].join(p.end[ofNative]...).String()
	if r.to == ofModel {
		if v, ok := r.take(p, here); ok {
			r.beside[at] = r.charge(v)
		}
		return
	}
	if v, ok := r.beside[at]; ok {
		r.put(p, here, v)
	} else if p.value != nil {
		r.put(p, here, p.value)
	} else if p.required {
		r.fault(p, here, nil, "must be given beside: the model lacks it, and the ledger's shape requires it")
	}
}

func (r *run) position(p *pair, here place) {
	number := float64(here.item + 1)
	if r.to == ofModel {
		r.put(p, here, number)
		return
	}
	if v, ok := r.take(p, here); ok && v != number {
		r.fault(p, here, v, fmt.Sprintf("must be its place in the list, %v: the ledger's shape has no other number", number))
	}
}
