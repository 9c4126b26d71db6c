package witness

import (
	"slices"
	"sync"
)

// queue gathers observations while one write is on its way to disk, so that the next write takes all of them: the disk is
// waited for once, however many wait.
type queue struct {
	adding  sync.Mutex
	waiting []*waiting
	writing sync.Mutex
}

type waiting struct {
	Observation
	seen Seen
	err  error
	done bool // guarded by queue.writing
}

// maxBatch bounds a write at 64 proofs of 1 MiB.
const maxBatch = 64

// append brings an observation into the log. Whoever comes to write first writes for all that wait.
func (l *Log) append(o Observation) (Seen, error) {
	w := &waiting{Observation: o}
	l.queue.add(w)
	l.queue.writing.Lock()
	defer l.queue.writing.Unlock()
	for !w.done {
		l.write(l.queue.take())
	}
	return w.seen, w.err
}

func (q *queue) add(w *waiting) {
	q.adding.Lock()
	defer q.adding.Unlock()
	q.waiting = append(q.waiting, w)
}

func (q *queue) take() []*waiting {
	q.adding.Lock()
	defer q.adding.Unlock()
	n := min(len(q.waiting), maxBatch)
	batch := slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	return batch
}

// write brings a batch to disk, all of it or nothing, and then into the cache.
func (l *Log) write(batch []*waiting) {
	b := &block{log: l, head: l.head, standings: map[record]*standing{}, lines: map[string]lines{}}
	for _, w := range batch {
		w.seen, w.err = b.add(&w.Observation)
		w.done = true
	}
	if err := b.commit(); err != nil {
		for _, w := range batch {
			w.seen, w.err = Seen{}, err
		}
		return
	}
	l.head = b.head
	l.end.Store(b.head.Seq)
	l.publish(b.standings)
}
