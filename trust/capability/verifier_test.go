package capability_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/trust/capability"
)

func TestVerifySaysWhoMayDoWhat(t *testing.T) {
	c := toCustoms(t)
	got, err := verifierAt(now).Verify(send(t, call{c: c}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Invoker != didOf(customs) || got.Action != "read" || got.Target != document || got.Capability.ID != c.ID {
		t.Errorf("got %+v", got)
	}
	if want := []string{capability.RootID(target), c.Parent, c.ID}; !slices.Equal(got.Chain, want) {
		t.Errorf("got %q, want %q", got.Chain, want)
	}
}

func TestVerifyAccepts(t *testing.T) {
	for name, c := range map[string]call{
		"the owner, by the root":        {c: root(), by: seeded(owner), action: "anything"},
		"the target itself":             {url: collection},
		"a query":                       {url: collection + "?after=5"},
		"a body":                        {method: http.MethodPost, body: `{"a":1}`},
		"a body of another type":        {method: http.MethodPost, body: "\x00\xff", header: http.Header{"Content-Type": {"application/vc"}}},
		"a type without a body":         {header: http.Header{"Content-Type": {"application/json"}}},
		"a clock that is slow":          {at: now.Add(-899 * time.Second)},
		"a clock that is fast":          {at: now.Add(299 * time.Second)},
		"an escaped path":               {url: collection + "/a%20b"},
		"a final slash":                 {url: collection + "/"},
		"another method, same action":   {method: http.MethodHead},
		"a third delegation":            {c: delegate(t, toCustoms(t), customs, agency, capability.Grant{Target: document}), by: seeded(agency)},
		"the last second of a lifetime": {c: delegate(t, root(), owner, customs, capability.Grant{Expires: now.Add(-299 * time.Second)})},
		"a controller named by method":  {c: controlledByMethod(t)},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := verifierAt(now).Verify(send(t, c), []byte(c.body)); err != nil {
				t.Error(err)
			}
		})
	}
}

func controlledByMethod(t *testing.T) *capability.Capability {
	return forge(t, root(), owner, start, func(o ld.Object) {
		o["controller"] = didOf(customs) + "#" + strings.TrimPrefix(didOf(customs), "did:key:")
	})
}

// refusal is a request that is wrong in one way. All of them get the same answer; why is for the log alone.
type refusal struct {
	call
	why    string
	tamper func(*http.Request) // after it was signed
	body   *string             // that arrives, where it is another one
}

func (r refusal) verify(t *testing.T) error {
	t.Helper()
	req := send(t, r.call)
	if r.tamper != nil {
		r.tamper(req)
	}
	body := []byte(r.call.body)
	if r.body != nil {
		body = []byte(*r.body)
	}
	got, err := verifierAt(now).Verify(req, body)
	if got != nil {
		t.Errorf("got %+v", got)
	}
	return err
}

func set(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func replace(name, old, with string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, strings.Replace(r.Header.Get(name), old, with, 1)) }
}

func text(s string) *string { return &s }

func TestVerifyRefusesReplays(t *testing.T) {
	post := call{method: http.MethodPost, body: `{"a":1}`}
	checkRefusals(t, map[string]refusal{
		"to another host":          {why: "host is another one", tamper: func(r *http.Request) { r.Host = "evil.example" }},
		"to another port":          {why: "host is another one", tamper: func(r *http.Request) { r.Host = "127.0.0.1:1" }},
		"with another method":      {why: "signature is wrong", tamper: func(r *http.Request) { r.Method = http.MethodDelete }},
		"of another document":      {why: "signature is wrong", tamper: func(r *http.Request) { r.RequestURI = "/evidence/a2b3/6e7f" }},
		"with a query":             {why: "signature is wrong", tamper: func(r *http.Request) { r.RequestURI += "?x=1" }},
		"with another body":        {why: "digest is not that of the body", call: post, body: text(`{"a":2}`)},
		"with no body":             {why: "digest is not that of the body", call: post, body: text("")},
		"with a body":              {why: "digest is not signed", body: text("x")},
		"with another type":        {why: "signature is wrong", call: post, tamper: set("Content-Type", "text/html")},
		"with a type":              {why: "content-type is not signed", tamper: set("Content-Type", "application/json")},
		"with a digest":            {why: "digest is not signed", tamper: set("Digest", "mh=uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ")},
		"without its digest":       {why: "digest is not that of the body", call: post, tamper: func(r *http.Request) { r.Header.Del("Digest") }},
		"with a digest twice":      {why: "digest is not that of the body", call: post, tamper: func(r *http.Request) { r.Header.Add("Digest", r.Header.Get("Digest")) }},
		"with another hash":        {why: "digest is not that of the body", call: post, tamper: replace("Digest", "mh=", "SHA-256=")},
		"with another action":      {why: "signature is wrong", tamper: replace("Capability-Invocation", `"read"`, `"write"`)},
		"later":                    {why: "signature has expired", call: call{at: now.Add(-901 * time.Second)}},
		"earlier":                  {why: "signature is from the future", call: call{at: now.Add(301 * time.Second)}},
		"with a longer life":       {why: "signature is wrong", call: call{at: now.Add(-901 * time.Second)}, tamper: replace("Authorization", `expires="17`, `expires="27`)},
		"with another capability":  {why: "signature is wrong", tamper: set("Capability-Invocation", send(t, call{c: toPartner(t)}).Header.Get("Capability-Invocation"))},
		"of a root without its id": {why: "signature is wrong", call: call{c: root(), by: seeded(owner)}, tamper: set("Capability-Invocation", `zcap action="read"`)},
	})
}

