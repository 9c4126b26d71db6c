package gatewaysuite

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/ftagateway/ftagateway/ld"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/lookup"
	"github.com/ftagateway/ftagateway/translate"
)

type entrySummary = *model.EntrySummary

// unkeyed lists the forms in which an entry number can be told from outside: itself, and what anybody can hash who
// tries all numbers.
func unkeyed(number string) []string {
	all := []string{number, number[:3] + "-" + number[3:10] + "-" + number[10:], ld.Sum([]byte(number)).String()}
	one, two, three := sha256.Sum256([]byte(number)), sha1.Sum([]byte(number)), md5.Sum([]byte(number))
	for _, sum := range [][]byte{one[:], two[:], three[:]} {
		all = append(all, hex.EncodeToString(sum), base64.RawURLEncoding.EncodeToString(sum), base64.RawStdEncoding.EncodeToString(sum))
	}
	return all
}

// commitment is what a ledger is to be asked for, to find an entry of this year by its number.
func (c *check) commitment(n *node, number string) string {
	k, err := lookup.Derive(c.stage.cbpKey, c.stage.importer.Lookup.PublicKey(), number[:3], lookup.Epoch(time.Now()))
	c.staged(err)
	value, err := k.Entry(n.Describe().URI, number)
	c.staged(err)
	return value
}

// lookups are the commitments among what a ledger was asked.
func lookups(told []string) (values []string) {
	for _, text := range told {
		_, body, _ := strings.Cut(text, "\n")
		var q struct{ Lookup struct{ Name, Value string } }
		if json.Unmarshal([]byte(body), &q) == nil && q.Lookup.Name == translate.Commitment {
			values = append(values, q.Lookup.Value)
		}
	}
	return values
}

// hush forgets what the ledgers were asked so far.
func (c *check) hush() { c.stage.heal() }

// misnumbered is a document under another entry number. Its signature is not right any more.
func misnumbered(f filed, number string) *model.Document {
	d := *f.document
	was := d.Subject.(entrySummary).EntryNumber
	d.Bytes = bytes.ReplaceAll(d.Bytes, []byte(was), []byte(number))
	return &d
}

// backends lists what tells where the gateway's backends stand, and what it is made of.
func (c *check) backends() []string {
	all := []string{ledgerPath, c.stage.dir, strings.TrimPrefix(c.stage.evidence.url, "http://"), "goroutine ", ".go:", "connection re"}
	for _, n := range c.stage.nodes {
		all = append(all, strings.TrimPrefix(n.front.url, "http://"))
	}
	return all
}

func noBackend(c *check) {
	here, there := c.entry(trade), c.entry(other)
	paths := []string{"/v1/entries/" + here.id(), "/v1/records/" + c.id(), "/v1/ledgers/" + other + "/records/" + there.id(),
		"/v1/ledgers/" + other + "/records/" + there.id() + "/versions", "/v1/ledgers/" + other, "/v1/records?limit=200"}
	c.Step(1)
	c.ail(c.stage.evidence, down)
	c.ail(c.stage.nodes[other], down)
	c.soFar(c.do(get("/v1/records/" + c.id())))
	c.discreet(paths)
	c.Step(2)
	c.stage.nodes[other].behave(garbled)
	c.soFar(c.do(get("/v1/records/" + c.id())))
	c.discreet(paths)
	c.Step(3)
	c.discreet([]string{"/v1/ledgers", "/metrics", "/readyz"})
}

// discreet expects no answer to tell of a backend.
func (c *check) discreet(paths []string) {
	for _, path := range paths {
		a := c.do(get(path))
		for _, secret := range c.backends() {
			c.That(!a.holds(secret), "an answer that tells nothing of what stands behind the gateway", "%q stands in it", secret)
		}
	}
}

func heldKeys(c *check) {
	c.Step(1)
	var held struct{ Capabilities []json.RawMessage }
	a := c.get("/v1/capabilities", &held)
	c.That(len(held.Capabilities) >= len(c.stage.vouchedFor()), "as many as the partners handed over", "%d", len(held.Capabilities))
	c.Step(2)
	secrets := []string{"proofValue", "invocationTarget"}
	for _, p := range c.stage.vouchedFor() {
		secrets = append(secrets, p.Collection.Target)
	}
	for _, secret := range secrets {
		c.That(!a.holds(secret), "an answer that opens nothing", "%q stands in it", secret)
	}
}

func notKept(c *check) {
	entry := c.entry(trade)
	number := entry.document.Subject.(entrySummary).EntryNumber
	c.Step(1)
	for _, q := range []request{find(number), get("/v1/entries/" + entry.id()), get("/v1/records/" + c.id())} {
		a := c.do(q)
		c.That(strings.Contains(a.Header.Get("Cache-Control"), "no-store"), "Cache-Control: no-store", "%q, of an answer with status %d",
			a.Header.Get("Cache-Control"), a.Status)
		c.That(a.Header.Get("X-Content-Type-Options") == "nosniff", "X-Content-Type-Options: nosniff", "%q, of an answer with status %d",
			a.Header.Get("X-Content-Type-Options"), a.Status)
	}
}

var originCases = []Case{{
	Case: problemCase("privacy/other-hosts-are-refused", LevelPrivacy,
		"A page of an attacker's, under a name of its own that points to this machine, reads what the gateway answers.",
		"Ask for the ledgers under another host name: 421, foreign-host.",
		"Ask under a loopback address: 200."),
	run: otherHosts,
}, {
	Case: problemCase("privacy/other-origins-change-nothing", LevelPrivacy,
		"A page in somebody's browser has it file a record, or give up a key, in that person's name.",
		"Submit a right entry with the origin of another site: 403, foreign-origin, and nothing is written."),
	run: otherOrigins,
}}

func otherHosts(c *check) {
	c.Step(1)
	q := get("/v1/ledgers")
	for _, host := range []string{"attacker.example", "127.0.0.1.attacker.example:80"} {
		q.host = host
		c.problem(c.do(q), http.StatusMisdirectedRequest, "foreign-host")
	}
	c.Step(2)
	c.get("/v1/ledgers", nil)
}

func otherOrigins(c *check) {
	c.Step(1)
	before := c.count(trade)
	made := c.made()
	c.problem(c.do(submitting(trade, made).with("Origin", "https://attacker.example")), http.StatusForbidden, "foreign-origin")
	c.That(c.count(trade) == before, "nothing written", "%d versions", c.count(trade)-before)
}
