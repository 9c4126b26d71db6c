package node

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/trust/did"
)

// Config says which ledger a node keeps, and where.
type Config struct {
	// Home is the folder that the node keeps everything in. It is made when it is not there, and belongs to one node.
	Home string
	// Ledger is the ledger's own URI, a urn:uuid. Empty means a new random one on the first Open, and whichever it is
	// later; another one than Home holds is an error.
	Ledger string
	// ApprovedSigners are the did:key of those who may write and change the configuration. They are taken on the first
	// Open and needed there; afterwards the ledger's own configuration says it.
	ApprovedSigners []string
	Name            string // for people; empty means "FTA Gateway Web Ledger node"
	Owner           string // a URI, shown by the agent; may be empty
	// BaseURL is where clients find the node, scheme and host with no path. Empty means where each request went to.
	BaseURL string
	// CommitWait is how long a request waits for its operation to be committed before it is told to ask again;
	// 0 means ten seconds.
	CommitWait time.Duration
	Log        *slog.Logger // nil: nothing is logged. CometBFT's own words come at debug. Never contents of records
}

const (
	defaultName       = "FTA Gateway Web Ledger node"
	defaultCommitWait = 10 * time.Second
)

// check fills in what was left out and names every fault at once.
func (c *Config) check() error {
	if c.Name == "" {
		c.Name = defaultName
	}
	if c.CommitWait == 0 {
		c.CommitWait = defaultCommitWait
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return errors.Join(c.checkHome(), c.checkLedger(), c.checkSigners(), c.checkBaseURL())
}

func (c *Config) checkHome() error {
	if c.Home == "" {
		return errors.New("node home is empty: must be a folder")
	}
	return nil
}

func (c *Config) checkLedger() error {
	if c.Ledger != "" && !protocol.IsURI(c.Ledger) {
		return fmt.Errorf("node ledger %q: must be an absolute URI", c.Ledger)
	}
	return nil
}

func (c *Config) checkSigners() error {
	var faults []error
	for i, signer := range c.ApprovedSigners {
		if _, err := did.Ed25519(signer); err != nil {
			faults = append(faults, fmt.Errorf("approved signer %d %q: must be the did:key of an Ed25519 key: %w", i, signer, err))
		}
	}
	return errors.Join(faults...)
}

func (c *Config) checkBaseURL() error {
	if c.BaseURL == "" {
		return nil
	}
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.Path != "" {
		return fmt.Errorf("node base URL %q: must be http:// or https:// and a host, without a path", c.BaseURL)
	}
	return nil
}