func TestVerifyRefusesOtherTargetsAndActions(t *testing.T) {
	checkRefusals(t, map[string]refusal{
		"a neighbour":                     {why: "target is another one", call: call{url: target + "/zzzz"}},
		"a neighbour of the same letters": {why: "target is another one", call: call{url: collection + "x"}},
		"what is above":                   {why: "target is another one", call: call{url: target}},
		"another path":                    {why: "target is another one", call: call{url: "http://" + server + "/admin"}},
		"up by dots":                      {why: "no plain path", call: call{url: collection + "/../zzzz/1"}},
		"up by dots at the end":           {why: "no plain path", call: call{url: collection + "/.."}},
		"up by escaped dots":              {why: "no plain path", call: call{url: collection + "/%2e%2E/zzzz"}},
		"an escaped slash":                {why: "no plain path", call: call{url: collection + "/..%2Fzzzz"}},
		"an escaped backslash":            {why: "no plain path", call: call{url: collection + "/..%5czzzz"}},
		"an empty segment":                {why: "no plain path", call: call{url: collection + "//zzzz"}},
		"an action that is not allowed":   {why: "action is not allowed", call: call{action: "write"}},
	})
}

func TestVerifyRefusesOtherKeys(t *testing.T) {
	checkRefusals(t, map[string]refusal{
		"a stranger's":         {why: "invoker is not the controller", call: call{by: seeded(stranger)}},
		"the parent's":         {why: "invoker is not the controller", call: call{by: seeded(partner)}},
		"the owner's":          {why: "invoker is not the controller", call: call{by: seeded(owner)}},
		"a stranger's, rooted": {why: "invoker is not the controller", call: call{c: root(), by: seeded(stranger)}},
		"under another name": {why: "signature is wrong", call: call{by: seeded(stranger)}, tamper: func(r *http.Request) {
			replace("Authorization", didOf(stranger), didOf(customs))(r)
			replace("Authorization", strings.TrimPrefix(didOf(stranger), "did:key:"), strings.TrimPrefix(didOf(customs), "did:key:"))(r)
		}},
		"a fragment of another": {why: "key is no method of a did:key", tamper: replace("Authorization", "#"+strings.TrimPrefix(didOf(customs), "did:key:"), "#z6Mk")},
		"a method of the web":   {why: "key is no method of a did:key", tamper: replace("Authorization", "did:key:", "did:web:")},
	})
}

func TestVerifyRefusesRootsThatAreNotItsOwn(t *testing.T) {
	other := capability.Root("http://"+server+"/admin", didOf(stranger))
	foreign := capability.Root("https://elsewhere.example/evidence", didOf(stranger))
	checkRefusals(t, map[string]refusal{
		"another target":     {why: "root capability is not known here", call: call{c: other, by: seeded(stranger), url: other.Target}},
		"another server":     {why: "root capability is not known here", call: call{c: foreign, by: seeded(stranger)}},
		"a delegation of it": {why: "root capability is not known here", call: call{c: delegate(t, other, stranger, customs, capability.Grant{Target: other.Target + "/x", Expires: until})}},
		"a root spelled otherwise": {why: "signature is wrong", call: call{c: root(), by: seeded(owner)},
			tamper: replace("Capability-Invocation", "%3A", "%3a")},
	})
}

