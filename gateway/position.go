package gateway

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// position is how far a reader has come on each ledger, by slug. To its caller it is opaque. A ledger without a place is
// at its beginning; the place of one that is no longer configured is kept, in case it comes back.
type position map[string]driver.Cursor

func (p position) String() string {
	data, _ := json.Marshal(p) // a map of strings
	return base64.RawURLEncoding.EncodeToString(data)
}

const maxPosition = 64 << 10

func parsePosition(s string) (position, error) {
	p := position{}
	if s == "" {
		return p, nil
	}
	if len(s) > maxPosition {
		return nil, noCursor()
	}
	data, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || json.Unmarshal(data, &p) != nil || p == nil || !p.wellFormed() {
		return nil, noCursor()
	}
	return p, nil
}

func noCursor() error {
	return &Problem{Code: CursorMismatch, Detail: "the cursor is not one that this gateway gave"}
}

// sinceKey names the instant from which a ledger's changes are wanted: it could not be asked for its place at that time.
// No slug has a space.
func sinceKey(slug string) string { return slug + " since" }

// since is that instant, zero where there is none.
func (p position) since(slug string) time.Time {
	t, _ := time.Parse(time.RFC3339, string(p[sinceKey(slug)]))
	return t
}

func (p position) setSince(slug string, t time.Time) {
	p[sinceKey(slug)] = driver.Cursor(t.UTC().Format(time.RFC3339))
}

func (p position) wellFormed() bool {
	for name, value := range p {
		if !strings.HasSuffix(name, sinceKey("")) {
			continue
		}
		if _, err := time.Parse(time.RFC3339, string(value)); err != nil {
			return false
		}
	}
	return true
}
