package binding

// NeedsState reports whether the body of what was found is complete only with a state.
func (b *Binding) NeedsState(f *Found) bool {
	return f.Brings && !f.Deleted && f.Body == nil && f.Arguments != nil
}

// CallState gives the call data that asks for the state of what was found.
func (b *Binding) CallState(f *Found) ([]byte, error) {
	e := b.eventOf(f)
	if e == nil || e.state == nil {
		return nil, corrupt("an event %q without a state", f.Event)
	}
	return b.pack(e.state, e.says.State.Arguments, f.Key, f.Version)
}

func (b *Binding) eventOf(f *Found) *event {
	for _, e := range b.events {
		if e.RawName == f.Event && e.state != nil {
			return e
		}
	}
	return nil
}

// WithState completes the body of what was found by the answer to CallState.
func (b *Binding) WithState(f *Found, answer []byte) error {
	e := b.eventOf(f)
	if e == nil {
		return corrupt("an event %q without a state", f.Event)
	}
	values, err := unpack(e.state.Outputs, answer)
	if err != nil {
		return corrupt("the answer of %s: %w", e.state.Sig, err)
	}
	return f.compose(stateOf(e.state.Outputs, values))
}

// WithoutState completes the body of what was found where the function refuses: nothing stands there.
func (b *Binding) WithoutState(f *Found) error { return f.compose(nil) }

// Merged reports whether several events of one key in one block are one version: the chain shows the state only between
// blocks, so that what stood between two of them is known to nobody.
func (b *Binding) Merged() bool {
	for _, e := range b.events {
		if e.state != nil && e.counted {
			return true
		}
	}
	return false
}

// Counted reports whether versions are the gateway's count, which no single log shows.
func (b *Binding) Counted() bool {
	for _, e := range b.events {
		return e.counted
	}
	return false
}

// Provable reports whether a log alone shows an entry: its version and its whole body.
func (b *Binding) Provable() bool {
	for _, e := range b.events {
		if e.counted || e.state != nil {
			return false
		}
	}
	return true
}
