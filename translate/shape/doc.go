// Package shape is the heart of a mapping: pairs of places, one in the model and one in a ledger's own shape, which are
// read in either direction.
//
// It is bounded by construction. A Shape is a finite tree of pairs that is compiled once: parts cannot use themselves,
// and are at most maxPairs when written out. A run visits every pair once for each item of the lists that it stands in;
// it reads nothing but its input, and stops at a budget of steps, values and bytes. So a run ends, in time and memory
// linear in the body.
package shape
