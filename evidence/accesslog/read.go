package accesslog

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxLine bounds a line, in bytes: a chain has few capabilities, and their ids are short.
const maxLine = 64 << 10

// Read calls yield for each entry of a log, in order, until yield answers false. The log may be in use meanwhile: a
// last line that is not whole yet is left out. A line that is no entry is an error that names it.
func Read(r io.Reader, yield func(Entry) bool) error {
	lines := bufio.NewReaderSize(r, maxLine)
	for n := 1; ; n++ {
		line, err := lines.ReadSlice('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		var e Entry
		if err == nil {
			err = json.Unmarshal(line, &e)
		}
		if err != nil {
			return fmt.Errorf("access log, line %d: %w", n, err)
		}
		if !yield(e) {
			return nil
		}
	}
}
