package fabric

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/hyperledger/fabric-protos-go/common"
	"github.com/hyperledger/fabric-protos-go/peer"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/store"
)

// peers are two peers of a channel that answer what a test says, for what real ones do not do on demand.
type peers struct {
	mu  sync.Mutex
	has map[string][]*common.Block
	// says replaces the height that a peer tells; asked counts who was asked for blocks.
	says  map[string]uint64
	asked map[string]int
	// answers bends a block before it is answered.
	answers func(peer string, b *common.Block) *common.Block
	// endorses is what they endorse, and orders what becomes of it.
	endorses func(args [][]byte) (*signed, error)
	orders   func(s *signed) error
	// signs is what a peer signs when it is asked for a block.
	signs func(peer string, number uint64) (*peer.ProposalResponse, error)
}

func (p *peers) standing(_ context.Context, peer string) (uint64, []byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	blocks := p.has[peer]
	height, told := p.says[peer]
	if !told {
		height = uint64(len(blocks))
	}
	if len(blocks) == 0 {
		return height, nil, nil
	}
	hash, err := blockHash(blocks[len(blocks)-1].Header)
	return height, hash, err
}

func (p *peers) block(_ context.Context, peer string, number uint64) (*common.Block, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked[peer]++
	if number >= uint64(len(p.has[peer])) {
		return nil, driver.Errorf(driver.Unavailable, "no block %d", number)
	}
	b := p.has[peer][number]
	if p.answers != nil {
		b = p.answers(peer, clone(b))
	}
	return b, nil
}

func clone(b *common.Block) *common.Block {
	return protoadapt.MessageV1Of(proto.Clone(protoadapt.MessageV2Of(b))).(*common.Block)
}

func (p *peers) endorse(_ context.Context, _ string, args [][]byte) (*signed, error) {
	return p.endorses(args)
}

func (p *peers) answer(_ context.Context, peer string, number uint64) (*peer.ProposalResponse, error) {
	return p.signs(peer, number)
}

func (p *peers) send(_ context.Context, s *signed) error { return p.orders(s) }
func (p *peers) close()                                  {}

// give has both peers commit blocks.
func (p *peers) give(blocks ...*common.Block) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, peer := range []string{"one", "two"} {
		p.has[peer] = append(p.has[peer], blocks...)
	}
}

const bySimpleFunctions = `{"entries":{"state":"{key}"},"create":["Put","{key}","{body}"],"update":["Put","{key}","{body}"],
	"writes":"cas","refusals":[{"status":409,"code":"conflict"}]}`

// over opens a ledger over such peers. The channel has a block that defines the chaincode.
func over(t *testing.T, c *blocks, kv driver.KV) (*Ledger, *peers) {
	t.Helper()
	p := &peers{has: map[string][]*common.Block{}, says: map[string]uint64{}, asked: map[string]int{}}
	p.give(c.block([][]byte{c.transaction("t0", "_lifecycle", put("namespaces/metadata/cc", "x"))}))
	dir := t.TempDir()
	key, err := x509.MarshalPKCS8PrivateKey(c.key)
	if err != nil {
		t.Fatal(err)
	}
	id := identity{MSP: "Org2MSP", Type: "X.509"}
	id.Credentials.Certificate = string(c.certificate)
	id.Credentials.PrivateKey = string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}))
	wallet, err := json.Marshal(id)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"connection.yaml": small, "u.id": string(wallet)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	u := &url.URL{Scheme: "fabric", Opaque: filepath.Join(dir, "connection.yaml"), RawQuery: "channel=trade&chaincode=cc&user=u&wallet=" + dir}
	l, err := prepare(u, driver.Env{Store: kv, Native: []byte(bySimpleFunctions)})
	if err != nil {
		t.Fatal(err)
	}
	l.dial = func(*profile, *identity, string) (channel, error) { return p, nil }
	t.Cleanup(func() { l.Close() })
	return l, p
}

func memory(t testing.TB) driver.KV {
	kv := store.Memory()
	t.Cleanup(func() { kv.Close() })
	return kv.Sub("x")
}

func (l *Ledger) mustRead(t *testing.T, key, body string) {
	t.Helper()
	if e, err := l.Get(t.Context(), driver.Ref{Key: key}); err != nil || string(e.Body) != body {
		t.Fatalf("%+v, %v, want %q", e, err, body)
	}
}

