package driver

// KV is a small ordered store in which a driver keeps what must last. Implementations are safe for concurrent use and
// copy what they are given. Keys are compared byte by byte.
type KV interface {
	// Get answers the value of a key, and false if there is none.
	Get(key []byte) (value []byte, ok bool, err error)
	// Apply writes all changes or none, and has them on disk when it returns.
	Apply(changes ...Change) error
	// Scan calls yield for each key that begins with prefix and is above after (nil: from the first), in order, until
	// yield answers false. The slices are valid only during the call.
	Scan(prefix, after []byte, yield func(key, value []byte) bool) error
}

// Change is one write of KV.Apply. A nil Value deletes the key.
type Change struct {
	Key   []byte
	Value []byte
}
