package gateway

import (
	"sync"

	"github.com/ftagateway/ftagateway/trust"
)

// written is an answer's JSON but for its asOf, and what else was made of it. All who answer the same share it.
type written struct {
	before []byte   // up to the value of asOf, which is the last member but for what closes
	made   sync.Map // by name
}

const afterAsOf = "}}"

// write writes an answer without findings, whose asOf therefore comes last.
func write(a Answer) (*written, error) {
	a.Verdict.AsOf = trust.AsOf{}
	all, err := a.AppendJSON(nil)
	if err != nil {
		return nil, err
	}
	return &written{before: append(all[:len(all)-len(afterAsOf)], `,"asOf":`...)}, nil
}

func (w *written) append(b []byte, at trust.AsOf) ([]byte, error) {
	b, err := appendAsOf(append(b, w.before...), at)
	return append(b, afterAsOf...), err
}

// Once answers what make makes of the answer, under a name. It is made once for all answers that are kept and mean the same,
// and must be of what Still leaves of them. The names must be few.
func (a Answer) Once(name string, make func() string) string {
	if a.written == nil {
		return make()
	}
	if made, ok := a.written.made.Load(name); ok {
		return made.(string)
	}
	made, _ := a.written.made.LoadOrStore(name, make())
	return made.(string)
}