// TestBlocksAreNeverPassedOver reads past a peer that leaves a block out, as one does whose stream of events began anew:
// the other peer is asked, and where it does the same the answer is an outage and nothing of what follows is shown.
func TestBlocksAreNeverPassedOver(t *testing.T) {
	c := newBlocks(t)
	l, p := over(t, c, memory(t))
	p.give(c.block([][]byte{c.transaction("t1", "cc", put("k", "one"))}))
	l.mustRead(t, "k", "one")
	p.give(c.block([][]byte{c.transaction("t2", "cc", put("k", "two"))}), c.block([][]byte{c.transaction("t3", "cc", put("other", "x"))}))
	skips := map[string]bool{"two": true}
	p.answers = func(peer string, b *common.Block) *common.Block {
		if skips[peer] && b.Header.Number == 2 {
			return clone(p.has[peer][3])
		}
		return b
	}
	l.mustRead(t, "k", "two")
	if p.asked["one"] == 0 {
		t.Error("the other peer was not asked")
	}
	p.give(c.block([][]byte{c.transaction("t4", "cc", put("k", "three"))}))
	p.answers = func(peer string, b *common.Block) *common.Block { return clone(p.has[peer][3]) }
	if e, err := l.Get(t.Context(), driver.Ref{Key: "k"}); !driver.IsOutage(err) {
		t.Errorf("%+v, %v: both peers leave a block out", e, err)
	}
	p.answers = nil
	l.mustRead(t, "k", "three")
}

// TestPeersThatCannotBeRight says what peers may not say, and in one case what they may: to lag behind.
func TestPeersThatCannotBeRight(t *testing.T) {
	for name, tc := range map[string]struct {
		bend func(c *blocks, p *peers)
		want driver.Code
	}{
		"no blocks":        {func(_ *blocks, p *peers) { p.says["one"], p.says["two"] = 0, 0 }, driver.Corrupt},
		"both lag behind":  {func(_ *blocks, p *peers) { p.says["one"], p.says["two"] = 1, 1 }, driver.Unavailable},
		"one lags behind":  {func(_ *blocks, p *peers) { p.says["two"] = 1 }, ""},
		"blocks to come":   {func(_ *blocks, p *peers) { p.says["one"], p.says["two"] = 9, 9 }, driver.Unavailable},
		"another last one": {func(c *blocks, p *peers) { p.fork(c) }, driver.Corrupt},
		"a block that is none": {func(c *blocks, p *peers) {
			p.give(c.block(nil))
			p.answers = func(string, *common.Block) *common.Block { return nil }
		}, driver.Corrupt},
	} {
		t.Run(name, func(t *testing.T) {
			c := newBlocks(t)
			l, p := over(t, c, memory(t))
			p.give(c.block([][]byte{c.transaction("t1", "cc", put("k", "one"))}))
			l.mustRead(t, "k", "one")
			tc.bend(c, p)
			if e, err := l.Get(t.Context(), driver.Ref{Key: "k"}); driver.CodeOf(err) != tc.want {
				t.Errorf("%+v, %v, want %q", e, err, tc.want)
			}
		})
	}
}

// fork has both peers say that their newest block was another one.
func (p *peers) fork(c *blocks) {
	for _, blocks := range p.has {
		last := clone(blocks[len(blocks)-1])
		last.Header.PreviousHash = make([]byte, 32)
		blocks[len(blocks)-1] = last
	}
}

// TestAPeerWithoutBlocksAtTheStart: nothing is known yet, and nothing is made up.
func TestAPeerWithoutBlocksAtTheStart(t *testing.T) {
	l, p := over(t, newBlocks(t), memory(t))
	p.says["one"], p.says["two"] = 0, 0
	if h, err := l.Head(t.Context()); driver.CodeOf(err) != driver.Corrupt {
		t.Errorf("%+v, %v", h, err)
	}
}

// failing is a store that fails at one of its reads.
type failing struct {
	driver.KV
	reads, at int
}

func (f *failing) Get(key []byte) ([]byte, bool, error) {
	if f.reads++; f.reads == f.at {
		return nil, false, errors.New("the disk does not answer")
	}
	return f.KV.Get(key)
}

// TestAStoreThatFailsInTheMiddleOfABlock: the block is read again as a whole, and no version twice.
func TestAStoreThatFailsInTheMiddleOfABlock(t *testing.T) {
	for at := 1; ; at++ {
		c, kv := newBlocks(t), &failing{KV: memory(t)}
		l, p := over(t, c, kv)
		p.give(c.block([][]byte{c.transaction("t1", "cc", put("k", "one")), c.transaction("t2", "cc", put("k", "two"), put("k2", "x"))}))
		kv.at = at
		_, err := l.Get(t.Context(), driver.Ref{Key: "k"})
		if err == nil && kv.reads < at {
			return // every read has failed once
		}
		if all, err := l.Versions(t.Context(), "k", 0, 0); err != nil || len(all) != 2 || string(all[1].Body) != "two" {
			t.Fatalf("read %d failed: %d versions, %v", at, len(all), err)
		}
	}
}
