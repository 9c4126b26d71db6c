package gatewaysuite

import (
	"bytes"
	"crypto"
	"errors"
	"net/http"
	"strings"
	"sync"

	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/trust/key"
)

// house is an evidence server that every party has a collection on. It behaves in a manner, and alters documents on
// their way out.
type house struct {
	url    string
	root   crypto.Signer
	server *server.Server
	front  *front

	mu      sync.Mutex
	manner  manner
	release chan struct{}
	altered map[string]bool // by the name of a piece of evidence
}

func newHouse(dir string) (_ *house, err error) {
	h := &house{release: make(chan struct{})}
	if h.root, err = newSigner(); err != nil {
		return nil, err
	}
	controller, err := key.DID(h.root)
	if err != nil {
		return nil, err
	}
	if h.front, err = listen(); err != nil {
		return nil, err
	}
	h.url = h.front.url
	if h.server, err = server.Open(server.Config{Dir: dir, BaseURL: h.url, RootController: controller}); err != nil {
		return nil, errors.Join(err, h.front.close())
	}
	h.heal()
	h.front.serve(h)
	return h, nil
}

func (h *house) close() error { return errors.Join(h.front.close(), h.server.Close()) }

func (h *house) behave(m manner) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.manner = m
}

// alter changes a piece of evidence from now on.
func (h *house) alter(e model.Evidence) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.altered[strings.TrimPrefix(e.ID, "urn:uuid:")] = true
}

func (h *house) heal() {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.release)
	h.release, h.manner, h.altered = make(chan struct{}), honest, map[string]bool{}
}

// ServeHTTP answers in the server's manner, or with an altered document.
func (h *house) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	h.mu.Lock()
	m, release, altered := h.manner, h.release, h.altered[name]
	h.mu.Unlock()
	if altered {
		w = altering{w}
	}
	meet(m, release, h.server.Handler(), w, r)
}

// altering changes the salt of a document on its way out, which keeps its length and its schema.
type altering struct{ http.ResponseWriter }

func (a altering) Write(p []byte) (int, error) {
	return a.ResponseWriter.Write(bytes.Replace(p, []byte(`"salt":"u`), []byte(`"salt":"v`), 1))
}
