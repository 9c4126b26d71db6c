// Package scene sets up what the benchmarks measure: three Web Ledger nodes, an evidence server and a gateway over them,
// all in this process, on loopback and on disk, with an entry and many records that known parties filed.
package scene

import (
	"context"
	"crypto"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/store"
	"github.com/ftagateway/ftagateway/conformance/wire"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/gateway"
)

// Scene is everything that runs. The caller closes it.
type Scene struct {
	Trade, Customs *Chain // an importer's ledger, and CBP's own
	Origin         *Chain // of the country where certificates are filed
	Gateway        *gateway.Gateway
	API            string         // URL of the gateway's HTTP interface
	Documents      *client.Client // as the gateway fetches them
	Plain          string         // URL at which the entry's document is given to anybody
	Certificate    Filed          // on Origin
	Entry          Filed          // on Trade, an entry summary under the certificate
	Decision       Filed          // on Customs, about the entry
	Records        []string       // ids of entry summaries on Trade that are like one another

	like      Filed // what Records are like
	dir       string
	store     *store.Store
	cast      *cast
	holdings  *client.Holdings
	transport crypto.Signer // both ledgers approve of it
	evidence  string        // URL of the evidence server
	away      time.Duration // of everything that is served, each way
	ends      []func() error
}

// Open starts everything below an empty folder, and files an entry and that many records. ctx bounds only the opening.
func Open(ctx context.Context, dir string, records int) (*Scene, error) {
	return open(ctx, &Scene{dir: dir}, records)
}

// OpenAway is Open for a scene without further records, to whose ledgers and evidence it takes that time each way.
func OpenAway(ctx context.Context, dir string, away time.Duration) (*Scene, error) {
	return open(ctx, &Scene{dir: dir, away: away}, 0)
}

func open(ctx context.Context, s *Scene, records int) (*Scene, error) {
	steps := []func(context.Context) error{
		s.openStore, s.makeCast, s.openEvidence, s.meet, s.openChains, s.openGateway, s.fileEntry,
		func(ctx context.Context) error { return s.fileRecords(ctx, records) },
	}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return nil, errors.Join(fmt.Errorf("set up the scene: %w", err), s.Close())
		}
	}
	return s, nil
}

// Close ends everything, what was opened last first.
func (s *Scene) Close() error {
	var all []error
	for _, end := range slices.Backward(s.ends) {
		all = append(all, end())
	}
	s.ends = nil
	return errors.Join(all...)
}

func (s *Scene) path(name string) string { return filepath.Join(s.dir, name) }

func (s *Scene) atEnd(end func() error) { s.ends = append(s.ends, end) }

func (s *Scene) openStore(context.Context) (err error) {
	if s.store, err = store.Open(s.path("store")); err != nil {
		return err
	}
	s.atEnd(s.store.Close)
	return nil
}

// start serves a handler, which is made once its address is known, until the scene ends.
func (s *Scene) start(ctx context.Context, make func(url string) (http.Handler, error)) (url string, err error) {
	running, err := listen(ctx)
	if err != nil {
		return "", err
	}
	if url, err = s.way(running); err != nil {
		return "", errors.Join(err, running.listener.Close())
	}
	handler, err := make(url)
	if err != nil {
		return "", errors.Join(err, running.listener.Close())
	}
	s.atEnd(running.serve(handler))
	return url, nil
}

// way is the URL under which something is reached that is served.
func (s *Scene) way(to *place) (url string, err error) {
	if s.away == 0 {
		return to.url, nil
	}
	long, err := wire.Open(to.listener.Addr().String())
	if err != nil {
		return "", err
	}
	s.atEnd(func() error { long.Close(); return nil })
	return "http://" + long.Address(), long.Stretch(s.away)
}
