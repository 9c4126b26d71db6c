package witness

import (
	"bufio"
	"crypto"
	"fmt"
	"io"

	"github.com/ftagateway/ftagateway/ld"
)

// Export writes the log above a cursor as NDJSON: its entries, a line each, and a Statement about them, signed by s, as the
// last line. What is added while it writes may be left out. It holds nothing of the store while w is slow. The error wraps
// ErrCursor if the cursor is not one that this log gave.
func (l *Log) Export(w io.Writer, after string, s crypto.Signer) error {
	from, err := l.position(after)
	if err != nil {
		return fmt.Errorf("export witness log: %w", err)
	}
	out := bufio.NewWriter(w)
	to, err := l.copy(out, from)
	if err != nil {
		return fmt.Errorf("export witness log: %w", err)
	}
	statement, err := state(from, to, l.now(), s)
	if err != nil {
		return fmt.Errorf("export witness log: %w", err)
	}
	text, err := ld.JCS(statement)
	if err != nil {
		return fmt.Errorf("export witness log: %w", err)
	}
	if err := writeLine(out, text); err != nil {
		return fmt.Errorf("export witness log: %w", err)
	}
	return out.Flush()
}

// copy writes the lines above a place, up to the end as it is when the copy begins, and answers where it came to.
func (l *Log) copy(w io.Writer, at head) (head, error) {
	end, err := l.readHead()
	if err != nil {
		return head{}, err
	}
	for at.Seq < end.Seq {
		line, err := l.line(at.Seq + 1)
		if err != nil {
			return head{}, err
		}
		if err := writeLine(w, line); err != nil {
			return head{}, err
		}
		at = head{at.Seq + 1, ld.Sum(line)}
	}
	if at.Seq == end.Seq && at.Digest != end.Digest {
		return head{}, ErrBroken
	}
	return at, nil
}

func writeLine(w io.Writer, line []byte) error {
	if _, err := w.Write(line); err != nil {
		return err
	}
	_, err := w.Write([]byte{'\n'})
	return err
}
