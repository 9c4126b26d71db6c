package conformance

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

var describeCases = []Case{{
	ID: "read/description-is-complete", Level: LevelRead,
	Why: "The gateway plans by the description alone: pages, limits, what to ask for at all.",
	Steps: []string{
		"Ask head, so that the chain has been reached, and then describe: uri is a URI that holds no host, and kind is named.",
		"The abilities hold read and nothing that the protocol does not know; maxBody and pageSize are at least 1; finality is said in words.",
		"writeMode is one that the protocol knows, and none if and only if append is not offered; there are proofTypes if and only if prove is offered.",
	},
	run: descriptionIsComplete,
}, {
	ID: "read/description-stays", Level: LevelRead,
	Why: "Whoever asked once must be able to rely on it; and a list that two callers share is one that they change " +
		"for each other.",
	Steps: []string{
		"Describe, and again: the answers are the same, but for a URI that was empty.",
		"Overwrite the lists in the answer and describe once more: the answer is still the first one.",
	},
	run: descriptionStays,
}, {
	ID: "read/undescribed-is-unsupported", Level: LevelRead,
	Why: "What is not described is not relied on. An operation that answers all the same was tested by nobody, and one that " +
		"fails as an outage is retried for ever.",
	Steps: []string{"Call each operation whose ability is not described: unsupported."},
	run:   undescribedIsUnsupported,
}, {
	ID: "read/head-is-where-the-chain-stands", Level: LevelRead, Needs: []Need{NeedHistory},
	Why: "Every answer of the gateway says as of which block it is. A head that lags or leads makes that a lie.",
	Steps: []string{
		"With entries on the chain, ask head: chainId is named, and both blocks have a hash and a time in UTC.",
		"The final block is not above the newest, and not below any final entry.",
		"Ask again: the chain is the same, and neither block has gone back.",
	},
	run: headIsWhereTheChainStands,
}}

var knownAbilities = driver.Abilities()

func descriptionIsComplete(c *check) {
	c.step(1)
	c.head()
	d := c.ledger().Describe()
	u, err := url.Parse(d.URI)
	c.that(err == nil && u.Scheme != "", "uri has a scheme", "%q", d.URI)
	host := hostIn(d.URI)
	c.that(host == "", "uri names the chain, and holds no host: it is signed into records, and hosts change", "%q, which holds the host %q", d.URI, host)
	c.that(d.Kind != "", "kind is named", "empty")
	c.step(2)
	for _, a := range d.Abilities {
		c.that(slices.Contains(knownAbilities, a), "abilities of the protocol, which are "+listed(knownAbilities), "%q", a)
	}
	c.that(d.MaxBody >= 1 && d.PageSize >= 1, "maxBody and pageSize are at least 1", "%d and %d", d.MaxBody, d.PageSize)
	c.that(d.Finality != "", "finality is said in words", "empty")
	c.step(3)
	c.agrees(d)
}

var knownModes = []driver.WriteMode{driver.WriteCAS, driver.WriteCheckThenWrite, driver.WriteNone}

// agrees holds the parts of a description against each other.
func (c *check) agrees(d driver.Description) {
	c.that(slices.Contains(knownModes, d.WriteMode), "writeMode is one of "+listed(knownModes), "%q", d.WriteMode)
	appends, proves := d.Can(driver.AbilityAppend), d.Can(driver.AbilityProve)
	c.that(appends == (d.WriteMode != driver.WriteNone), "append and writeMode agree", "append %t, writeMode %q", appends, d.WriteMode)
	c.that(proves == (len(d.ProofTypes) > 0), "prove and proofTypes agree", "prove %t, proofTypes %s", proves, listed(d.ProofTypes))
}

func descriptionStays(c *check) {
	c.step(1)
	first := c.ledger().Describe()
	first.Abilities, first.ProofTypes = slices.Clone(first.Abilities), slices.Clone(first.ProofTypes)
	second := c.ledger().Describe()
	if first.URI == "" {
		first.URI = second.URI
	}
	if first.Unreached {
		first = second
	}
	c.describedAs(second, first)
	c.step(2)
	for i := range second.Abilities {
		second.Abilities[i] = "overwritten"
	}
	for i := range second.ProofTypes {
		second.ProofTypes[i] = "overwritten"
	}
	c.describedAs(c.ledger().Describe(), first)
}

func (c *check) describedAs(got, want driver.Description) {
	c.that(reflect.DeepEqual(got, want), told(described(want)), "%s", told(described(got)))
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
	c.that(h.ChainID != "", "chainId names the chain", "empty")
	for _, b := range []driver.Block{h.Newest, h.Final} {
		c.that(b.Hash != "", "a block has a hash", "none")
		c.utc(b.Time, "a block")
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
	c.that(again.ChainID == h.ChainID, "chainId "+h.ChainID, "%s", again.ChainID)
	c.that(again.Newest.Height >= h.Newest.Height && again.Final.Height >= h.Final.Height,
		fmt.Sprintf("newest and final not below %d and %d", h.Newest.Height, h.Final.Height),
		"%d and %d", again.Newest.Height, again.Final.Height)
}
