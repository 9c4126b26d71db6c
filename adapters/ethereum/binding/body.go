package binding

import (
	"math"

	"github.com/ftagateway/ftagateway/ld"
)

func (e *event) found(args map[string]any) (*Found, error) {
	f := &Found{Key: spell(e.key.Type, args[e.key.Name]), Brings: true, Event: e.RawName}
	if !e.counted {
		n := wholeOf(args[e.says.Version])
		if n.Sign() <= 0 || !n.IsUint64() || n.Uint64() == math.MaxUint64 {
			return nil, corrupt("a log of %s: version %s must be from 1", e.Sig, n)
		}
		f.Version = n.Uint64()
	}
	if e.says.Author != "" {
		f.Author = hexOf(args[e.says.Author])
	}
	return f, e.fill(f, args)
}

// fill gives the body.
func (e *event) fill(f *Found, args map[string]any) error {
	switch {
	case e.says.Deleted:
		f.Deleted = true
		return nil
	case e.says.Body != "":
		switch body := args[e.says.Body].(type) {
		case []byte:
			f.Body = body
		case string:
			f.Body = []byte(body)
		}
		return nil
	}
	f.Arguments = ld.Object{}
	for _, a := range e.Inputs {
		f.Arguments[a.Name] = jsonOf(a.Type, args[a.Name])
	}
	if e.state != nil {
		return nil
	}
	return f.compose(nil)
}

// compose writes the body that is made of an event's parts.
func (f *Found) compose(state any) error {
	whole := ld.Object{"event": f.Event, "arguments": f.Arguments}
	if state != nil {
		whole["state"] = state
	}
	var err error
	if f.Body, err = ld.JCS(whole); err != nil {
		return corrupt("a log of %s: %w", f.Event, err)
	}
	return nil
}
