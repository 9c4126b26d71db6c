package witness

// Waiting counts the observations that wait for a write.
func (l *Log) Waiting() int {
	l.queue.adding.Lock()
	defer l.queue.adding.Unlock()
	return len(l.queue.waiting)
}
