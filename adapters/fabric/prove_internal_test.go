package fabric

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hyperledger/fabric-protos-go/msp"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/adapters/fabric/inclusion"
	"github.com/ftagateway/ftagateway/adapters/fabric/member"
)

// TestNetworkAnInvalidatedWriteIsRefuted has two writers of one version meet on a real channel. Blocks hold both
// transactions, rightly signed, endorsed and ordered. The proof of the one that lost is refuted by the peers' own word.
func TestNetworkAnInvalidatedWriteIsRefuted(t *testing.T) {
	data := os.Getenv("FTA_FABRIC")
	if data == "" {
		t.Skip("FTA_FABRIC names no folder of a Fabric network; deploy/fabric/start.sh starts one and prints its folder")
	}
	anchors, err := os.ReadFile(filepath.Join(data, "sdk", "anchors.json"))
	if err != nil {
		t.Fatal(err)
	}
	sdk := filepath.Join(data, "sdk", "Org1")
	opened, err := driver.Open(t.Context(), fmt.Sprintf("fabric:%s/connection.yaml?channel=trade&wallet=%s/wallet&user=User1", sdk, sdk),
		driver.Env{Store: memory(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	for body, r := range opened.(*Ledger).rivals(t) {
		got := driver.Verify(r.entry, r.proof, driver.Anchors(anchors))
		if r.valid != (got.Outcome == driver.Verified) || !r.valid && !strings.Contains(got.Reason, "MVCC_READ_CONFLICT") {
			t.Errorf("%s, valid %t: %+v", body, r.valid, got)
		}
	}
}

// rival is one of two writes of the same version, with its proof.
type rival struct {
	entry *driver.Entry
	proof *driver.Proof
	valid bool
}

// rivals has two writes endorsed before either is sent.
func (l *Ledger) rivals(t *testing.T) map[string]rival {
	t.Helper()
	ctx, n := t.Context(), l.net.Load()
	key := fmt.Sprintf("rivals-%d", time.Now().UnixNano())
	sent := map[string]*signed{}
	for _, body := range []string{"one", "two"} {
		s, err := l.endorsed(ctx, n, &driver.Write{Key: key, Body: []byte(body)}, true)
		if err != nil {
			t.Fatal(err)
		}
		sent[body] = s
	}
	all := map[string]rival{}
	for body, s := range sent {
		if err := n.client.send(ctx, s); err != nil {
			t.Fatal(err)
		}
		r, err := l.await(ctx, n, &kept{Tx: s.tx, Key: key})
		if err != nil && driver.CodeOf(err) != driver.Conflict {
			t.Fatal(err)
		}
		all[body] = l.asEntry(t, key, body, s.tx, r != nil)
	}
	return all
}

// asEntry tells a write as if it were an entry, and proves it.
func (l *Ledger) asEntry(t *testing.T, key, body, tx string, valid bool) rival {
	t.Helper()
	n := l.net.Load()
	o, err := n.outcome(tx)
	if err != nil || o == nil {
		t.Fatalf("%+v, %v", o, err)
	}
	answers, err := l.answers(t.Context(), n, o.Position.Height)
	if err != nil {
		t.Fatal(err)
	}
	e := &driver.Entry{Key: key, Version: 1, Body: []byte(body), Position: o.Position, Author: l.author(t)}
	p, err := inclusion.Prove(e, l.target.chaincode, &l.schema.Entries, answers)
	if err != nil {
		t.Fatal(err)
	}
	return rival{e, p, valid}
}

// author is whom the wallet makes the author of what is written.
func (l *Ledger) author(t *testing.T) driver.Author {
	t.Helper()
	who, err := l.whoIs()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := encode(&msp.SerializedIdentity{Mspid: who.MSP, IdBytes: []byte(who.Credentials.Certificate)})
	if err != nil {
		t.Fatal(err)
	}
	id, err := member.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return authorOf(id)
}
