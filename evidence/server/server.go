package server

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/accesslog"
	"github.com/ftagateway/ftagateway/evidence/clients"
	"github.com/ftagateway/ftagateway/evidence/internal/archive"
	"github.com/ftagateway/ftagateway/evidence/internal/revocation"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// stores is what a request may ask of the disk. A test counts the calls.
type stores interface {
	// Revoked reports whether one of these capabilities was taken back.
	Revoked(ids ...string) (bool, error)
	// Find answers what is kept under a name, and false if nothing is.
	Find(collection, uuid string) (archive.Item, bool, error)
	// Content answers the bytes of an item and whether they are as they were uploaded.
	Content(it archive.Item, max int64) ([]byte, bool, error)
}

// disk is the stores of a server that runs.
type disk struct {
	*archive.Archive
	revoked *revocation.Revocations
}

func (d disk) Revoked(ids ...string) (bool, error) { return d.revoked.Any(ids...) }

// Server is a Trade Evidence Server. It starts no goroutines of its own.
type Server struct {
	cfg      Config
	host     string
	stores   stores
	archive  *archive.Archive
	revoked  *revocation.Revocations
	log      *accesslog.Log
	clients  *clients.Clients
	memory   *semaphore.Weighted
	verifier *capability.Verifier
	chains   *capability.Chains // of all verifiers: a signature is right or wrong whoever asks
}

// chainBytes is how much memory the chains of delegation that came rightly may take: some thousands of them.
const chainBytes = 16 << 20

// Open opens the server's folder and makes it when it is missing. The caller closes the server after the last request.
func Open(cfg Config) (_ *Server, err error) {
	cfg = cfg.complete()
	host, err := cfg.host()
	if err != nil {
		return nil, err
	}
	s := &Server{
		cfg: cfg, host: host, clients: clients.New(cfg.PerClient), memory: semaphore.NewWeighted(cfg.Memory),
		chains: capability.NewChains(chainBytes),
	}
	s.verifier = s.verifierFor(evidence.Target(cfg.BaseURL, ""), cfg.RootController)
	if err := s.openStores(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Server) openStores() (err error) {
	if s.archive, err = archive.Open(filepath.Join(s.cfg.Dir, "evidence")); err != nil {
		return err
	}
	if s.revoked, err = revocation.Open(filepath.Join(s.cfg.Dir, "revocations"), s.cfg.MaxRevoked, s.cfg.Now()); err != nil {
		return err
	}
	s.stores = disk{s.archive, s.revoked}
	s.log, err = accesslog.Open(AccessLog(s.cfg.Dir))
	return err
}

// AccessLog is where a server with this folder keeps its access log, to be read with accesslog.Read.
func AccessLog(dir string) string { return filepath.Join(dir, "access.ndjson") }

// Close has everything on disk and lets another process have the folder.
func (s *Server) Close() error {
	var errs []error
	if s.log != nil {
		errs = append(errs, s.log.Close())
	}
	if s.archive != nil {
		errs = append(errs, s.archive.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close evidence server: %w", err)
	}
	return nil
}

const (
	headerTimeout  = 10 * time.Second
	idleTimeout    = 60 * time.Second
	maxHeaderBytes = 32 << 10 // a capability with its chain travels in a header
)

// HTTP answers an http.Server for the handler with bounded headers and idle connections; bodies and answers are
// bounded by the handler itself. The caller sets its address, runs it and shuts it down.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler: s.Handler(), ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
	}
}
