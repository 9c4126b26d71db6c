// Package wire is a network that fails on demand: it stands before a ledger's node, and refuses, resets, swallows, delays,
// cuts off or drips what passes. Drivers and gateways are tested over it. What passes goes through toxiproxy, in this
// process; who is connected is kept here, so that no connection can hold up the end of a fault.
package wire

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Fault is how a network fails.
type Fault string

// The faults. All but Refuse leave it possible to connect.
const (
	Refuse    Fault = "refuse"     // nobody listens, and what is connected is cut
	Reset     Fault = "reset"      // a connection is reset as soon as the node answers
	BlackHole Fault = "black hole" // what is sent is taken, and nothing ever comes back
	Latency   Fault = "latency"    // every answer is late by 150 ms, give or take 50
	Truncated Fault = "truncated"  // a connection ends after the first 150 bytes of answers
	SlowDrip  Fault = "slow drip"  // a byte a second comes back
)

// Faults are all of them.
func Faults() []Fault { return []Fault{Refuse, Reset, BlackHole, Latency, Truncated, SlowDrip} }

// toxics are what toxiproxy calls a fault, in its own JSON.
var toxics = map[Fault]string{
	Reset:     `{"type":"reset_peer","attributes":{"timeout":0}}`,
	BlackHole: `{"type":"timeout","stream":"upstream","attributes":{"timeout":0}}`,
	Latency:   `{"type":"latency","attributes":{"latency":150,"jitter":50}}`,
	Truncated: `{"type":"limit_data","attributes":{"bytes":150}}`,
	SlowDrip:  `{"type":"slicer","attributes":{"average_size":1,"size_variation":0,"delay":1000000}}`,
}

// Wire leads to one node. It is safe for concurrent use.
type Wire struct {
	mu    sync.Mutex // held for a change of what the wire does
	lines lines
}

// Open begins to listen on loopback, and leads to the host and port of a node, which need not be there. The caller closes
// it.
func Open(to string) (*Wire, error) {
	w := &Wire{}
	w.lines.lead(to)
	if err := w.lines.listen("127.0.0.1:0"); err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	return w, nil
}

// Address is the host and port at which the node is reached through the wire. It stays.
func (w *Wire) Address() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lines.at
}

// Break makes the wire fail in one way, at once and on every connection, until Mend or another Break.
func (w *Wire) Break(f Fault) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mend(); err != nil {
		return err
	}
	if f == Refuse {
		w.lines.refuse()
		return nil
	}
	if !slices.Contains(Faults(), f) {
		return fmt.Errorf("wire: fault %q: must be one of %v", f, Faults())
	}
	return w.add(toxics[f])
}

// add puts a toxic in. w.mu is held.
func (w *Wire) add(toxic string) error {
	if err := w.lines.add(toxic); err != nil {
		return fmt.Errorf("wire: %w", err)
	}
	return nil
}

// Stretch makes the way as long as one on which everything takes that time in each direction, until Mend or Break.
func (w *Wire) Stretch(each time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mend(); err != nil {
		return err
	}
	for _, stream := range []string{"upstream", "downstream"} {
		toxic := fmt.Sprintf(`{"type":"latency","stream":%q,"attributes":{"latency":%d}}`, stream, each.Milliseconds())
		if err := w.add(toxic); err != nil {
			return err
		}
	}
	return nil
}

// Lead leads to another host and port from now on, where something else may answer, and ends every connection.
func (w *Wire) Lead(to string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines.lead(to)
	return w.listen()
}

// Mend makes the wire whole again. Connections that a fault has spoilt stay so; all are cut where one of them is stuck.
func (w *Wire) Mend() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mend()
}

func (w *Wire) mend() error {
	w.lines.reset()
	return w.listen()
}

func (w *Wire) listen() error {
	if err := w.lines.listen(w.lines.at); err != nil {
		return fmt.Errorf("wire: %w", err)
	}
	return nil
}

// Close ends every connection, and stops listening.
func (w *Wire) Close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lines.refuse()
}
