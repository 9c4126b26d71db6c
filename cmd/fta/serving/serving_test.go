package serving_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/ftagateway/ftagateway/adapters/driver"
	_ "github.com/ftagateway/ftagateway/adapters/memory"
	_ "github.com/ftagateway/ftagateway/adapters/remote"
	"github.com/ftagateway/ftagateway/adapters/remote/protocol"
	"github.com/ftagateway/ftagateway/cmd/fta/config"
	"github.com/ftagateway/ftagateway/cmd/fta/serving"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/trust/key"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// settings are a gateway over two ledgers in memory.
func settings(t *testing.T) config.Config {
	t.Helper()
	c := config.Default()
	c.Data = t.TempDir()
	c.Ledgers = map[string]config.Ledger{"trade": {URL: "memory:"}, "cbp": {URL: "memory:", Customs: true}}
	return c
}

func open(t *testing.T, c config.Config) (*serving.Gateway, *bytes.Buffer) {
	t.Helper()
	var logged bytes.Buffer
	g, err := serving.Open(t.Context(), c, slog.New(slog.NewTextHandler(&logged, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g, &logged
}

// Ledgers stand in the order of their names, whatever the order of the file; the gateway's key is made once.
func TestOpen(t *testing.T) {
	c := settings(t)
	g, _ := open(t, c)
	if len(g.Members) != 2 || g.Members[0].Slug() != "cbp" || !g.Members[0].Customs || g.Members[1].Customs {
		t.Errorf("%+v", g.Members)
	}
	before := g.Name()
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	again, _ := open(t, c)
	if after := again.Name(); after != before || !strings.HasPrefix(after, "did:key:z6Mk") {
		t.Errorf("the key was %s and is %s", before, after)
	}
}

// What cannot be opened leaves nothing open: the folder is free for the next.
func TestOpenGivesUpWhole(t *testing.T) {
	c := settings(t)
	c.Ledgers["zealand"] = config.Ledger{URL: "carrier-pigeon://x"}
	if g, err := serving.Open(t.Context(), c, slog.New(slog.DiscardHandler)); err == nil {
		t.Fatal(g)
	}
	delete(c.Ledgers, "zealand")
	open(t, c)
}

// A document that is not trusted is named by its file and the rules it breaks; what stands in it is not logged.
func TestParticipantsThatAreNotTrusted(t *testing.T) {
	c := settings(t)
	c.Participants.Folder = t.TempDir()
	issuer := participant(t, c.Participants.Folder, "good.json", "")
	c.Participants.Issuers = []string{issuer}
	participant(t, c.Participants.Folder, "strange.json", "")
	participant(t, c.Participants.Folder, "altered.json", `"name":"Great Lakes Assembly, Inc."`)
	write(t, c.Participants.Folder, "broken.json", `{"party": "Great Lakes"}`)

	_, logged := open(t, c)
	text := logged.String()
	for _, want := range []string{"file=strange.json", "file=altered.json", "file=broken.json", "/type: must be"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log does not say %s:\n%s", want, text)
		}
	}
	for _, secret := range []string{"good.json", "Great Lakes", "did:key:", "z6Mk"} {
		if strings.Contains(text, secret) {
			t.Errorf("the log tells %s:\n%s", secret, text)
		}
	}
}

// participant writes a document by an issuer of its own, who is answered; with some of its text left out, where told.
func participant(t *testing.T, dir, name, without string) (issuer string) {
	t.Helper()
	vouches, err := key.NewSigner()
	if err != nil {
		t.Fatal(err)
	}
	subject := sample.Participant(sample.Importer(), []model.ParticipantRole{{Role: model.RoleImporter, FilerCode: sample.FilerABC}},
		model.ParticipantKey{ID: "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", Use: model.UseSigning})
	d, err := model.SignDocument(subject, vouches, model.Signing{ValidFrom: model.At(time.Now())})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, name, strings.Replace(string(d.Bytes), without, `"name":"Somebody"`, min(len(without), 1)))
	return d.Issuer
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A folder of participants that is not there is a mistake; none at all is a gateway that knows nobody.
func TestParticipantsFolder(t *testing.T) {
	c := settings(t)
	c.Participants.Folder = filepath.Join(t.TempDir(), "nosuch")
	if g, err := serving.Open(context.Background(), c, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "participants.folder: ") {
		t.Fatal(g, err)
	}
	c.Participants.Folder = ""
	if _, logged := open(t, c); !strings.Contains(logged.String(), "no participants are configured") {
		t.Errorf("the log does not say so:\n%s", logged)
	}
}

// A key that a killed process was about to make is made anew; one that is there stays.
func TestEnsure(t *testing.T) {
	dir := t.TempDir()
	for name, ensure := range map[string]func(string) error{"signer.pem": serving.EnsureSigner, "lookup.pem": serving.EnsureLookup} {
		write(t, dir, name+".new", "-----BEGIN PRI")
		file := filepath.Join(dir, name)
		if err := ensure(file); err != nil {
			t.Fatal(err)
		}
		before, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := ensure(file); err != nil {
			t.Fatal(err)
		}
		if after, _ := os.ReadFile(file); !bytes.Equal(before, after) {
			t.Errorf("%s was made twice", name)
		}
	}
	if _, err := key.LoadSigner(filepath.Join(dir, "signer.pem")); err != nil {
		t.Error(err)
	}
	if _, err := key.LoadLookup(filepath.Join(dir, "lookup.pem")); err != nil {
		t.Error(err)
	}
	if err := serving.EnsureSigner(filepath.Join(dir, "nosuch", "x.pem")); err == nil {
		t.Error("made in a folder that is not there")
	}
}

// A gateway's own questions carry its name from the first one on, so that a ledger which leads back to it is noticed.
func TestAGatewayNamesItselfToTheLedgersThatItOpens(t *testing.T) {
	heard := make(chan string, 16)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		heard <- r.Header.Get(protocol.HopsHeader)
		http.NotFound(w, r)
	}))
	defer server.Close()
	c := settings(t)
	c.Ledgers = map[string]config.Ledger{"trade": {URL: "ledger+" + server.URL + "/v1/ledgers/trade/native/"}}
	g, _ := open(t, c)
	if name := <-heard; name != g.Name() {
		t.Errorf("%q asks, and the gateway is %q", name, g.Name())
	}
}

// Writes by the ledger protocol are for the operator to allow, ledger by ledger, where the chain is marked for testing.
func TestNativeWritesAreConfigured(t *testing.T) {
	c := settings(t)
	c.Keys.Transport = filepath.Join(c.Data, "transport.pem")
	if err := serving.EnsureSigner(c.Keys.Transport); err != nil {
		t.Fatal(err)
	}
	c.Ledgers = map[string]config.Ledger{
		"allowed": {URL: "memory:?testing=1", NativeWrites: true}, "in-use": {URL: "memory:", NativeWrites: true}, "usual": {URL: "memory:?testing=1"},
	}
	g, _ := open(t, c)
	for _, m := range g.Members {
		if got, want := m.Native().Describe().Can(driver.AbilityAppend), m.Slug() == "allowed"; got != want {
			t.Errorf("%s takes writes: %t", m.Slug(), got)
		}
	}
}
