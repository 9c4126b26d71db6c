package webledger_test

import (
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/webledger/protocol"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/did"
)

// service is one call of the protocol, as a stand-in can be told to spoil it.
type service string

const (
	agentsService    service = "agents"
	statusService    service = "status"
	operationService service = "operations"
	endsService      service = "blocks" // the block service without an id
	blockService     service = "block"
	queryService     service = "query"
)

// standIn speaks the protocol as an honest node does, a block for each operation, until it is told otherwise.
type standIn struct {
	t      testing.TB
	server *httptest.Server
	key    ed25519.PrivateKey // approved

	mu      sync.Mutex
	agents  []string
	ledger  string
	blocks  []*protocol.Block
	records map[string]*protocol.Standing
	known   map[string]bool // hashes of operations
	spoil   map[service]http.HandlerFunc
	asked   map[service]int
	sent    [][]byte // bodies of operations
}

func newKey(seed byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed([]byte(strings.Repeat(string(rune('a'+seed)), ed25519.SeedSize)))
}

func didOf(key ed25519.PrivateKey) string { return did.FromEd25519(key.Public().(ed25519.PublicKey)) }

func newStandIn(t testing.TB) *standIn {
	s := &standIn{t: t, key: newKey(0), agents: []string{uuid.New().URN()}, asked: map[service]int{}}
	s.restart(uuid.New().URN())
	s.server = httptest.NewServer(s)
	t.Cleanup(s.server.Close)
	return s
}

// restart begins another chain under the same address.
func (s *standIn) restart(ledger string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger, s.records, s.known, s.spoil = ledger, map[string]*protocol.Standing{}, map[string]bool{}, map[service]http.HandlerFunc{}
	c, err := protocol.NewConfiguration(ledger, []string{didOf(s.key)})
	s.must(err)
	b, err := protocol.NewGenesis(c)
	s.must(err)
	s.blocks = []*protocol.Block{b}
}

func (s *standIn) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// sender signs as the stand-in's own approved key.
func (s *standIn) sender() protocol.Sender {
	return protocol.Sender{Signer: s.key, Creator: targetNode}
}

const targetNode = "did:key:z6MkStandIn"

// block puts operations into one block, whether they have an effect or not.
func (s *standIn) block(ops ...*protocol.Operation) *protocol.Block {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	top := s.blocks[len(s.blocks)-1]
	e, err := protocol.NewOperationEvent(top, ops)
	s.must(err)
	b, err := protocol.NewBlock(s.ledger, top, []*protocol.Event{e})
	s.must(err)
	s.blocks = append(s.blocks, b)
	for _, op := range ops {
		s.known[op.Hash] = true
		if after, reason := protocol.Apply(s.records[op.RecordID()], op); reason == protocol.ReasonNone {
			s.records[op.RecordID()] = after
		}
	}
	return b
}

// create and update make operations by the stand-in's own key.
func (s *standIn) create(record ld.Object) *protocol.Operation {
	s.t.Helper()
	op, err := protocol.NewCreate(record, s.sender())
	s.must(err)
	return op
}

func (s *standIn) update(from, into ld.Object, sequence uint64) *protocol.Operation {
	s.t.Helper()
	op, err := protocol.NewUpdate(from, into, sequence, s.sender())
	s.must(err)
	return op
}

// history writes versions of one record, a block each.
func (s *standIn) history(key string, versions int) {
	s.t.Helper()
	s.block(s.create(record(key, 1)))
	for v := 2; v <= versions; v++ {
		s.block(s.update(record(key, v-1), record(key, v), uint64(v-2)))
	}
}

// spoiled makes a service answer by handler until it is nil again.
func (s *standIn) spoiled(which service, handler http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spoil[which] = handler
}

func (s *standIn) count(which service) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[which]
}

// operations are the bodies that were sent so far.
func (s *standIn) operations() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]byte(nil), s.sent...)
}

func (s *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/stray" {
		strayed.Add(1)
	}
	which := serviceOf(r)
	s.mu.Lock()
	s.asked[which]++
	handler := s.spoil[which]
	s.mu.Unlock()
	if handler != nil {
		handler(w, r)
		return
	}
	s.honest(w, r)
}

func serviceOf(r *http.Request) service {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	switch {
	case len(parts) == 1:
		return agentsService
	case len(parts) == 2:
		return statusService
	case parts[2] == "b" && r.URL.Query().Has("id"):
		return blockService
	case parts[2] == "b":
		return endsService
	case parts[2] == "q":
		return queryService
	}
	return operationService
}

