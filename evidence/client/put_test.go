package client_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/evidence"
	"github.com/ftagateway/ftagateway/evidence/client"
	"github.com/ftagateway/ftagateway/evidence/internal/evidencetest"
	"github.com/ftagateway/ftagateway/evidence/server"
	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

// newUploader makes a partner's client, which holds nothing.
func newUploader(t testing.TB) *client.Client {
	t.Helper()
	c, err := client.New(client.Config{AllowPrivate: loopback})
	must(t, err)
	return c
}

func TestPutNamesWhatIsKept(t *testing.T) {
	h := evidencetest.Open(t, nil)
	kept, err := newUploader(t).Put(t.Context(), h.Filing, h.Filer.Signer, []byte(certificate), "application/pdf")
	must(t, err)
	if kept.Digest != ld.Sum([]byte(certificate)) || kept.MediaType != "application/pdf" {
		t.Errorf("kept %+v", kept)
	}
	ref := evidence.Ref{ID: kept.ID, Digest: kept.Digest, MediaType: kept.MediaType}
	if _, err := newClient(t, h.Customs, nil, h.Reading).Fetch(t.Context(), h.Filer.DID, ref); err != nil {
		t.Errorf("what was put cannot be fetched: %v", err)
	}
}

func TestUploadsThatAreNotKept(t *testing.T) {
	h := evidencetest.Open(t, func(c *server.Config) { c.MaxBytes = 100 })
	elsewhere := evidencetest.NewPartner(t, "http://10.1.2.3", h.Customs)
	for name, c := range map[string]struct {
		capability *capability.Capability
		by         evidencetest.Party
		content    string
		media      string
		want       client.Reason
	}{
		"a media type of no record":   {h.Filing, h.Filer, "x", "text/html", client.BadReference},
		"a capability to read":        {h.Reading, h.Customs, "x", "text/plain", client.Refused},
		"another key":                 {h.Filing, h.Customs, "x", "text/plain", client.Refused},
		"too much":                    {h.Filing, h.Filer, strings.Repeat("x", 101), "text/plain", client.TooLarge},
		"a server that is not called": {elsewhere.Filing, elsewhere.Filer, "x", "text/plain", client.AddressBlocked},
	} {
		_, err := newUploader(t).Put(t.Context(), c.capability, c.by.Signer, []byte(c.content), c.media)
		var f *client.Failure
		if !errors.As(err, &f) || f.Reason != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// answering is a partner whose server answers uploads and revocations with this.
func answering(t testing.TB, status int, body string) evidencetest.Partner {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(web.Close)
	return evidencetest.NewPartner(t, web.URL, evidencetest.NewParty(t))
}

const someID = "urn:uuid:3f2c9a1e-5b7d-4c8e-9f10-2a3b4c5d6e7f"

func answerOf(id, content, media string) string {
	return `{"id":"` + id + `","digest":"` + ld.Sum([]byte(content)).String() + `","mediaType":"` + media + `"}`
}

func TestAnUploadIsBelievedOnlyWhereTheAnswerFits(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		want   client.Reason
	}{
		"fits":                 {201, answerOf(someID, certificate, "text/plain"), ""},
		"an id that is none":   {201, answerOf("../x", certificate, "text/plain"), client.UnexpectedAnswer},
		"another media type":   {201, answerOf(someID, certificate, "text/html"), client.UnexpectedAnswer},
		"no JSON":              {201, "<html>", client.UnexpectedAnswer},
		"nothing":              {201, "", client.UnexpectedAnswer},
		"another status":       {200, answerOf(someID, certificate, "text/plain"), client.UnexpectedAnswer},
		"refused":              {404, "", client.Refused},
		"an answer too long":   {201, strings.Repeat(" ", 5000) + answerOf(someID, certificate, "text/plain"), client.TooLarge},
		"a server that is ill": {500, "", client.ServerFailed},
	} {
		p := answering(t, c.status, c.body)
		kept, err := newUploader(t).Put(t.Context(), p.Filing, p.Filer.Signer, []byte(certificate), "text/plain")
		var f *client.Failure
		switch {
		case c.want == "" && (err != nil || kept.ID != someID):
			t.Errorf("%s: %v, %v", name, kept, err)
		case c.want != "" && (!errors.As(err, &f) || f.Reason != c.want || kept != nil):
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestAServerThatKeepsOtherBytesIsAMismatch(t *testing.T) {
	p := answering(t, 201, answerOf(someID, "other bytes", "text/plain"))
	_, err := newUploader(t).Put(t.Context(), p.Filing, p.Filer.Signer, []byte(certificate), "text/plain")
	var m *client.Mismatch
	if !errors.As(err, &m) || m.Got != ld.Sum([]byte("other bytes")) {
		t.Errorf("got %v, want a Mismatch", err)
	}
}

func TestRevokingByWhomItMayBe(t *testing.T) {
	for name, by := range map[string]func(*evidencetest.House) evidencetest.Party{
		"delegator": func(h *evidencetest.House) evidencetest.Party { return h.Filer },
		"owner":     func(h *evidencetest.House) evidencetest.Party { return h.Owner },
	} {
		h := evidencetest.Open(t, nil)
		if err := newUploader(t).Revoke(t.Context(), h.Reading, by(h).Signer); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRevocationsThatFail(t *testing.T) {
	h := evidencetest.Open(t, nil)
	ill := answering(t, 500, "")
	for name, c := range map[string]struct {
		capability *capability.Capability
		by         evidencetest.Party
		want       client.Reason
	}{
		"by its holder": {h.Reading, h.Customs, client.Refused},
		"of a root":     {h.Root, h.Owner, client.Refused},
		"server error":  {ill.Reading, ill.Filer, client.ServerFailed},
	} {
		var f *client.Failure
		if err := newUploader(t).Revoke(t.Context(), c.capability, c.by.Signer); !errors.As(err, &f) || f.Reason != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// FuzzUploadAnswer answers an upload with foreign bytes: a name is believed only with the right digest and type.
func FuzzUploadAnswer(f *testing.F) {
	f.Add([]byte(answerOf(someID, certificate, "text/plain")))
	f.Add([]byte(answerOf(someID, "other", "text/plain")))
	f.Add([]byte(answerOf("urn:uuid:x", certificate, "text/plain")))
	f.Add([]byte(`{"id":1}`))
	f.Add([]byte(`{"digest":"uEiA"}`))
	f.Add([]byte(`null`))
	want := ld.Sum([]byte(certificate))
	f.Fuzz(func(t *testing.T, answer []byte) {
		kept, err := client.ReadKept(answer, want, int64(len(certificate)), "text/plain")
		if err != nil {
			return
		}
		if _, err := evidence.ParseID(kept.ID); err != nil || kept.Digest != want || kept.MediaType != "text/plain" {
			t.Errorf("believed %+v", kept)
		}
	})
}
