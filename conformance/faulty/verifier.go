package faulty

import (
	"encoding/json"
	"sync"

	"github.com/ftagateway/ftagateway/adapters/driver"
)

// The proof types whose verifiers are faulty.
const (
	blindToBody           = "faulty/blind-to-the-body"
	blindToDeletion       = "faulty/blind-to-deletion"
	blindToAuthor         = "faulty/blind-to-the-author"
	blindToPlace          = "faulty/blind-to-the-place"
	keepsItsVerdict       = "faulty/keeps-its-verdict"
	needsNoAnchors        = "faulty/needs-no-anchors"
	believesTheUnreadable = "faulty/believes-the-unreadable"
	panics                = "faulty/panics"
)

func init() {
	blind(blindToBody, func(e, held *driver.Entry) { e.Body, e.Deleted = held.Body, held.Deleted })
	blind(blindToDeletion, func(e, held *driver.Entry) {
		if e.Deleted {
			e.Body, e.Deleted = held.Body, held.Deleted
		}
	})
	blind(blindToAuthor, func(e, held *driver.Entry) { e.Author = held.Author })
	blind(blindToPlace, func(e, held *driver.Entry) { e.Position = held.Position })
	driver.RegisterVerifier(keepsItsVerdict, verifierThatKeepsItsVerdict())
	driver.RegisterVerifier(needsNoAnchors, verifyNeedingNoAnchors)
	driver.RegisterVerifier(believesTheUnreadable, verifyBelievingTheUnreadable)
	driver.RegisterVerifier(panics, verifyPanicking)
}

// blind registers a verifier that looks away from a part of the entry: it takes that part from what the proof carries.
func blind(proofType string, lookAway func(e, held *driver.Entry)) {
	driver.RegisterVerifier(proofType, func(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
		c, err := read(p)
		if err != nil {
			return driver.Result{Outcome: driver.Failed, Method: proofType, Reason: err.Error()}
		}
		other := *e
		lookAway(&other, c.Entry)
		return driver.Verify(&other, c.Proof, a)
	})
}

func read(p *driver.Proof) (*carried, error) {
	c := carried{Proof: &driver.Proof{}, Entry: &driver.Entry{}}
	if err := json.Unmarshal(p.Data, &c); err != nil {
		return nil, driver.Errorf(driver.Corrupt, "read the proof: %w", err)
	}
	if c.Proof == nil || c.Entry == nil {
		return nil, driver.Errorf(driver.Corrupt, "read the proof: a part is missing")
	}
	return &c, nil
}

func verifierThatKeepsItsVerdict() driver.Verifier {
	var mu sync.Mutex
	kept := map[string]driver.Result{}
	return func(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
		mu.Lock()
		defer mu.Unlock()
		name := string(p.Data) + e.Key + string(e.Body)
		if result, ok := kept[name]; ok {
			return result
		}
		c, err := read(p)
		if err != nil {
			return driver.Result{Outcome: driver.Failed, Method: keepsItsVerdict, Reason: err.Error()}
		}
		kept[name] = driver.Verify(e, c.Proof, a)
		return kept[name]
	}
}

func verifyNeedingNoAnchors(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
	c, err := read(p)
	if err != nil {
		return driver.Result{Outcome: driver.Failed, Method: needsNoAnchors, Reason: err.Error()}
	}
	result := driver.Verify(e, c.Proof, a)
	if result.Outcome == driver.Undetermined {
		result.Outcome = driver.Failed
	}
	return result
}

func verifyBelievingTheUnreadable(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
	c, err := read(p)
	if err != nil {
		return driver.Result{Outcome: driver.Verified, Method: believesTheUnreadable}
	}
	return driver.Verify(e, c.Proof, a)
}

func verifyPanicking(e *driver.Entry, p *driver.Proof, a driver.Anchors) driver.Result {
	var c carried
	_ = json.Unmarshal(p.Data, &c)      // an error leaves c empty,
	return driver.Verify(e, c.Proof, a) // and nil is what is read here
}
