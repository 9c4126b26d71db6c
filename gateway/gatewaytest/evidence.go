package gatewaytest

import (
	"bytes"
	"crypto"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/key"
)

// Evidence is an evidence server that every party has a collection on.
type Evidence struct {
	URL  string
	Root crypto.Signer
	Dir  string
	HTTP *httptest.Server
	// Asked counts the requests.
	Asked atomic.Int32

	honest  http.Handler
	instead atomic.Pointer[http.HandlerFunc]
}

func newEvidence(t testing.TB) *Evidence {
	e := &Evidence{Root: newSigner(t), Dir: t.TempDir(), HTTP: httptest.NewUnstartedServer(nil)}
	e.URL = "http://" + e.HTTP.Listener.Addr().String()
	s := must(server.Open(server.Config{Dir: e.Dir, BaseURL: e.URL, RootController: must(key.DID(e.Root))(t)}))(t)
	e.honest, e.HTTP.Config.Handler = s.Handler(), e
	e.HTTP.Start()
	t.Cleanup(func() {
		e.HTTP.Close()
		_ = s.Close()
	})
	return e
}

// ServeHTTP answers as the evidence server, or as what Answer put in its place.
func (e *Evidence) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.Asked.Add(1)
	if instead := e.instead.Load(); instead != nil {
		(*instead)(w, r)
		return
	}
	e.honest.ServeHTTP(w, r)
}

// Answer puts something else in the server's place.
func (e *Evidence) Answer(instead http.HandlerFunc) { e.instead.Store(&instead) }

// Fetcher is a client for the world's evidence that goes to these private addresses and no others.
func (w *World) Fetcher(private ...netip.Prefix) *client.Client {
	w.t.Helper()
	return must(client.New(client.Config{Holdings: w.Config.Holdings, Signer: w.holder, AllowPrivate: private}))(w.t)
}

// Alter changes a document on the disk of its evidence server, behind the server's back.
func (e *Evidence) Alter(d *model.Document) error {
	return filepath.WalkDir(e.Dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(data, d.Bytes) {
			return err
		}
		altered := bytes.Replace(data, []byte(`"salt":"u`), []byte(`"salt":"v`), 1)
		if err := os.Chmod(path, 0o600); err != nil {
			return err
		}
		return os.WriteFile(path, altered, 0o600)
	})
}
