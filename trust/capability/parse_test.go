package capability_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/schemas"
	"github.com/ftagateway/ftagateway/trust/capability"
)

func TestParseReadsWhatObjectAnswers(t *testing.T) {
	for _, c := range []*capability.Capability{root(), toPartner(t), toCustoms(t)} {
		if back := parse(t, jcs(t, c.Object())); !reflect.DeepEqual(back, c) {
			t.Errorf("got %+v, want %+v", back, c)
		}
	}
}

func TestParseReadsASingleAction(t *testing.T) {
	c := forge(t, root(), owner, start, func(o ld.Object) { o["allowedAction"] = "read" })
	if !reflect.DeepEqual(c.Actions, []string{"read"}) {
		t.Errorf("got %q", c.Actions)
	}
}

func TestParseRefusesAndSaysWhere(t *testing.T) {
	good, second := toPartner(t).Object(), toCustoms(t).Object()
	in := func(o ld.Object, name string, v any) ld.Object {
		o = maps.Clone(o)
		if o[name] = v; v == nil {
			delete(o, name)
		}
		return o
	}
	inProof := func(o ld.Object, name string, v any) ld.Object {
		return in(o, "proof", in(o["proof"].(ld.Object), name, v))
	}
	chain := second["proof"].(ld.Object)["capabilityChain"].([]any)
	for name, c := range map[string]struct {
		o       ld.Object
		pointer string
	}{
		"no id":                      {in(good, "id", nil), "/id"},
		"a relative id":              {in(good, "id", "x"), "/id"},
		"an id with a quote":         {in(good, "id", `urn:x:"`), "/id"},
		"two controllers":            {in(good, "controller", []any{"did:key:a", "did:key:b"}), "/controller"},
		"no target":                  {in(good, "invocationTarget", nil), "/invocationTarget"},
		"a target that is no URL":    {in(good, "invocationTarget", "urn:x:1"), "/invocationTarget"},
		"a target of files":          {in(good, "invocationTarget", "file://host/etc"), "/invocationTarget"},
		"a target with a user":       {in(good, "invocationTarget", "http://a@host/x"), "/invocationTarget"},
		"a target with a fragment":   {in(good, "invocationTarget", "http://host/x#y"), "/invocationTarget"},
		"a target with dots":         {in(good, "invocationTarget", "http://host/x/../y"), "/invocationTarget"},
		"a long target":              {in(good, "invocationTarget", "http://host/"+strings.Repeat("x", 3000)), "/invocationTarget"},
		"no expiry":                  {in(good, "expires", nil), "/expires"},
		"an expiry without zone":     {in(good, "expires", "2026-12-01T00:00:00"), "/expires"},
		"no action":                  {in(good, "allowedAction", []any{}), "/allowedAction"},
		"an action that is none":     {in(good, "allowedAction", []any{"read", 5.0}), "/allowedAction"},
		"an action with a quote":     {in(good, "allowedAction", `re"ad`), "/allowedAction"},
		"a caveat":                   {in(good, "caveat", []any{}), "/caveat"},
		"an invoker":                 {in(good, "invoker", "did:key:z"), "/invoker"},
		"a term by its IRI":          {in(good, "https://w3id.org/security#expiration", "2026-12-01T00:00:00Z"), "/https:~1~1w3id.org~1security#expiration"},
		"the contexts turned round":  {in(good, "@context", []any{good["@context"].([]any)[1], good["@context"].([]any)[0]}), "/@context"},
		"one context":                {in(good, "@context", "https://w3id.org/zcap/v1"), "/@context"},
		"no proof":                   {in(good, "proof", nil), "/proof"},
		"two proofs":                 {in(good, "proof", []any{good["proof"], good["proof"]}), "/proof"},
		"a proof for something":      {inProof(good, "proofPurpose", "assertionMethod"), "/proof"},
		"a proof without date":       {inProof(good, "created", nil), "/proof/created"},
		"no chain":                   {inProof(good, "capabilityChain", nil), "/proof/capabilityChain"},
		"an empty chain":             {inProof(good, "capabilityChain", []any{}), "/proof/capabilityChain"},
		"a chain to another":         {inProof(good, "capabilityChain", []any{"urn:x:1"}), "/proof/capabilityChain"},
		"a chain that ends in an id": {inProof(second, "capabilityChain", []any{chain[0], good["id"]}), "/proof/capabilityChain/1"},
		"a chain without its root":   {inProof(second, "capabilityChain", []any{chain[1]}), "/proof/capabilityChain"},
		"a chain with one more":      {inProof(second, "capabilityChain", []any{chain[0], "urn:x:1", chain[1]}), "/proof/capabilityChain"},
		"a chain of nothing":         {inProof(second, "capabilityChain", []any{5.0, chain[1]}), "/proof/capabilityChain/0"},
		"a long chain":               {inProof(second, "capabilityChain", make([]any, 100)), "/proof/capabilityChain"},
		"a fault in the parent": {inProof(second, "capabilityChain", []any{chain[0], in(chain[1].(ld.Object), "expires", nil)}),
			"/proof/capabilityChain/1/expires"},
		"itself as its parent": {in(second, "id", chain[1].(ld.Object)["id"]), "/proof/capabilityChain"},
		"a root with expiry":   {in(root().Object(), "expires", "2026-12-01T00:00:00Z"), "/expires"},
		"a root by any id":     {in(root().Object(), "id", "urn:x:1"), "/id"},
		"a root's context":     {in(root().Object(), "@context", good["@context"]), "/@context"},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := json.Marshal(c.o)
			if err != nil {
				t.Fatal(err)
			}
			got, err := capability.Parse(data)
			var faults schemas.Faults
			if !errors.As(err, &faults) || got != nil {
				t.Fatalf("got %+v, %v", got, err)
			}
			if faults[0].Pointer != c.pointer {
				t.Errorf("got %v, want a fault at %s", faults, c.pointer)
			}
		})
	}
}

