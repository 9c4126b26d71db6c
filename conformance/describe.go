package conformance

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var describeCases = []Case{{
	ID: "read/description-is-complete", Level: LevelRead,
	Why: "The gateway plans by the description alone: pages, limits, what to ask for at all.",
	Steps: []string{
		"Ask Head, so that the chain has been reached, and then Describe: URI is a URI and Kind is named.",
		"Abilities hold read and nothing unknown; MaxBody and PageSize are at least 1; Finality is said in words.",
		"WriteMode is none if and only if append is not offered; there are ProofTypes if and only if prove is offered.",
	},
	run: descriptionIsComplete,
}, {
	ID: "read/description-stays", Level: LevelRead,
	Why: "Whoever asked once must be able to rely on it; and a slice that two callers share is one that they change " +
		"for each other.",
	Steps: []string{
		"Describe, and again: the answers are the same, but for a URI that was empty.",
		"Overwrite the slices of the answer and describe once more: the answer is still the first one.",
	},
	run: descriptionStays,
}, {
	ID: "read/undescribed-is-unsupported", Level: LevelRead,
	Why: "What is not described is not relied on. A method that answers all the same was tested by nobody, and one that " +
		"fails as an outage is retried for ever.",
	Steps: []string{"Call each method whose ability is not described: Unsupported."},
	run:   undescribedIsUnsupported,
}, {
	ID: "read/head-is-where-the-chain-stands", Level: LevelRead, Needs: []Need{NeedHistory},
	Why: "Every answer of the gateway says as of which block it is. A head that lags or leads makes that a lie.",
	Steps: []string{
		"With entries on the chain, ask Head: ChainID is named, and both blocks have a hash and a time in UTC.",
		"The final block is not above the newest, and not below any final entry.",
		"Ask again: the chain is the same, and neither block has gone back.",
	},
	run: headIsWhereTheChainStands,
}}

var knownAbilities = []driver.Ability{driver.AbilityRead, driver.AbilityVersions, driver.AbilityFind,
	driver.AbilityChanges, driver.AbilityAppend, driver.AbilityProve}

func descriptionIsComplete(c *check) {
	c.step(1)
	c.head()
	d := c.ledger().Describe()
	u, err := url.Parse(d.URI)
	c.that(err == nil && u.Scheme != "", "URI has a scheme", "%q", d.URI)
	c.that(d.Kind != "", "Kind is named", "empty")
	c.step(2)
	for _, a := range d.Abilities {
		c.that(slices.Contains(knownAbilities, a), fmt.Sprintf("abilities are among %v", knownAbilities), "%q", a)
	}
	c.that(d.MaxBody >= 1 && d.PageSize >= 1, "MaxBody and PageSize are at least 1", "%d and %d", d.MaxBody, d.PageSize)
	c.that(d.Finality != "", "Finality is said in words", "empty")
	c.step(3)
	c.that(d.Can(driver.AbilityAppend) == (d.WriteMode != driver.WriteNone && d.WriteMode != ""),
		"append and WriteMode agree", "append %t, WriteMode %q", d.Can(driver.AbilityAppend), d.WriteMode)
	c.that(d.Can(driver.AbilityProve) == (len(d.ProofTypes) > 0),
		"prove and ProofTypes agree", "prove %t, ProofTypes %q", d.Can(driver.AbilityProve), d.ProofTypes)
}

func descriptionStays(c *check) {
	c.step(1)
	first := c.ledger().Describe()
	first.Abilities, first.ProofTypes = slices.Clone(first.Abilities), slices.Clone(first.ProofTypes)
	second := c.ledger().Describe()
	if first.URI == "" {
		first.URI = second.URI
	}
	c.that(reflect.DeepEqual(first, second), fmt.Sprintf("%+v", first), "%+v", second)
	c.step(2)
	for i := range second.Abilities {
		second.Abilities[i] = "overwritten"
	}
	for i := range second.ProofTypes {
		second.ProofTypes[i] = "overwritten"
	}
	third := c.ledger().Describe()
	c.that(reflect.DeepEqual(first, third), fmt.Sprintf("%+v", first), "%+v", third)
}

func undescribedIsUnsupported(c *check) {
	c.step(1)
	key := c.key()
	undescribed := c.offered(key, false)
	if !c.session.described.Can(driver.AbilityAppend) {
		undescribed = append(undescribed, appendCall(&driver.Write{Key: key, Body: c.body(key)}))
	}
	for _, call := range undescribed {
		c.code(call.do(c.ctx, c.ledger()), call.name, driver.Unsupported)
	}
}

func headIsWhereTheChainStands(c *check) {
	newest := c.history().newest()
	c.step(1)
	h := c.head()
	c.that(h.ChainID != "", "ChainID names the chain", "empty")
	for _, b := range []driver.Block{h.Newest, h.Final} {
		c.that(b.Hash != "" && !b.Time.IsZero() && b.Time.Location() == time.UTC,
			"a block has a hash and a time in UTC", "hash %q, time %v", b.Hash, b.Time)
	}
	c.step(2)
	c.that(h.Final.Height <= h.Newest.Height, "the final block is not above the newest",
		"final %d, newest %d", h.Final.Height, h.Newest.Height)
	for _, e := range newest {
		c.that(e.Height <= h.Final.Height, fmt.Sprintf("the final block is at height %d or above", e.Height),
			"%d", h.Final.Height)
	}
	c.step(3)
	again := c.head()
	c.that(again.ChainID == h.ChainID, "ChainID "+h.ChainID, "%s", again.ChainID)
	c.that(again.Newest.Height >= h.Newest.Height && again.Final.Height >= h.Final.Height,
		fmt.Sprintf("newest and final not below %d and %d", h.Newest.Height, h.Final.Height),
		"%d and %d", again.Newest.Height, again.Final.Height)
}
