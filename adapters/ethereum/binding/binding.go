// Package binding knows how one contract's events and functions are a ledger's entries and writes. It is made from the
// ledger section of a mapping (Section) and from nothing else: no contract is special here, the reference contract is one
// more section. It does no I/O.
package binding

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/ld"
)

// Binding is a Section, compiled. It is immutable and safe for concurrent use.
type Binding struct {
	Section  Section
	Contract common.Address

	abi     abi.ABI
	events  map[common.Hash]*event // by the event's id
	lookups []*lookup
	newest  *newest
	append  *write
	errors  map[[4]byte]meaning
}

// event is an event that brings versions.
type event struct {
	abi.Event
	says    Event
	key     abi.Argument
	counted bool // versions are not an argument
	state   *abi.Method
}

type meaning struct {
	code driver.Code
	err  abi.Error
}

// Compile holds a section against its ABI.
func Compile(s Section) (*Binding, error) {
	if s.Contract == "" {
		return nil, invalid("ledger.contract", "must be given, here or in the URL (?contract=0x...)")
	}
	if err := checkAddress(s.Contract); err != nil {
		return nil, err
	}
	parsed, err := parseABI(s.ABI)
	if err != nil {
		return nil, err
	}
	b := &Binding{Section: s, Contract: common.HexToAddress(s.Contract), abi: parsed,
		events: map[common.Hash]*event{}, errors: map[[4]byte]meaning{}}
	for _, part := range []func() error{b.bindEvents, b.bindLookups, b.bindNewest, b.bindAppend, b.bindErrors} {
		if err := part(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// checkAddress takes an address in one case, or in the mixed case that has a checksum (EIP-55), which then must be right.
func checkAddress(text string) error {
	digits, ok := strings.CutPrefix(text, "0x")
	if !ok || !common.IsHexAddress(text) {
		return invalid("ledger.contract", "%.80q must be an address: 0x and 40 hexadecimal digits", text)
	}
	mixed := digits != strings.ToLower(digits) && digits != strings.ToUpper(digits)
	if sum := common.HexToAddress(text).Hex(); mixed && sum != text {
		return invalid("ledger.contract", "%s must be %s, by the checksum that its capital letters are (EIP-55)", text, sum)
	}
	return nil
}

func (b *Binding) bindEvents() error {
	if len(b.Section.Events) == 0 {
		return invalid("ledger.events", "must name an event that brings versions")
	}
	for i, said := range b.Section.Events {
		e, err := b.bindEvent(fmt.Sprintf("ledger.events[%d]", i), said)
		if err != nil {
			return err
		}
		if _, twice := b.events[e.ID]; twice {
			return invalid(fmt.Sprintf("ledger.events[%d].event", i), "%q must be named once", said.Event)
		}
		b.events[e.ID] = e
	}
	return b.oneWayToCount()
}

// Digest names what decides which entries the logs are, and up to which block they are read: another digest makes another
// index. What one finality counted as final another need not.
func (b *Binding) Digest() string {
	s := b.Section
	data, err := json.Marshal([]any{s.ABI, s.Deployed, s.Finality, s.Events, s.Lookups})
	if err != nil {
		panic(err) // a section was read from JSON
	}
	sum := ld.Sum(data)
	return string(sum[:])
}
