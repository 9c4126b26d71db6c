package gatewaysuite

import (
	"fmt"
	"net/http"
	"time"

	"github.com/ftagateway/ftagateway/adapters/driver"
	"github.com/ftagateway/ftagateway/filing"
)

var settlingCases = []Case{{
	Case: problemCase("submission/lost-answer-is-found-out", LevelSubmission,
		"A ledger took the record, and the connection broke. Who says that it failed has it filed twice, who says that it stands may lie.",
		"Have the ledger take a write and lose its answer, and submit an entry: taken, 201 or 202, and not refused.",
		"Have the ledger be well again, and ask what became of it until it is settled: final.",
		"The record stands once."),
	run: lostAnswer,
}, {
	Case: problemCase("submission/outage-is-no-refusal", LevelSubmission,
		"An importer has ten days. A ledger that is down on the last must not look like a record that is wrong.",
		"Cut off a ledger and submit an entry for it: 202 with the place where to ask, or a problem to be tried again. Not 201, and no refusal.",
		"Have the ledger come back, and submit the same: it becomes final.",
		"The record stands once."),
	run: outageIsNoRefusal,
}, {
	Case: problemCase("submission/taken-outlasts-a-restart", LevelSubmission,
		"What was taken is the gateway's to finish. A filer with a receipt in hand does not file again.",
		"Cut off a ledger and submit an entry for it.",
		"End the gateway, open it again with the same data folder, and have the ledger come back: what was taken with 202 becomes final.",
		"The record stands once, and the same submission answers the same receipt."),
	run: takenOutlastsRestart,
}}

// elsewhereMade is an entry for the ledger that fails.
func (c *check) elsewhereMade() filed {
	return c.make(c.stage.importer, other, plain(c.number()), filing.Filing{})
}

func lostAnswer(c *check) {
	made := c.elsewhereMade()
	c.Step(1)
	c.ail(c.stage.nodes[other], lossy)
	a := c.submit(other, made)
	c.That(a.Status == http.StatusCreated || a.Status == http.StatusAccepted, "taken, with 201 or 202", "%s", a)
	c.Step(2)
	c.heal()
	c.settles(a.Header.Get("Location"))
	c.Step(3)
	c.standsOnce(made)
}

// settles asks what became of a submission until it is final.
func (c *check) settles(path string) (r receipt) {
	c.That(path != "", "a Location where to ask what became of it", "none")
	for c.ctx.Err() == nil {
		c.get(path, &r)
		if r.State != string(driver.Pending) && r.State != string(driver.Included) {
			break
		}
		c.pause(20 * time.Millisecond)
	}
	c.That(r.State == string(driver.Finally), "a submission that becomes final", "%s: %s", r.State, r.Reason)
	return r
}

// standsOnce expects a record on the ledger that fails, in one version and as it was signed.
func (c *check) standsOnce(f filed) {
	e, err := c.stage.nodes[other].Ledger.Get(c.ctx, driver.Ref{Key: f.id()})
	c.That(err == nil && e.Version == 1 && same(e.Body, f.record.Bytes), "the record on its ledger, once and as it was signed", "%s", standing(e, err))
}

func standing(e *driver.Entry, err error) string {
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("version %d", e.Version)
}

func outageIsNoRefusal(c *check) {
	made := c.elsewhereMade()
	c.Step(1)
	c.ail(c.stage.nodes[other], down)
	c.putOff(c.submit(other, made))
	c.Step(2)
	c.heal()
	a := c.submit(other, made)
	c.That(a.Status == http.StatusCreated || a.Status == http.StatusAccepted, "taken, with 201 or 202", "%s", a)
	c.settles(a.Header.Get("Location"))
	c.Step(3)
	c.standsOnce(made)
}

// putOff expects a submission to be kept, or to be refused for now.
func (c *check) putOff(a answer) (kept bool) {
	if a.Status == http.StatusAccepted {
		c.That(a.Header.Get("Location") != "", "a Location where to ask what became of it", "none")
		return true
	}
	c.outage(a, other)
	return false
}

func takenOutlastsRestart(c *check) {
	made := c.elsewhereMade()
	c.Step(1)
	c.ail(c.stage.nodes[other], down)
	a := c.submit(other, made)
	kept := c.putOff(a)
	c.Step(2)
	c.reopen()
	c.heal()
	if !kept {
		a = c.submit(other, made)
	}
	r := c.settles(a.Header.Get("Location"))
	c.Step(3)
	c.standsOnce(made)
	again := c.taken(c.submit(other, made))
	c.That(again.ID == r.ID, "the same receipt", "%s after %s", again.ID, r.ID)
}