func TestVerifyRefusesMalformedHeaders(t *testing.T) {
	for name, c := range map[string]struct {
		tamper func(*http.Request)
		why    string
	}{
		"no authorization":     {func(r *http.Request) { r.Header.Del("Authorization") }, "header Authorization occurs"},
		"two of them":          {func(r *http.Request) { r.Header.Add("Authorization", r.Header.Get("Authorization")) }, "header Authorization occurs"},
		"no invocation":        {func(r *http.Request) { r.Header.Del("Capability-Invocation") }, "a signed component is not in the request"},
		"two invocations":      {func(r *http.Request) { r.Header.Add("Capability-Invocation", `zcap id="x",action="read"`) }, "signature is wrong"},
		"another scheme":       {replace("Authorization", "Signature ", "Bearer "), "scheme is not Signature"},
		"another invocation":   {replace("Capability-Invocation", "zcap ", "ocap "), "signature is wrong"},
		"a parameter twice":    {replace("Authorization", ",created=", `,keyId="did:key:z",created=`), "occurs twice"},
		"an unknown parameter": {replace("Authorization", ",created=", `,algorithm="hs2019",created=`), "signature has other parameters"},
		"a parameter unquoted": {replace("Authorization", `created="`, `created=`), "parameter is malformed"},
		"a quote that stays open": {func(r *http.Request) {
			r.Header.Set("Authorization", strings.TrimSuffix(r.Header.Get("Authorization"), `"`))
		}, "parameter is malformed"},
		"a comma at the end":     {func(r *http.Request) { r.Header.Set("Authorization", r.Header.Get("Authorization")+",") }, "parameter is malformed"},
		"no comma":               {replace("Authorization", ",created", "created"), "not parted by commas"},
		"a space":                {replace("Authorization", ",created", ", created"), "parameter is malformed"},
		"no name":                {replace("Authorization", "created=", "="), "parameter is malformed"},
		"a sign in created":      {replace("Authorization", `created="`, `created="+`), "created or expires is malformed"},
		"a zero in created":      {replace("Authorization", `created="`, `created="0`), "created or expires is malformed"},
		"no number":              {replace("Authorization", `created="1`, `created="x`), "created or expires is malformed"},
		"a number far too large": {replace("Authorization", `expires="1`, `expires="99999999999991`), "created or expires is malformed"},
		"expires first":          {replace("Authorization", `expires="17`, `expires="07`), "created or expires is malformed"},
		"a signature cut short":  {replace("Authorization", `signature="`, `signature="A`), "signature is not base64"},
		"a signature of spaces":  {replace("Authorization", `signature="`, `signature=" `), "signature is not base64"},
		"nothing signed":         {replace("Authorization", `headers="(key-id) `, `headers="`), "(key-id) is not signed"},
		"no host signed":         {replace("Authorization", ` host `, ` `), "host is not signed"},
		"no target signed":       {replace("Authorization", ` (request-target)`, ``), "(request-target) is not signed"},
		"a component twice":      {replace("Authorization", ` host `, ` host host `), "a component is signed twice"},
		"an absent component":    {replace("Authorization", ` host `, ` host x-absent `), "a signed component is not in the request"},
		"many components":        {replace("Authorization", ` host `, strings.Repeat(` a`, 50)+` host `), "signature covers too many components"},
		"a huge header":          {set("Authorization", "Signature keyId=\""+strings.Repeat("x", 1<<20)+"\""), "header Authorization occurs"},
	} {
		t.Run(name, func(t *testing.T) {
			wantRefusal(t, refusal{tamper: c.tamper}.verify(t), c.why)
		})
	}
}

func checkRefusals(t *testing.T, all map[string]refusal) {
	t.Helper()
	for name, r := range all {
		t.Run(name, func(t *testing.T) {
			wantRefusal(t, r.verify(t), r.why)
		})
	}
}

// wantRefusal holds that all refusals are one error. Its text goes to a log, where neither keys nor what was asked for
// may stand; that it is the text of this very rule shows that no other one refused first.
func wantRefusal(t *testing.T, err error, why string) {
	t.Helper()
	if !errors.Is(err, capability.ErrRefused) || !strings.Contains(err.Error(), why) {
		t.Fatalf("got %v, want %s", err, why)
	}
	for _, secret := range []string{"did:key:", "z6Mk", "a2b3", "4c5d", "http"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("error tells %q: %v", secret, err)
		}
	}
}

func TestVerifyAsksForRevokedCapabilitiesOfTheWholeChain(t *testing.T) {
	c := toCustoms(t)
	for _, revoked := range []string{c.ID, c.Parent} {
		v := verifierAt(now)
		v.Revoked = func(_ context.Context, ids []string) (bool, error) { return slices.Contains(ids, revoked), nil }
		if _, err := v.Verify(send(t, call{c: c}), nil); !errors.Is(err, capability.ErrRefused) {
			t.Errorf("got %v", err)
		}
	}
}

// An outage is never a verdict.
func TestVerifyDoesNotRefuseForAStoreThatFails(t *testing.T) {
	outage := errors.New("no disk")
	v := verifierAt(now)
	v.Revoked = func(context.Context, []string) (bool, error) { return false, outage }
	got, err := v.Verify(send(t, call{}), nil)
	if !errors.Is(err, outage) || errors.Is(err, capability.ErrRefused) || got != nil {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestVerifyAsksNobodyAboutWhatItRefuses(t *testing.T) {
	v := verifierAt(now)
	v.Revoked = func(context.Context, []string) (bool, error) { t.Error("asked"); return false, nil }
	_, _ = v.Verify(send(t, call{by: seeded(stranger)}), nil)
	_, _ = v.Verify(send(t, call{c: root(), by: seeded(owner)}), nil) // a root cannot be revoked
}
