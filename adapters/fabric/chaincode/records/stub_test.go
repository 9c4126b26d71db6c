package records_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/hyperledger/fabric-chaincode-go/v2/shim"
	"github.com/hyperledger/fabric-protos-go-apiv2/ledger/queryresult"
	"github.com/hyperledger/fabric-protos-go-apiv2/peer"
	"google.golang.org/protobuf/types/known/timestamppb"
)

// stub is one simulation on a channel: what it reads is what was committed, what it writes is only collected. Functions
// that the chaincode does not call are those of a nil interface, and panic.
type stub struct {
	shim.ChaincodeStubInterface
	on      *channel
	tx      string
	time    *timestamppb.Timestamp
	creator []byte
	args    [][]byte

	reads  map[string]int
	writes map[string][]byte
	event  *peer.ChaincodeEvent
}

func (s *stub) GetArgs() [][]byte                               { return s.args }
func (s *stub) GetTxID() string                                 { return s.tx }
func (s *stub) GetCreator() ([]byte, error)                     { return s.creator, nil }
func (s *stub) GetTxTimestamp() (*timestamppb.Timestamp, error) { return s.time, nil }

func (s *stub) GetState(key string) ([]byte, error) {
	if s.on.broken != nil {
		return nil, s.on.broken
	}
	past := s.on.states[key]
	s.reads[key] = len(past)
	if len(past) == 0 {
		return nil, nil
	}
	return past[len(past)-1].Value, nil
}

func (s *stub) PutState(key string, value []byte) error {
	s.writes[key] = value
	return nil
}

func (s *stub) SetEvent(name string, payload []byte) error {
	s.event = &peer.ChaincodeEvent{EventName: name, Payload: payload}
	return nil
}

// CreateCompositeKey is as the shim makes it.
func (s *stub) CreateCompositeKey(objectType string, attributes []string) (string, error) {
	return shim.CreateCompositeKey(objectType, attributes)
}

func (s *stub) SplitCompositeKey(key string) (string, []string, error) {
	parts := strings.Split(strings.Trim(key, "\x00"), "\x00")
	return parts[0], parts[1:], nil
}

func (s *stub) GetStateByPartialCompositeKeyWithPagination(objectType string, attributes []string, size int32, bookmark string) (
	shim.StateQueryIteratorInterface, *peer.QueryResponseMetadata, error) {
	prefix, err := s.CreateCompositeKey(objectType, attributes)
	if err != nil {
		return nil, nil, err
	}
	all := slices.DeleteFunc(slices.Sorted(maps.Keys(s.on.states)), func(key string) bool {
		return !strings.HasPrefix(key, prefix) || key < bookmark
	})
	meta := &peer.QueryResponseMetadata{}
	if len(all) > int(size) {
		meta.Bookmark, all = all[size], all[:size]
	}
	return &states{all}, meta, nil
}

func (s *stub) GetHistoryForKey(key string) (shim.HistoryQueryIteratorInterface, error) {
	past := slices.Clone(s.on.states[key])
	slices.Reverse(past)
	return &pasts{past}, nil
}

type states struct{ keys []string }

func (i *states) HasNext() bool { return len(i.keys) > 0 }
func (i *states) Close() error  { return nil }
func (i *states) Next() (*queryresult.KV, error) {
	key := i.keys[0]
	i.keys = i.keys[1:]
	return &queryresult.KV{Key: key}, nil
}

type pasts struct {
	rows []*queryresult.KeyModification
}

func (i *pasts) HasNext() bool { return len(i.rows) > 0 }
func (i *pasts) Close() error  { return nil }
func (i *pasts) Next() (*queryresult.KeyModification, error) {
	row := i.rows[0]
	i.rows = i.rows[1:]
	return row, nil
}
