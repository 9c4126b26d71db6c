package conformance

// Reached is the step that a case came to, for the test that holds the steps in words against those in code.
func (r Result) Reached() int { return r.reached }

// Unlike is unlike.
func Unlike(tx string) string { return unlike(tx) }
