package accesslog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/ftagateway/ftagateway/evidence/internal/durable"
)

// Log is an append-only file of entries. It is safe for concurrent use; calls that meet share one write to disk.
type Log struct {
	writing sync.Mutex // guards file order, written, and err
	file    *os.File
	written uint64
	err     error // sticky: after a failed write nobody knows what the disk has

	syncing sync.Mutex // guards synced; held by the one that writes to disk for all who wait
	synced  uint64
}

// Open opens the file, makes it when it is missing, and cuts off a last line that a killed process wrote by halves,
// which it can have promised to nobody. The caller closes the log.
func Open(path string) (*Log, error) {
	if err := durable.MakeDir(filepath.Dir(path)); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open access log: %w", err)
	}
	if err := errors.Join(cutTornLine(f), durable.SyncDir(filepath.Dir(path))); err != nil {
		return nil, errors.Join(fmt.Errorf("open access log: %w", err), f.Close())
	}
	return &Log{file: f}, nil
}

// Append adds an entry and has it on disk when it returns.
func (l *Log) Append(e Entry) error {
	n, err := l.write(e)
	if err != nil {
		return fmt.Errorf("append to access log: %w", err)
	}
	return l.sync(n)
}

// Note adds an entry without waiting for the disk: for what nobody is promised anything about.
func (l *Log) Note(e Entry) error {
	_, err := l.write(e)
	return err
}

// Err answers why nothing more can be written, or nil.
func (l *Log) Err() error {
	l.writing.Lock()
	defer l.writing.Unlock()
	return l.err
}

// Close has everything on disk and closes the file. Later entries are errors.
func (l *Log) Close() error {
	l.writing.Lock()
	defer l.writing.Unlock()
	if errors.Is(l.err, os.ErrClosed) {
		return nil
	}
	l.err = os.ErrClosed
	return errors.Join(l.file.Sync(), l.file.Close())
}

func (l *Log) write(e Entry) (uint64, error) {
	line, err := json.Marshal(e)
	if err != nil {
		return 0, err
	}
	if len(line) >= maxLine {
		return 0, fmt.Errorf("an entry of %d bytes is longer than a line may be, %d", len(line), maxLine)
	}
	l.writing.Lock()
	defer l.writing.Unlock()
	if l.err != nil {
		return 0, l.err
	}
	if _, l.err = l.file.Write(append(line, '\n')); l.err != nil {
		return 0, l.err
	}
	l.written++
	return l.written, nil
}

// sync returns when entry n is on disk. Whoever comes first writes for all that were appended meanwhile.
func (l *Log) sync(n uint64) error {
	l.syncing.Lock()
	defer l.syncing.Unlock()
	if l.synced >= n {
		return nil
	}
	l.writing.Lock()
	upTo, err := l.written, l.err
	l.writing.Unlock()
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		l.fail(err)
		return fmt.Errorf("write access log to disk: %w", err)
	}
	l.synced = upTo
	return nil
}

func (l *Log) fail(err error) {
	l.writing.Lock()
	defer l.writing.Unlock()
	if l.err == nil {
		l.err = err
	}
}

// cutTornLine shortens a file to its last whole line and goes to its end.
func cutTornLine(f *os.File) error {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	tail := make([]byte, min(size, maxLine))
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	last := bytes.LastIndexByte(tail, '\n')
	if last < 0 && size > maxLine {
		return fmt.Errorf("%s ends in a line longer than %d bytes", f.Name(), maxLine)
	}
	whole := size - int64(len(tail)) + int64(last) + 1
	if err := f.Truncate(whole); err != nil {
		return err
	}
	_, err = f.Seek(whole, io.SeekStart)
	return err
}
