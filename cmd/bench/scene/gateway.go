package scene

import (
	"context"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/api"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/gateway"
	"github.com/ftagateway/ftagateway/gateway/witness"
	"github.com/ftagateway/ftagateway/trust"
	"github.com/ftagateway/ftagateway/trust/key"
)

// openEvidence starts one evidence server, on which every party has a collection.
func (s *Scene) openEvidence(ctx context.Context) error {
	root, err := key.DID(s.cast.root)
	if err != nil {
		return err
	}
	s.evidence, err = s.start(ctx, func(url string) (http.Handler, error) {
		e, err := server.Open(server.Config{Dir: s.path("evidence"), BaseURL: url, RootController: root, PerClient: 64})
		if err != nil {
			return nil, err
		}
		s.atEnd(e.Close)
		return e.Handler(), nil
	})
	return err
}

// openGateway puts a gateway over the ledgers, and serves it.
func (s *Scene) openGateway(ctx context.Context) error {
	c, err := s.gatewayConfig()
	if err != nil {
		return err
	}
	if s.Gateway, err = gateway.New(c); err != nil {
		return err
	}
	s.API, err = s.start(ctx, func(string) (http.Handler, error) { return api.New(api.Config{Gateway: s.Gateway}), nil })
	return err
}

func (s *Scene) gatewayConfig() (c gateway.Config, err error) {
	c = gateway.Config{
		Members: []gateway.Member{{Ledger: s.Trade.Ledger}, {Ledger: s.Origin.Ledger}, {Ledger: s.Customs.Ledger, Customs: true}},
		Store:   s.store.Sub("submissions"), Lookup: s.cast.lookup, Holdings: s.holdings,
	}
	if c.Signer, err = key.NewSigner(); err != nil {
		return c, err
	}
	if c.Participants, err = s.participants(); err != nil {
		return c, err
	}
	if c.Witness, err = witness.Open(s.store.Sub("witness"), time.Now); err != nil {
		return c, err
	}
	s.Documents, err = client.New(client.Config{Holdings: s.holdings, Signer: s.cast.reads, AllowPrivate: loopback})
	c.Evidence = s.Documents
	return c, err
}

func (s *Scene) participants() (*trust.Participants, error) {
	issuer, err := key.DID(s.cast.vouches)
	if err != nil {
		return nil, err
	}
	return trust.LoadParticipants(s.path("participants"), trust.Issuers{Any: []string{issuer}})
}
