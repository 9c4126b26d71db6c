package node

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/cockroachdb/pebble"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
)

// store is what the node has agreed on, in Pebble: everything of one CometBFT block in one batch.
//
//	s                     standing: where the ledger stands
//	b<height>             a block as it is served, {"block":…,"meta":…}
//	e<event hash>         height, number of the event in its block
//	o<operation hash>     height
//	r<record id>          sequence, record in canonical form
type store struct {
	db     *pebble.DB
	mu     sync.RWMutex // held for reading while db is in use: Pebble panics on a closed one
	closed bool
}

var errClosed = errors.New("node store is closed")

// standing is where the ledger stands after the newest CometBFT block.
type standing struct {
	CometHeight   int64           `json:"cometHeight"`
	AppHash       []byte          `json:"appHash"`
	Ledger        string          `json:"ledger"`
	TargetNodes   []string        `json:"targetNodes"`
	Configuration json.RawMessage `json:"configuration"`
	ConfigEvent   json.RawMessage `json:"configEvent"`
	// The newest Web Ledger block.
	Height          uint64   `json:"height"`
	BlockHash       string   `json:"blockHash"`
	EventHashes     []string `json:"eventHashes"`
	ConsensusMethod string   `json:"consensusMethod"`
}

// openStore keeps its caches small: the records that are read again and again are few and Pebble's blocks are shared.
func openStore(dir string) (*store, error) {
	cache := pebble.NewCache(8 << 20)
	defer cache.Unref()
	db, err := pebble.Open(dir, &pebble.Options{Cache: cache, MemTableSize: 4 << 20, MaxOpenFiles: 256, Logger: silent{}})
	if err != nil {
		return nil, fmt.Errorf("open node store: %w", err)
	}
	return &store{db: db}, nil
}

// silent drops Pebble's notes; what fails comes back as an error.
type silent struct{}

func (silent) Infof(string, ...any) {}

// Fatalf must not return: Pebble calls it where going on would harm the data.
func (silent) Fatalf(format string, args ...any) { panic(fmt.Sprintf("node store: "+format, args...)) }

func (s *store) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return s.db.Close()
}

// get answers a copy of a value, nil when there is none.
func (s *store) get(key []byte) ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return nil, errClosed
	}
	value, closer, err := s.db.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read node store: %w", err)
	}
	defer closer.Close()
	return append([]byte{}, value...), nil
}

func (s *store) standing() (*standing, error) {
	text, err := s.get([]byte("s"))
	if err != nil || text == nil {
		return nil, err
	}
	var st standing
	if err := json.Unmarshal(text, &st); err != nil {
		return nil, fmt.Errorf("node store: standing: %w", err)
	}
	return &st, nil
}

func (s *store) record(id string) (*protocol.Standing, error) {
	value, err := s.get(recordKey(id))
	if err != nil || value == nil {
		return nil, err
	}
	return &protocol.Standing{ID: id, Sequence: binary.BigEndian.Uint64(value), Record: value[8:]}, nil
}

func (s *store) block(height uint64) ([]byte, error) { return s.get(blockKey(height)) }

// operation answers in which block an operation stands.
func (s *store) operation(hash string) (height uint64, ok bool, err error) {
	value, err := s.get(operationKey(hash))
	if err != nil || len(value) != 8 {
		return 0, false, err
	}
	return binary.BigEndian.Uint64(value), true, nil
}

// event answers in which block an event stands, and as which of its events.
func (s *store) event(hash string) (height uint64, index uint32, ok bool, err error) {
	value, err := s.get(eventKey(hash))
	if err != nil || len(value) != 12 {
		return 0, 0, false, err
	}
	return binary.BigEndian.Uint64(value), binary.BigEndian.Uint32(value[8:]), true, nil
}

func recordKey(id string) []byte      { return append([]byte("r"), id...) }
func operationKey(hash string) []byte { return append([]byte("o"), hash...) }
func eventKey(hash string) []byte     { return append([]byte("e"), hash...) }

func blockKey(height uint64) []byte { return binary.BigEndian.AppendUint64([]byte("b"), height) }

func recordValue(st *protocol.Standing) []byte {
	return append(binary.BigEndian.AppendUint64(make([]byte, 0, 8+len(st.Record)), st.Sequence), st.Record...)
}
