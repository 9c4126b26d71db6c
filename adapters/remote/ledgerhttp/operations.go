package ledgerhttp

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
)

// reading makes an operation of one that takes a message.
func reading[R any](do func(*Handler, context.Context, *R) (any, error)) func(*Handler, context.Context, []byte) (any, error) {
	return func(h *Handler, ctx context.Context, text []byte) (any, error) {
		request := new(R)
		if err := protocol.ReadRequest(text, request); err != nil {
			return nil, refused(http.StatusBadRequest, "the request cannot be read: "+shortened(err.Error()))
		}
		return do(h, ctx, request)
	}
}

// shortened bounds a text that may hold what a caller sent.
func shortened(text string) string {
	const most = 300
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return string([]rune(text)) // what is not UTF-8 is replaced
}

// describe asks the ledger for its head first: one that was never reached does not know what it can do, even where it
// remembers its URI, and its reader keeps what it is told.
func (h *Handler) describe(ctx context.Context, _ []byte) (any, error) {
	if _, err := h.ledger.Head(ctx); err != nil {
		return nil, err
	}
	d := h.ledger.Describe()
	if d.URI == "" || d.Unreached {
		return nil, driver.Errorf(driver.NotReady, "what the ledger is, is not known yet")
	}
	d.Via = slices.Concat(h.via, d.Via)
	d.MaxBody, d.PageSize = min(d.MaxBody, protocol.MaxBody), min(d.PageSize, protocol.MaxPage)
	return protocol.DescriptionOf(d), nil
}

func (h *Handler) head(ctx context.Context, _ []byte) (any, error) {
	head, err := h.ledger.Head(ctx)
	if err != nil {
		return nil, err
	}
	return protocol.HeadOf(head), nil
}

func (h *Handler) get(ctx context.Context, m *protocol.Get) (any, error) {
	if m.Finality == "final" {
		m.Finality = driver.Final
	}
	if m.Finality != driver.Final && m.Finality != driver.Latest {
		return nil, refused(http.StatusBadRequest, `finality must be "final" or "latest"`)
	}
	e, err := h.ledger.Get(ctx, driver.Ref(*m))
	if err != nil {
		return nil, err
	}
	return protocol.EntryOf(e), nil
}

func (h *Handler) versions(ctx context.Context, m *protocol.Versions) (any, error) {
	entries, err := h.ledger.Versions(ctx, m.Key, m.After, limit(m.Limit))
	if err != nil {
		return nil, err
	}
	return &protocol.Page{Entries: protocol.EntriesOf(entries[:fitting(entries)])}, nil
}

func (h *Handler) find(ctx context.Context, m *protocol.Find) (any, error) {
	keys, next, err := h.ledger.Find(ctx, driver.Lookup(m.Lookup), m.Page, limit(m.Limit))
	if err != nil {
		return nil, err
	}
	return &protocol.Found{Keys: append([]string{}, keys...), Next: next}, nil
}

// changes ends a batch that is too long for one answer after the entries that fit, and goes on from the last of them.
func (h *Handler) changes(ctx context.Context, m *protocol.Changes) (any, error) {
	b, err := h.follow(ctx, m, protocol.Duration(m.WaitMillis, h.o.MaxWait))
	if err != nil {
		return nil, err
	}
	if n := fitting(b.Entries); n < len(b.Entries) {
		b = &driver.Batch{Entries: b.Entries[:n], Next: b.Entries[n-1].Cursor}
	}
	return protocol.BatchOf(b), nil
}

// follow waits no longer than the server lives: what is there when it is to end is the answer, and the caller asks again.
func (h *Handler) follow(ctx context.Context, m *protocol.Changes, wait time.Duration) (*driver.Batch, error) {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(h.o.Ending, cancel)()
	b, err := h.ledger.Changes(waiting, m.After, limit(m.Limit), wait)
	if err != nil && waiting.Err() != nil && ctx.Err() == nil {
		return h.ledger.Changes(ctx, m.After, limit(m.Limit), 0)
	}
	return b, err
}

// append waits for the block no longer than its caller does: what was not learnt by then is a receipt that is pending,
// which the caller would otherwise not be there to hear of.
func (h *Handler) append(ctx context.Context, m *protocol.Append) (any, error) {
	ctx, cancel := context.WithTimeout(ctx, max(protocol.Duration(m.WaitMillis, h.o.MaxWait), minWait))
	defer cancel()
	r, err := h.ledger.Append(ctx, m.Driver())
	if err != nil {
		return nil, err
	}
	return protocol.ReceiptOf(r), nil
}

// minWait is how long a ledger has to take a write whose caller waits for nothing.
const minWait = 5 * time.Second

func (h *Handler) receipt(ctx context.Context, m *protocol.AskReceipt) (any, error) {
	r, err := h.ledger.Receipt(ctx, m.Tx)
	if err != nil {
		return nil, err
	}
	return protocol.ReceiptOf(r), nil
}

func (h *Handler) prove(ctx context.Context, m *protocol.Prove) (any, error) {
	if m.Entry == nil {
		return nil, refused(http.StatusBadRequest, "entry must be given")
	}
	p, err := h.ledger.Prove(ctx, m.Entry.Driver())
	if err != nil {
		return nil, err
	}
	return protocol.ProofOf(p), nil
}

// limit bounds what a caller asks for; 0 leaves it to the ledger.
func limit(asked uint32) int { return int(min(asked, protocol.MaxPage)) }

// fitting says how many entries stand in one answer. A single one always does.
func fitting(entries []*driver.Entry) int {
	left := protocol.PageBytes
	for i, e := range entries {
		left -= (len(e.Body)+len(e.Author.Evidence))*4/3 + 2*len(e.Key) + len(e.Cursor) + len(e.Contradiction) + 1024
		if left < 0 && i > 0 {
			return i
		}
	}
	return len(entries)
}
