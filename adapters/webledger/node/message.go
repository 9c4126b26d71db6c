package node

import (
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// message is what one CometBFT transaction holds: an operation or a configuration, and never both.
type message struct {
	tx        []byte // a tag, then the canonical form
	name      string // hash of the operation, or of the configuration's event
	operation *protocol.Operation
	event     *protocol.Event // of a configuration
	permitted atomic.Uint64   // 1 + sequence of the configuration that permits it; 0 before anybody asked
}

// The tags with which a transaction begins. Others are free for what a network of validators may need.
const (
	tagOperation     = 'o'
	tagConfiguration = 'c'
)

func operationMessage(op *protocol.Operation) *message {
	return &message{tx: append([]byte{tagOperation}, op.Bytes...), name: op.Hash, operation: op}
}

func configurationMessage(c *protocol.Configuration) (*message, error) {
	e, err := protocol.NewConfigurationEvent(c)
	if err != nil {
		return nil, err
	}
	return &message{tx: append([]byte{tagConfiguration}, c.Bytes...), name: e.Hash, event: e}, nil
}

var errTag = errors.New("transaction begins with no tag that is known")

func parseMessage(tx []byte) (*message, error) {
	switch {
	case len(tx) > 0 && tx[0] == tagOperation:
		op, err := protocol.ParseOperation(tx[1:])
		if err != nil {
			return nil, err
		}
		return operationMessage(op), nil
	case len(tx) > 0 && tx[0] == tagConfiguration:
		c, err := protocol.ParseConfiguration(tx[1:])
		if err != nil {
			return nil, err
		}
		return configurationMessage(c)
	}
	return nil, errTag
}

func (m *message) creator() string {
	if m.operation != nil {
		return m.operation.Creator
	}
	return m.event.Configuration.Creator
}

// permit refuses a message that names no node of the network as its creator, or that nobody signed whom the
// configuration approves of. The proof is checked once under each configuration.
func (m *message) permit(c *protocol.Configuration, targetNodes []string) outcome {
	if !slices.Contains(targetNodes, m.creator()) {
		return outcome{codeRefused, "creator is not the targetNode of a node of this ledger"}
	}
	if m.permitted.Load() == c.Sequence+1 {
		return outcome{}
	}
	if err := m.approved(c); err != nil {
		return outcome{codeRefused, err.Error()}
	}
	m.permitted.Store(c.Sequence + 1)
	return outcome{}
}

func (m *message) approved(c *protocol.Configuration) error {
	if m.event != nil {
		return c.Succeeds(m.event.Configuration)
	}
	_, err := c.Permits(m.operation)
	return err
}

// messages keeps what was parsed and checked on the way into the mempool until its block, so that a proof is checked
// and a hash is made once. It is only a shortcut: a message that is not here is parsed again.
type messages struct {
	mu    sync.Mutex
	byKey map[[sha256.Size]byte]*message
	bytes int
}

// The most that is kept. What comes beyond is parsed twice.
const (
	maxMessages     = 4096
	maxMessageBytes = 16 << 20
)

func newMessages() *messages { return &messages{byKey: map[[sha256.Size]byte]*message{}} }

func (ms *messages) put(m *message) {
	ms.mu.Lock()
	defer ms.mu.Unlock()
	key := sha256.Sum256(m.tx)
	if ms.byKey[key] != nil || len(ms.byKey) >= maxMessages || ms.bytes+len(m.tx) > maxMessageBytes {
		return
	}
	ms.byKey[key] = m
	ms.bytes += len(m.tx)
}

func (ms *messages) drop(tx []byte) {
	ms.mu.Lock()
	defer ms.mu.Unlock()
	key := sha256.Sum256(tx)
	if ms.byKey[key] != nil {
		delete(ms.byKey, key)
		ms.bytes -= len(tx)
	}
}

// get answers the message of a transaction, from what was kept or by parsing it; nil and why not for one that is none.
func (ms *messages) get(tx []byte) (*message, outcome) {
	ms.mu.Lock()
	m := ms.byKey[sha256.Sum256(tx)]
	ms.mu.Unlock()
	if m != nil {
		return m, outcome{}
	}
	m, err := parseMessage(tx)
	if err != nil {
		return nil, outcome{codeMalformed, err.Error()}
	}
	return m, outcome{}
}
