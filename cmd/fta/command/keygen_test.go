package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/cmd/fta/command"
)

// A key is made once, is nobody else's to read, and tells its did:key whenever it is asked.
func TestKeygen(t *testing.T) {
	for _, c := range []struct {
		name, prefix string
		flags        []string
	}{
		{"signer", "did:key:z6Mk", nil},
		{"lookup", "did:key:z6LS", []string{"--lookup"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "key.pem")
			did := ok(t, append([]string{"keygen", file}, c.flags...)...)
			if !strings.HasPrefix(did, c.prefix) {
				t.Errorf("%s, want %s...", did, c.prefix)
			}
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v, %v", info, err)
			}
			run(t, append([]string{"keygen", file}, c.flags...)...).want(t, command.ExitUsage, "file exists")
			shown := decode[struct{ File, DID string }](t, ok(t, "keygen", "--show", "--json", file)) // and was not overwritten
			if shown.DID != did || shown.File != file {
				t.Errorf("%+v, want %s", shown, did)
			}
		})
	}
}

// What is no key is not shown, in whatever words.
func TestKeygenShowsOnlyKeys(t *testing.T) {
	file := save(t, t.TempDir(), "key.pem", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")
	r := run(t, "keygen", "--show", file)
	r.want(t, command.ExitUsage, file)
	if strings.Contains(r.err, "c2VjcmV0") {
		t.Error(r.err)
	}
}
