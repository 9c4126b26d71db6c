package connection

// Servers counts the servers that are remembered.
func (t *Transport) Servers() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.servers)
}