// honest answers as the protocol wants it. The addresses of its services are its own, so that a client which builds
// paths finds nothing.
func (s *standIn) honest(w http.ResponseWriter, r *http.Request) {
	switch serviceOf(r) {
	case agentsService:
		s.answer(w, s.list(r))
	case statusService:
		s.answer(w, protocol.Agent{ID: s.agents[0], TargetNode: targetNode, Service: s.services(r, s.agents[0])})
	case endsService:
		s.answer(w, blockAnswers(s))
	case blockService:
		s.serveBlock(w, r)
	case queryService:
		s.serveRecord(w, r)
	case operationService:
		s.take(w, r)
	}
}

func (s *standIn) list(r *http.Request) protocol.AgentList {
	var list protocol.AgentList
	for _, id := range s.agents {
		list.LedgerAgent = append(list.LedgerAgent, protocol.AgentSummary{ID: id, Service: s.services(r, id)})
	}
	return list
}

func (s *standIn) services(r *http.Request, agent string) protocol.Services {
	at := "/x/" + strings.TrimPrefix(agent, "urn:uuid:")
	switch { // relative addresses are legal as well
	case r.TLS != nil:
		at = "https://" + r.Host + at
	case agent == s.agents[0]:
		at = "http://" + r.Host + at
	}
	return protocol.Services{Status: at, Config: at + "/c", Operation: at + "/o", Event: at + "/e", Block: at + "/b", Query: at + "/q"}
}

func blockAnswer(b *protocol.Block) protocol.BlockAnswer {
	raw, err := ld.JCS(b.Object)
	if err != nil {
		panic(err)
	}
	return protocol.BlockAnswer{Block: raw, Meta: protocol.BlockMeta{
		BlockHash: b.Hash, Consensus: true, ConsensusDate: blockTime(int(b.Height)).UnixMilli(),
	}}
}

func blockTime(height int) time.Time { return time.Date(2026, 11, 20, 14, 0, height, 0, time.UTC) }

func (s *standIn) serveBlock(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.blocks {
		if b.ID == r.URL.Query().Get("id") {
			s.answer(w, blockAnswer(b))
			return
		}
	}
	refuse(w, http.StatusNotFound, protocol.FailureNotFound)
}

func (s *standIn) serveRecord(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if r.Method != http.MethodPost || string(body) != "{}" {
		refuse(w, http.StatusBadRequest, protocol.FailureSyntax)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.records[r.URL.Query().Get("id")]
	if st == nil {
		refuse(w, http.StatusNotFound, protocol.FailureNotFound)
		return
	}
	s.answer(w, recordAnswer(st.Record, st.Sequence))
}

func recordAnswer(record []byte, sequence uint64) protocol.RecordAnswer {
	return protocol.RecordAnswer{Record: record, Meta: protocol.RecordMeta{Sequence: sequence}}
}

// take puts an operation into a block of its own before it answers.
func (s *standIn) take(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	op, err := protocol.ParseOperation(body)
	if err != nil {
		refuse(w, http.StatusBadRequest, protocol.FailureValidation)
		return
	}
	s.mu.Lock()
	s.sent = append(s.sent, body)
	known, config := s.known[op.Hash], s.blocks[0].Events[0].Configuration
	s.mu.Unlock()
	if known {
		refuse(w, http.StatusConflict, protocol.FailureDuplicate)
		return
	}
	if _, err := config.Permits(op); err != nil || op.Creator != targetNode {
		refuse(w, http.StatusBadRequest, protocol.FailureNotAllowed)
		return
	}
	s.block(op)
	w.WriteHeader(http.StatusNoContent)
}

func (s *standIn) answer(w http.ResponseWriter, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}

func refuse(w http.ResponseWriter, status int, kind protocol.FailureType) {
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `{"message":"no","type":%q}`, kind)
}

// blockAnswers is what the block service answers now.
func blockAnswers(s *standIn) protocol.BlocksAnswer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return protocol.BlocksAnswer{Genesis: blockAnswer(s.blocks[0]), Latest: blockAnswer(s.blocks[len(s.blocks)-1])}
}

// configure puts a block on top in which the stand-in's key, which need not be approved, approves of another one.
func (s *standIn) configure(approve ed25519.PrivateKey) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.blocks[0].Events[0].Configuration.Next([]string{didOf(approve)}, s.sender())
	s.must(err)
	e, err := protocol.NewConfigurationEvent(c)
	s.must(err)
	b, err := protocol.NewBlock(s.ledger, s.blocks[len(s.blocks)-1], []*protocol.Event{e})
	s.must(err)
	s.blocks = append(s.blocks, b)
}

// listen serves again under the address of a server that was closed.
func (s *standIn) listen(t *testing.T, address string) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewUnstartedServer(s)
	s.server.Listener.Close()
	s.server.Listener = l
	s.server.Start()
	t.Cleanup(s.server.Close)
}
