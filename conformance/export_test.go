package conformance

// Unlike is unlike.
func Unlike(tx string) string { return unlike(tx) }