// tower is a capability whose parents go on for ever.
func tower(levels int) []byte {
	inner := `"urn:x:0"`
	for i := range levels {
		inner = fmt.Sprintf(`{"@context":[],"id":"urn:x:%d","parentCapability":"urn:x:%d","proof":{"proofPurpose":"capabilityDelegation",
			"capabilityChain":["urn:x:0",%s]}}`, i+1, i, inner)
	}
	return []byte(inner)
}

func TestParseBoundsItsChain(t *testing.T) {
	for _, levels := range []int{9, 30, 1000} {
		if got, err := capability.Parse(tower(levels)); err == nil || len(err.Error()) > 50_000 {
			t.Errorf("%d levels: got %v, %d bytes", levels, got, len(err.Error()))
		}
	}
}

func packed(data []byte) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// What a header unfolds to is bounded before it is read.
func TestVerifyRefusesPackedNonsense(t *testing.T) {
	good := jcs(t, toCustoms(t).Object())
	for name, c := range map[string]struct{ packed, why string }{
		"a bomb":                    {packed(make([]byte, 20<<20)), "longer than 65536 bytes"},
		"a bomb of spaces":          {packed(append(bytes.Repeat([]byte(" "), 100_000), good...)), "longer than 65536 bytes"},
		"no gzip":                   {base64.RawURLEncoding.EncodeToString(good), "capability is not compressed by gzip"},
		"no base64":                 {"!!!", "capability is not base64url"},
		"the other base64":          {base64.StdEncoding.EncodeToString([]byte{0x1f, 0x8b, 8, 0xff, 0xfb}), "capability is not base64url"},
		"gzip cut short":            {packed(good)[:200], "longer than 65536 bytes"},
		"something after it":        {base64.RawURLEncoding.EncodeToString(append(unpacked(packed(good)), 0)), "longer than 65536 bytes"},
		"two of them":               {base64.RawURLEncoding.EncodeToString(append(unpacked(packed(good)), unpacked(packed(good))...)), "longer than 65536 bytes"},
		"nothing":                   {"", "capability is not compressed by gzip"},
		"no JSON":                   {packed([]byte("x")), "capability is not a delegated one"},
		"a root":                    {packed(jcs(t, root().Object())), "capability is not a delegated one"},
		"a tower":                   {packed(tower(9)), "capability is not a delegated one"},
		"a member twice":            {packed(bytes.Replace(good, []byte(`{"@context"`), []byte(`{"id":"urn:x:1","@context"`), 1)), "capability is not a delegated one"},
		"longer than a header":      {strings.Repeat("A", 64<<10), "header Capability-Invocation occurs"},
		"an unsigned one":           {packed([]byte(`{"id":"urn:x:1"}`)), "capability is not a delegated one"},
		"a capability and an id":    {packed(good) + `",id="` + capability.RootID(target), "invocation must have an action and one capability"},
		"a capability of strangers": {packed(forged(t, root(), stranger, start, nothing)), "delegation is not signed by the controller above"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := verifierAt(now).Verify(sendHeader(t, `zcap capability="`+c.packed+`",action="read"`), nil)
			wantRefusal(t, err, c.why)
		})
	}
}

// The header is rightly signed here, so that its own form is what is found wrong.
func TestVerifyRefusesMalformedInvocations(t *testing.T) {
	id := capability.RootID(target)
	for header, why := range map[string]string{
		`ocap id="` + id + `",action="read"`:                                   "scheme is not zcap",
		`zcap id="` + id + `"`:                                                 "an action and one capability",
		`zcap id="` + id + `",action=""`:                                       "an action and one capability",
		`zcap id="` + id + `",action="re ad"`:                                  "an action and one capability",
		`zcap id="` + id + `",action="read",action="write"`:                    "occurs twice",
		`zcap action="read",x="y"`:                                             "root capability is malformed",
		`zcap id="urn:uuid:1",action="read"`:                                   "root capability is malformed",
		`zcap id="` + strings.Replace(id, "%3A", "%3a", 1) + `",action="read"`: "root capability is malformed",
		`zcap id="` + id + `%zz",action="read"`:                                "root capability is malformed",
		`zcap id="` + id + `",action="read"`:                                   "invoker is not the controller",
	} {
		_, err := verifierAt(now).Verify(sendHeader(t, header), nil)
		wantRefusal(t, err, why)
	}
}

func unpacked(s string) []byte {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}
