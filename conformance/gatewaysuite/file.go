package gatewaysuite

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
	"github.com/ftagateway/ftagateway/model"
	"github.com/ftagateway/ftagateway/model/sample"
	"github.com/ftagateway/ftagateway/translate"
)

// filed is a signed document with its record.
type filed struct {
	document *model.Document
	record   *model.Parsed
}

// id is the record's.
func (f filed) id() string { return f.record.ID }

// pin names it as a line or a decision would.
func (f filed) pin() model.Pin {
	return model.Pin{ID: f.record.ID, Ledger: f.record.Ledger, Version: f.record.Version, Digest: f.document.Digest}
}

// submission is it as it is submitted.
func (f filed) submission() map[string]any {
	return map[string]any{"record": json.RawMessage(f.record.Bytes), "document": json.RawMessage(f.document.Bytes),
		"mediaType": model.MediaType}
}

// seeded gives a case its own randomness, so that leaving one case out changes no other.
func seeded(seed uint64, id string) *rand.Rand {
	name := fnv.New64a()
	_, _ = name.Write([]byte(id))
	return rand.New(rand.NewPCG(seed, name.Sum64()))
}

// id draws a record's id that nobody had.
func (c *check) id() string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(c.rand.Uint32())
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.URN()
}

// number draws an entry number of the importer's with a right check digit.
func (c *check) number() string {
	ten := fmt.Sprintf("%s%07d", sample.FilerABC, c.rand.IntN(10_000_000))
	return ten + string(model.CheckDigit(ten))
}

// make signs a document and its record, and puts the document on its evidence server. Nothing stands on a ledger yet.
func (c *check) make(p *filing.Partner, slug string, subject model.Subject, f filing.Filing) filed {
	f.Ledger, f.At = c.stage.nodes[slug].Describe().URI, time.Now()
	if f.ID == "" && f.Previous == nil {
		f.ID = c.id()
	}
	d, err := p.Sign(subject, f.At)
	c.staged(err)
	r, err := p.File(c.ctx, d, f)
	c.staged(err)
	return filed{d, r}
}

// file makes a record and has it stand on its ledger, without asking the gateway.
func (c *check) file(p *filing.Partner, slug string, subject model.Subject, f filing.Filing) filed {
	made := c.make(p, slug, subject, f)
	c.stand(slug, made.record)
	return made
}

// stand writes a record to a ledger as the next version of its id, behind the gateway's back.
func (c *check) stand(slug string, r *model.Parsed) {
	mapping, err := translate.Builtin("record")
	c.staged(err)
	body, lookups, err := mapping.Body(r)
	c.staged(err)
	stands := uint64(0)
	chain := c.stage.nodes[slug].Ledger
	if e, err := chain.Get(c.ctx, driver.Ref{Key: r.ID}); err == nil {
		stands = e.Version
	}
	_, err = chain.Append(c.ctx, &driver.Write{Key: r.ID, Expect: stands, Body: body, Lookups: lookups})
	c.staged(err)
}

// entry files an entry that claims nothing on a ledger.
func (c *check) entry(slug string) filed {
	return c.file(c.stage.importer, slug, plain(c.number()), filing.Filing{})
}

// rejection files customs' rejection of an entry.
func (c *check) rejection(entry filed) filed {
	return c.file(c.stage.customs, cbp, decision(entry.pin(), model.ActionReject, "004"), filing.Filing{})
}

// refiled is an entry of n versions on the trade ledger, each after a rejection of the one before.
func (c *check) refiled(n int) []filed {
	number := c.number()
	all := []filed{c.file(c.stage.importer, trade, plain(number), filing.Filing{})}
	for len(all) < n {
		last := all[len(all)-1]
		c.rejection(last)
		all = append(all, c.file(c.stage.importer, trade, plain(number), filing.Filing{Previous: last.record}))
	}
	return all
}

// staged expects the suite's own world to work: what fails here says nothing of the gateway.
func (c *check) staged(err error) {
	if err != nil {
		c.Fail("the suite's own world works", "%v: this says nothing of the gateway", err)
	}
}

// raw writes any bytes to a ledger as the first version of a key.
func (c *check) raw(slug, key string, body []byte) {
	_, err := c.stage.nodes[slug].Ledger.Append(c.ctx, &driver.Write{Key: key, Body: body})
	c.staged(err)
}

// linking writes something that is no record, and that the ledger finds as if it linked to an id.
func (c *check) linking(slug, id string) {
	_, err := c.stage.nodes[slug].Ledger.Append(c.ctx, &driver.Write{Key: c.id(),
		Body: []byte(`{"links":[{"id":"` + id + `"}]}`), Lookups: []driver.Lookup{{Name: translate.Linked, Value: id}}})
	c.staged(err)
}
