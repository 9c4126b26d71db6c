package webledger

import (
	"context"
	"net/url"
	"strings"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// node is what a node said of the ledger that is meant: where its services are.
type node struct {
	agent                             string
	status, operations, blocks, query string                 // addresses, all at the node's own origin
	creator                           atomic.Pointer[string] // its targetNode, once it was asked for
}

// The most bytes that are taken of each kind of answer. A record's and a block's leave room for what stands around it
// and for a node that writes JSON with white space.
const (
	maxAgents  = 1 << 20
	maxAgent   = 2 << 20
	maxRecord  = 2*protocol.MaxRecord + 4<<10
	maxBlock   = 2*protocol.MaxBlock + 4<<10
	maxRefusal = 64 << 10
)

// maxProbed is how many agents are asked which ledger they are for.
const maxProbed = 32

// connect answers the node, after discovering it where that was not done, or not since the node went away.
func (l *Ledger) connect(ctx context.Context) (*node, error) {
	if n := l.node.Load(); n != nil {
		return n, nil
	}
	if err := l.finding.take(ctx); err != nil {
		return nil, err
	}
	defer l.finding.give()
	if n := l.node.Load(); n != nil {
		return n, nil
	}
	n, c, err := l.discover(ctx)
	if err != nil {
		return nil, err
	}
	if err := l.pin(c); err != nil {
		return nil, err
	}
	l.node.Store(n)
	return n, nil
}

// forget makes the next call discover again.
func (l *Ledger) forget(n *node) { l.node.CompareAndSwap(n, nil) }

// discover starts where every client of the protocol does, and follows the map of services.
func (l *Ledger) discover(ctx context.Context) (*node, chain, error) {
	nodes, err := l.agents(ctx)
	if err != nil {
		return nil, chain{}, err
	}
	if l.target.ledger == "" && len(nodes) > 1 {
		return nil, chain{}, driver.Errorf(driver.Unavailable, "the node has %d ledgers: say which by ?ledger= in its URL", len(nodes))
	}
	for _, n := range nodes {
		c, err := l.identify(ctx, n)
		if err != nil {
			return nil, chain{}, err
		}
		if l.target.ledger == "" || l.target.ledger == c.ledger || l.target.ledger == n.agent {
			return n, c, nil
		}
	}
	return nil, chain{}, driver.Errorf(driver.Unavailable, "the node has no ledger %q among its %d", l.target.ledger, len(nodes))
}

// agents lists the ledger agents of the node; only the one that the URL names, where it names one.
func (l *Ledger) agents(ctx context.Context) ([]*node, error) {
	body, err := l.client.get(ctx, l.target.base.String()+"/ledger-agents", maxAgents)
	if err != nil {
		return nil, err
	}
	var list protocol.AgentList
	if err := decode(body, &list); err != nil {
		return nil, err
	}
	var nodes []*node
	for _, a := range list.LedgerAgent {
		n, err := l.nodeOf(a)
		if err != nil {
			return nil, err
		}
		if a.ID == l.target.ledger {
			return []*node{n}, nil
		}
		nodes = append(nodes, n)
	}
	return nodes[:min(len(nodes), maxProbed)], nil
}

func (l *Ledger) nodeOf(a protocol.AgentSummary) (*node, error) {
	n := &node{agent: a.ID}
	for _, s := range []struct {
		into       *string
		name, said string
	}{
		{&n.status, "ledgerAgentStatusService", a.Service.Status},
		{&n.operations, "ledgerOperationService", a.Service.Operation},
		{&n.blocks, "ledgerBlockService", a.Service.Block},
		{&n.query, "ledgerQueryService", a.Service.Query},
	} {
		at, err := l.service(s.said)
		if err != nil {
			return nil, driver.Errorf(driver.Corrupt, "agent %.64q: %s %.200q: %w", a.ID, s.name, s.said, err)
		}
		*s.into = at
	}
	return n, nil
}

// service resolves the address of a service. It must be where the operator said that the node is: a node could else
// send the gateway to any host that the gateway can reach and the node cannot.
func (l *Ledger) service(said string) (string, error) {
	if said == "" {
		return "", driver.Errorf(driver.Corrupt, "must be given")
	}
	at, err := l.target.base.Parse(said)
	if err != nil {
		return "", err
	}
	if at.Scheme != l.target.base.Scheme || !strings.EqualFold(at.Host, l.target.base.Host) || at.User != nil {
		return "", driver.Errorf(driver.Corrupt, "must be at %s://%s, where the node was reached", l.target.base.Scheme, l.target.base.Host)
	}
	return at.String(), nil
}

// withID gives the address of a service for one id.
func withID(service, id string) string {
	if strings.Contains(service, "?") {
		return service + "&id=" + url.QueryEscape(id)
	}
	return service + "?id=" + url.QueryEscape(id)
}
